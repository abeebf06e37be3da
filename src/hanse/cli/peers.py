"""What `hanse peers` does, verb by verb."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any, Final

from hanse.actions.looking import exchanges
from hanse.actions.peering import finding, hiding, joining, keeping_equal
from hanse.actions.peering.finding import PossiblePeer
from hanse.actions.peering.joining import Wish
from hanse.cli import peer_letters
from hanse.cli.peer_numbers import NoSuchVerb, asn_of
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.wanted.sessions import Relationship, SessionStatus

EXCHANGES: Final = "exchanges"
USAGE: Final = (
    "hanse peers [EXCHANGE [--policy P] [--type T] [--prefixes N] [--route-servers yes|no] [--hidden]]"
    " | add EXCHANGE ASN ... [--status S] [--relationship R] [--into DRAFT | --now]"
    " | hide ASN --until DAY [--at EXCHANGE] [--why TEXT] | show ASN [--at EXCHANGE] | hidden"
    " | differences | note ASN TEXT | contact ASN [NUMBER]"
    " | ask ASN CONTACT | requests | request NUMBER | reword NUMBER --subject TEXT < TEXT"
    " | send NUMBER | accept NUMBER [--into DRAFT | --now] | decline NUMBER | withdraw NUMBER"
)
Deed = Callable[[Namespace, list[str]], int]


def possible(args: Namespace, exchange: str) -> int:
    """Print whom we could peer with at an exchange."""
    found = [one for one in finding.possible_peers(exchange, person(), world=outside()) if _fits(args, one)]
    heads = ("AS", "name", "policy", "type", "prefixes", "sessions that lack", "")
    rows = (
        (
            one.asn,
            one.name,
            one.policy,
            one.kind,
            f"{one.prefixes4 or 0} + {one.prefixes6 or 0}",
            " ".join(one.addresses),
            f"hidden until {one.hidden_until}" if one.is_hidden else "",
        )
        for one in found
    )
    lines = [table(heads, rows)] if found else [f"Nobody is left at {exchange} that PeeringDB knows."]
    tell(args, {"exchange": exchange, "peers": [_tree(one) for one in found]}, lines)
    return Exit.FINE


def _fits(args: Namespace, one: PossiblePeer) -> bool:
    return (
        (args.hidden or not one.is_hidden)
        and args.policy.lower() in one.policy.lower()
        and args.type.lower() in one.kind.lower()
        and (one.prefixes4 or 0) + (one.prefixes6 or 0) >= args.prefixes
        and args.route_servers in {None, one.route_servers}
    )


def _tree(one: PossiblePeer) -> dict[str, Any]:
    return {
        "asn": one.asn,
        "name": one.name,
        "policy": one.policy,
        "type": one.kind,
        "prefixes4": one.prefixes4,
        "prefixes6": one.prefixes6,
        "speed": one.speed,
        "route_servers": one.is_rs_peer,
        "as_set": one.as_set,
        "addresses": list(one.addresses),
        "connections": list(one.connections),
        "has": one.has,
        "hidden_until": one.hidden_until,
    }


def _exchanges(args: Namespace, _: list[str]) -> int:
    found = exchanges.exchange_list(person())
    heads = ("exchange", "status", "peers", "sessions", "up", "down", "routers")
    rows = ((one.name, one.status, one.peers, one.sessions, one.up, one.down, ", ".join(one.routers)) for one in found)
    tree = [
        {"name": one.name, "status": one.status, "peers": one.peers, "sessions": one.sessions, "up": one.up}
        | {"down": one.down, "routers": list(one.routers)}
        for one in found
    ]
    tell(args, {"exchanges": tree}, [table(heads, rows)] if found else ["There is no exchange yet."])
    return Exit.FINE


def _add(args: Namespace, words: list[str]) -> int:
    exchange, *asns = words
    wish = Wish(
        status=SessionStatus(args.status),
        relationship=Relationship(args.relationship) if args.relationship else None,
        draft=args.into,
        at_once=args.now,
    )
    joined = joining.add_peers(peers={exchange: map(asn_of, asns)}, wish=wish, person=person(), world=outside())
    where = f"draft {joined.draft}" if joined.draft is not None else f"change set {joined.change_set}"
    tree = {"sessions": list(joined.sessions), "draft": joined.draft, "change_set": joined.change_set}
    tell(args, tree, [*joined.sessions, f"{len(joined.sessions)} sessions, in {where}."])
    return Exit.FINE


def _hide(args: Namespace, words: list[str]) -> int:
    if args.until is None:
        raise NoSuchVerb(USAGE)
    asn = asn_of(words[0])
    hiding.hide(asn=asn, exchange=args.at, until=args.until, why=args.why, person=person(), world=outside())
    tell(args, {"asn": asn, "hidden_until": args.until}, [f"AS{asn} is not suggested until {args.until}."])
    return Exit.FINE


def _show(args: Namespace, words: list[str]) -> int:
    asn = asn_of(words[0])
    hiding.show(asn=asn, exchange=args.at, person=person(), world=outside())
    tell(args, {"asn": asn}, [f"AS{asn} is suggested again."])
    return Exit.FINE


def _hidden(args: Namespace, _: list[str]) -> int:
    rows = [
        (one.asn, one.exchange, one.until, one.who, one.why) for one in hiding.hidden_list(person(), world=outside())
    ]
    heads = ("asn", "exchange", "until", "by", "why")
    lines = [table(heads, rows)] if rows else ["Nobody is hidden."]
    tell(args, {"hidden": [dict(zip(heads, row, strict=True)) for row in rows]}, lines)
    return Exit.FINE


def _differences(args: Namespace, _: list[str]) -> int:
    found = keeping_equal.shown_differences(person())
    tree = [
        {"asn": one.asn, "field": one.field, "ours": one.ours, "theirs": one.theirs, "refused": one.refused}
        for one in found
    ]
    lines = [f"{one}{f': {one.refused}' if one.refused else ''}" for one in found]
    tell(args, {"differences": tree}, lines or ["What is kept equal to PeeringDB is equal."])
    return Exit.FINE


MANY: Final = 1000  # networks in one word
VERBS: Final[Mapping[str, tuple[int, int, Deed]]] = {  # with the fewest and the most words that they take
    EXCHANGES: (0, 0, _exchanges),
    "add": (2, MANY, _add),
    "hide": (1, 1, _hide),
    "show": (1, 1, _show),
    "hidden": (0, 0, _hidden),
    "differences": (0, 0, _differences),
    "note": (2, 2, peer_letters.note),
    "contact": (1, 2, peer_letters.contact),
    "ask": (2, 2, peer_letters.ask),
    "requests": (0, 0, peer_letters.requests_list),
    "request": (1, 1, peer_letters.request_shown),
    "reword": (1, 1, peer_letters.reword),
    "send": (1, 1, peer_letters.send),
    "accept": (1, 1, peer_letters.accept),
    "decline": (1, 1, peer_letters.decline),
    "withdraw": (1, 1, peer_letters.withdraw),
}
