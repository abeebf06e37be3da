"""What the IRR told, as the terminal shows it."""

from argparse import Namespace
from dataclasses import asdict
from typing import Final

from hanse.actions import irr
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside
from hanse.network.known.files import expansion_tree, known_tree
from hanse.network.known.known import Known

SHOWN: Final = 50  # changes of the history


def told_standing(args: Namespace) -> int:
    """Tell what is known of one name, or how every name stands."""
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


def told_history(args: Namespace) -> int:
    """Tell what became different."""
    found = irr.history(person(), args.names[0] if args.names else "")[:SHOWN]
    words = ("name", "at", "who", "is_first", "was_accepted", "counts", *irr.PARTS)
    rows = [(clock_time(one.at), one.name, one.sentence, one.who) for one in found]
    tree = [{word: getattr(one, word) for word in words} for one in found]
    tell(args, {"changes": tree}, [table(("when", "name", "what", "who"), rows)])
    return Exit.FINE
