"""`hanse alerts`: what is not well, and who looks after it."""

from argparse import ArgumentParser, Namespace
from typing import Any, Final

from hanse.actions import alerts
from hanse.actions.alert_words import tree
from hanse.cli import stored
from hanse.cli.say import Exit, table, tell
from hanse.cli.times import age
from hanse.conf.outside import outside

NAME: Final = "alerts"
HELP: Final = "list what is not well; acknowledge it, or say that it is over"
SHOWN: Final = 200  # of those that are over, as many as anybody reads


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", nargs="?", choices=("list", "acknowledge", "clear"), default="list")
    parser.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="of the alert")
    parser.add_argument("--all", action="store_true", help="list those that are over, too")
    parser.add_argument("--note", default="", help="what you found, or are about to do")


def run(args: Namespace) -> int:
    """Do it."""
    person, world = stored.person(), outside()
    match args.verb, args.number:
        case "list", None:
            rows = alerts.alert_list(person)
            found = list(rows[:SHOWN] if args.all else alerts.still_open(rows))
            lines = [table(HEADS, (_line(one, world.clock.now()) for one in found))] if found else ["Nothing is wrong."]
            tell(args, {"alerts": [tree(one) for one in found]}, lines)
        case "acknowledge", int(number):
            row = alerts.acknowledge(number, person, world=world, note=args.note)
            tell(args, {"alert": tree(row)}, [f"You look after alert {number}."])
        case "clear", int(number):
            row = alerts.clear(number, person, world=world, note=args.note)
            tell(args, {"alert": tree(row)}, [f"Alert {number} is over."])
        case _:
            raise alerts.NoSuchAlert(USAGE)
    return Exit.FINE


USAGE: Final = "hanse alerts [list [--all]] | acknowledge NUMBER [--note TEXT] | clear NUMBER [--note TEXT]"
HEADS: Final = ("alert", "state", "since", "what")


def _line(one: Any, now: Any) -> tuple[object, ...]:
    state = f"{one.state}{', quiet' if one.is_quiet else ''}"
    part = f" (part of {one.part_of_id})" if one.part_of_id else ""
    return one.pk, state, age(one.fired_at, now), f"{one.sentence}{part}"
