"""`hanse prune`: let go of what has been kept long enough."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.pruning import Pruned, old_things, prune
from hanse.cli import stored
from hanse.cli.say import Exit, table, tell
from hanse.cli.times import clock_time
from hanse.conf.outside import outside

NAME: Final = "prune"
HELP: Final = "count what has been kept longer than the settings say; with --apply let it go"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("--apply", action="store_true", help="let it go; else nothing does")


def run(args: Namespace) -> int:
    """Count, or prune. A worker does the same by the schedule `prune`."""
    person, world = stored.person(), outside()
    found = prune(person, world=world) if args.apply else old_things(person, world=world)
    rows = [(one.count, one.name, clock_time(one.before) or "never") for one in found]
    heads = ("gone" if args.apply else "old", "what", "older than")
    tell(args, {"applied": args.apply, "pruned": [_tree(one) for one in found]}, [table(heads, rows)])
    return Exit.CHANGES if not args.apply and any(one.count for one in found) else Exit.FINE


def _tree(one: Pruned) -> dict[str, object]:
    return {"what": one.name, "count": one.count, "before": one.before.isoformat() if one.before else None}
