"""`hanse ping`: does a router answer, and is it the one we know?"""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.pinging import Pinged, learn, ping
from hanse.cli.progress import progress
from hanse.cli.say import Exit, tell
from hanse.cli.stored import author
from hanse.conf.outside import outside
from hanse.network.errors import HanseError

NAME: Final = "ping"
HELP: Final = "open a connection to routers; with --learn their SSH host keys are pinned first"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("nodes", nargs="*", metavar="NODE", help="all if none is named")
    parser.add_argument("--learn", action="store_true", help="pin the host keys the routers show, where none is known")
    parser.add_argument(
        "--relearn", action="store_true", help="replace known host keys too: the routers are set up anew"
    )


def run(args: Namespace) -> int:
    """Learn if told so, then ask each router and say what it answers."""
    world = outside()
    learned: dict[str, str | HanseError] = {}
    if args.learn or args.relearn:
        learned = learn(world=world, limit=args.nodes, relearn=args.relearn, author=author())
    with progress(args, "asking") as done:
        answers = ping(world=world, limit=args.nodes, told=lambda one: done(one.node))
    shown = [_with(answer, learned.get(answer.node, "")) for answer in answers]
    tell(args, {"routers": shown}, [_line(one) for one in shown])
    return Exit.OUTSIDE if any(one["error"] for one in shown) else Exit.FINE


def _with(answer: Pinged, learned: str | HanseError) -> dict[str, object]:
    """Return the answer and what was learned; an error while learning comes first."""
    return {
        "node": answer.node,
        "took": answer.took.total_seconds() if answer.took is not None else None,
        "version": answer.version,
        "learned": "" if isinstance(learned, HanseError) else learned,
        "error": str(learned) if isinstance(learned, HanseError) else answer.error,
    }


def _line(one: dict[str, object]) -> str:
    if one["error"]:
        return f"{one['node']}: {one['error']}"
    learned = f", learned {one['learned']}" if one["learned"] else ""
    return f"{one['node']}: answers ({one['version']}){learned}"
