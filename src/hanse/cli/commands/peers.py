"""`hanse peers`: whom we could peer with at an exchange, and the way there: sessions, requests by mail, notes."""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Final

from hanse.actions.peering.joining import STATUSES
from hanse.cli.peer_numbers import NoSuchVerb
from hanse.cli.peers import EXCHANGES, USAGE, VERBS, possible
from hanse.network.wanted.sessions import Relationship

NAME: Final = "peers"
HELP: Final = "whom we could peer with at an exchange; add their sessions, hide them, write to them"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.usage = USAGE
    parser.add_argument("words", nargs="*", metavar="EXCHANGE | VERB ...", help="an exchange, or what to do")
    only = parser.add_argument_group("only those")
    only.add_argument("--policy", default="", help="open, selective, restrictive, no")
    only.add_argument("--type", default="", help="of network, in PeeringDB's words: content, nsp, ...")
    only.add_argument(
        "--prefixes", type=int, default=0, help="that announce so many prefixes at least, of both families"
    )
    only.add_argument("--route-servers", choices=("yes", "no"), help="that are at the route servers")
    only.add_argument("--hidden", action="store_true", help="list those that are hidden, too")
    added = parser.add_argument_group("sessions that are added, or accepted")
    added.add_argument("--status", choices=tuple(map(str, STATUSES)), default=str(STATUSES[0]))
    added.add_argument("--relationship", choices=tuple(map(str, Relationship)), help="else as PeeringDB says")
    added.add_argument("--into", type=int, metavar="DRAFT", help="the draft; else a new one")
    added.add_argument("--now", action="store_true", help="at once, without a draft")
    hidden = parser.add_argument_group("hide")
    hidden.add_argument("--at", default="", metavar="EXCHANGE", help="at this exchange only")
    hidden.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="as 2026-12-31")
    hidden.add_argument("--why", default="")
    parser.add_argument("--subject", default="", help="reword: the subject; the text is read from stdin")


def run(args: Namespace) -> int:
    """Do it."""
    verb, *rest = args.words or [EXCHANGES]
    if verb in VERBS:
        fewest, most, deed = VERBS[verb]
        if not fewest <= len(rest) <= most:
            raise NoSuchVerb(USAGE)
        return deed(args, rest)
    if rest:
        raise NoSuchVerb(USAGE)
    return possible(args, verb)
