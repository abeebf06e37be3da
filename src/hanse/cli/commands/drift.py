"""`hanse drift`: has somebody changed a router by hand?"""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.discovering import Drifted, drifts
from hanse.cli.limits import limit_argument
from hanse.cli.say import Exit, tell
from hanse.conf.outside import outside

NAME: Final = "drift"
HELP: Final = "compare what routers run with what was last installed (exit 10 if somebody changed one)"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)


def run(args: Namespace) -> int:
    """Ask, and show what differs."""
    found = drifts(world=outside(), limit=args.limit)
    shown = [{"node": one.node, "diff": one.diff, "error": one.error, "installed": one.is_ours} for one in found]
    tell(args, {"routers": shown}, [line for one in found for line in _lines(one)])
    if any(one.error for one in found):
        return Exit.OUTSIDE
    return Exit.CHANGES if any(one.diff for one in found) else Exit.FINE


def _lines(one: Drifted) -> list[str]:
    if one.error:
        return [f"{one.node}: {one.error}"]
    if not one.is_ours:
        return [f"{one.node}: Hanse has installed nothing there yet"]
    return [one.diff.rstrip("\n")] if one.diff else []
