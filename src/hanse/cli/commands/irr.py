"""`hanse irr`: what the Internet Routing Registry says that neighbours may announce."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import irr
from hanse.cli.irr import told_history, told_standing
from hanse.cli.progress import progress
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.errors import WantedError

NAME: Final = "irr"
HELP: Final = "look up AS-SETs in the IRR, show what was told, and what became different"
USAGE: Final = "hanse irr update [NAME ...] [--accept] | show [NAME] | history [NAME]"


class NotAnIrrWord(WantedError):
    """The words after `hanse irr` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("update", "show", "history"))
    parser.add_argument("names", nargs="*", metavar="NAME", help="AS-SET or AS; none: all")
    parser.add_argument("--accept", action="store_true", help="with `update`: take an answer though much is gone")


def run(args: Namespace) -> int:
    """Do it."""
    if args.verb == "update":
        return _update(args)
    if len(args.names) > 1 or args.accept:
        raise NotAnIrrWord(USAGE)
    return told_history(args) if args.verb == "history" else told_standing(args)


def _update(args: Namespace) -> int:
    with progress(args, "asking the IRR") as done:
        found = irr.update(
            person=person(), world=outside(), names=args.names, accept=args.accept, told=lambda one: done(one.name)
        )
    tree = [{"name": one.name, "outcome": one.outcome, "sentence": one.sentence} for one in found]
    rows = [(one.name, one.outcome.value, one.sentence) for one in found]
    nothing = "No neighbour is bounded by the IRR."
    tell(args, {"names": tree}, [table(("name", "outcome", ""), rows) if rows else nothing])
    outcomes = {one.outcome for one in found}
    if irr.Outcome.FAILED in outcomes:
        return Exit.OUTSIDE
    return Exit.WANTED if irr.Outcome.REFUSED in outcomes else Exit.FINE
