"""`hanse irr`: what the Internet Routing Registry says that neighbours may announce."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Final

from hanse.actions import irr
from hanse.cli.progress import progress
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.network.known.files import expansion_tree, known_tree
from hanse.network.known.known import Known

NAME: Final = "irr"
HELP: Final = "look up AS-SETs in the IRR, show what was told, and what became different"
USAGE: Final = "hanse irr update [NAME ...] [--accept] | show [NAME] | history [NAME]"
SHOWN: Final = 50  # changes of the history


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
    return _history(args) if args.verb == "history" else _show(args)


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


def _show(args: Namespace) -> int:
    who = person()
    if args.names:
        one = irr.shown(args.names[0], who)
        lines = [*map(str, one.prefixes), " ".join(f"AS{asn}" for asn in one.origins)]
        tell(args, {"name": one.name, **expansion_tree(one)}, lines)
        return Exit.FINE
    found = irr.standing_of_names(who, outside())
    told = Known(expansions=irr.all_shown(who)) if args.json else Known()
    heads = ("name", "IPv4", "IPv6", "origins", "as of", "")
    rows = [(one.name, one.ipv4, one.ipv6, one.origins, clock_time(one.at), one.sentence) for one in found]
    tell(args, {**known_tree(told), "names": [asdict(one) for one in found]}, [table(heads, rows)])
    return Exit.CHANGES if any(one.is_old for one in found) else Exit.FINE


def _history(args: Namespace) -> int:
    found = irr.history(person(), args.names[0] if args.names else "")[:SHOWN]
    words = ("name", "at", "who", "is_first", "was_accepted", "counts", *irr.PARTS)
    rows = [(clock_time(one.at), one.name, one.sentence, one.who) for one in found]
    tree = [{word: getattr(one, word) for word in words} for one in found]
    tell(args, {"changes": tree}, [table(("when", "name", "what", "who"), rows)])
    return Exit.FINE
