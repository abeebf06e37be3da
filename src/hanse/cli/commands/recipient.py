"""`hanse recipient`: who is told of alerts. A webhook's secret is shown when Hanse makes it, and never again."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import recipients
from hanse.actions.recipients import Wish
from hanse.actions.rights import Person
from hanse.actions.world import World
from hanse.cli import stored
from hanse.cli.recipients import list_recipients, list_sent
from hanse.cli.say import Exit, tell
from hanse.conf.outside import outside
from hanse.monitor.alert_kinds import AlarmKind
from hanse.monitor.telling.targets import Means

NAME: Final = "recipient"
HELP: Final = "list, set, remove and test who is told of alerts, and see what was sent"
USAGE: Final = (
    "hanse recipient list | set NAME --webhook URL | --email ADDRESS | remove NAME | test NAME | sent | again NUMBER"
)


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "set", "remove", "test", "sent", "again"))
    parser.add_argument("name", nargs="?", metavar="NAME", help="of the recipient; of `again` the delivery's number")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--webhook", metavar="URL", help="`-`: read from stdin, for it may hold a password")
    where.add_argument("--email", metavar="ADDRESS")
    parser.add_argument("--kind", action="append", default=[], choices=tuple(map(str, AlarmKind)), help="only these")
    parser.add_argument("--off", action="store_true", help="put it down, and do not tell it yet")


def run(args: Namespace) -> int:
    """Do it."""
    person, world = stored.person(), outside()
    match args.verb, args.name:
        case "list", None:
            return list_recipients(args, person)
        case "sent", None:
            return list_sent(args, person)
        case "set", str(name):
            return _set(args, name, person, world)
        case "remove", str(name):
            recipients.remove_recipient(name, person, world=world)
        case "test", str(name):
            recipients.send_test(name, person, world=world)
        case "again", str(number) if number.isdecimal():
            recipients.send_again(int(number), person, world=world)
        case _:
            raise recipients.NotARecipient(USAGE)
    tell(args, {"recipient": args.name, "done": args.verb}, [])
    return Exit.FINE


def _set(args: Namespace, name: str, person: Person, world: World) -> int:
    url = sys.stdin.readline().strip() if args.webhook == "-" else args.webhook
    if not (url or args.email):
        raise recipients.NotARecipient(USAGE)
    means, target = (Means.WEBHOOK, url) if url else (Means.EMAIL, args.email)
    wish = Wish(name=name, means=means, target=target, kinds=tuple(args.kind), is_on=not args.off)
    made = recipients.set_recipient(wish, person, world=world)
    shown = [f"Secret that signs what it gets, shown this once: {made}"] if made else []
    tell(args, {"recipient": name, "secret": made}, shown)
    return Exit.FINE
