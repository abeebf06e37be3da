"""`hanse peeringdb`: what PeeringDB says of networks and exchanges."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Final

from hanse.actions.peering.keeping_equal import keep_equal
from hanse.actions.peeringdb import Step, SyncWish, sync
from hanse.actions.registries import FreshnessState, known_as, peeringdb_standing
from hanse.cli.peeringdb import known_lines, known_tree, step_words, synced_tree
from hanse.cli.progress import gauge
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.network.known.peeringdb import PeeringdbKind
from hanse.network.values.asn import Asn

NAME: Final = "peeringdb"
HELP: Final = "read what PeeringDB says, tell how fresh that is, and show a network"
USAGE: Final = "hanse peeringdb sync [--full] [--accept] | status | show ASN"


class NotAPeeringdbWord(WantedError):
    """The words after `hanse peeringdb` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("sync", "status", "show"))
    parser.add_argument("asn", nargs="?", metavar="ASN")
    parser.add_argument("--full", action="store_true", help="sync: read everything, not only what changed")
    parser.add_argument("--accept", action="store_true", help="sync: let go of what was refused to go")


def run(args: Namespace) -> int:
    """Do it."""
    match args.verb, args.asn:
        case "sync", None:
            return _sync(args)
        case "status", None:
            return _status(args)
        case "show", str(asn):
            known = known_as(Asn.parse(asn), person())
            tell(args, known_tree(known), known_lines(known))
            return Exit.FINE
    raise NotAPeeringdbWord(USAGE)


def _sync(args: Namespace) -> int:
    with gauge(args, "PeeringDB", len(PeeringdbKind)) as at:

        def told(step: Step) -> None:
            at(step_words(step), step.done)

        wish = SyncWish(full=args.full, accept=args.accept)
        synced = sync(person(), world=outside(), wish=wish, told=told)
    lines = [line for one in synced for line in (*(f"passed over {why}" for why in one.passed_over), str(one))]
    left = [f"{one}: {one.refused}" for one in keep_equal(outside())]
    lines += [f"not taken: {one}" for one in left]
    tell(args, {"kinds": [synced_tree(one) for one in synced], "not_taken": left}, lines)
    if any(one.error for one in synced):
        return Exit.OUTSIDE
    return Exit.WANTED if any(one.refused for one in synced) else Exit.FINE


def _status(args: Namespace) -> int:
    found = peeringdb_standing(person())
    rows = [(one.title, one.rows, clock_time(one.good_at) or "never", one.state.value, one.why) for one in found]
    tell(args, {"kinds": [asdict(one) for one in found]}, [table(("kind", "rows", "as of", "state", ""), rows)])
    return Exit.FINE if all(one.state is FreshnessState.FRESH for one in found) else Exit.CHANGES
