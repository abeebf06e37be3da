"""`hanse status`: how the network stood at the last look. Nobody is asked."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.status import status
from hanse.cli.limits import limit_argument
from hanse.cli.say import Exit, tell
from hanse.cli.standing import lines, tree
from hanse.conf.outside import outside

NAME: Final = "status"
HELP: Final = "show wanted against seen, links, the latest changes and deployments, by the last look"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)


def run(args: Namespace) -> int:
    """Show it."""
    found = status(limit=args.limit)
    now = outside().clock.now()
    tell(args, tree(found, now), lines(found, now))
    return Exit.FINE
