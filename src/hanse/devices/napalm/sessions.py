"""NAPALM's two answers about BGP, read into one: pure readers.

`get_bgp_neighbors_detail` tells the state, `get_bgp_neighbors` only up or not, but since when.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from hanse.network.errors import HanseError, OutsideError
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Address, Family, family_of, parse_address
from hanse.network.values.asn import Asn

# How the drivers spell the states, without case, blanks and what stands in brackets.
SPELLINGS: Final[Mapping[str, BgpState]] = {
    "idle": BgpState.IDLE,
    "closing": BgpState.IDLE,  # NX-OS, IOS-XR: the connection is being taken down
    "closingsync": BgpState.IDLE,
    "clearing": BgpState.IDLE,
    "nonegot": BgpState.IDLE,  # IOS-XR: no capability negotiated
    "connect": BgpState.CONNECT,
    "active": BgpState.ACTIVE,
    "opensent": BgpState.OPEN_SENT,
    "openconfirm": BgpState.OPEN_CONFIRM,
    "established": BgpState.ESTABLISHED,
    "estab": BgpState.ESTABLISHED,
    "estabsync": BgpState.ESTABLISHED,  # Junos: synchronising with the other routing engine
    "shut": BgpState.ADMIN_DOWN,  # NX-OS: "Shut (Admin)"
    "shutdown": BgpState.ADMIN_DOWN,
    "administrativelydown": BgpState.ADMIN_DOWN,
    "admindown": BgpState.ADMIN_DOWN,
}
GLOBAL_TABLES: Final = frozenset({"", "global", "default", "master", "inet.0", "inet6.0"})
UNKNOWN_NUMBER: Final = -1  # NAPALM's convention


class AnswerNotUnderstood(OutsideError):
    """The driver's answer has not the form that NAPALM lays down."""

    retry = False


@contextmanager
def understood(question: str) -> Iterator[None]:
    """Name the question whose answer cannot be read.

    :raises AnswerNotUnderstood:
    """
    try:
        yield
    except (HanseError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise AnswerNotUnderstood(f"{question}: {type(error).__name__}: {error}") from error


def state_of(word: str, *, is_up: bool) -> BgpState:
    """Return the state that a driver's word means; an unknown word is as good as the driver's own up or down.

    >>> state_of("Idle (Admin)", is_up=False).name
    'ADMIN_DOWN'
    """
    plain, _, bracket = word.lower().partition("(")
    if bracket.startswith("admin"):
        return BgpState.ADMIN_DOWN
    spelling = re.sub(r"[^a-z]", "", plain)
    return SPELLINGS.get(spelling, BgpState.ESTABLISHED if is_up else BgpState.IDLE)


def detailed_sessions(answer: Mapping[str, Any]) -> tuple[SeenSession, ...]:
    """Read `get_bgp_neighbors_detail`: {VRF: {AS number: [peer]}}.

    :raises AnswerNotUnderstood:
    """
    with understood("get_bgp_neighbors_detail"):
        return by_vrf_and_address(
            detailed_session(vrf, asn, peer)
            for vrf, by_asn in answer.items()
            for asn, peers in by_asn.items()
            for peer in peers
        )


def detailed_session(vrf: str, asn: int | str, peer: Mapping[str, Any]) -> SeenSession:
    """Read one peer of the detailed answer; its counts are told for the family of its address."""
    address = parse_address(peer["remote_address"])
    state = state_of(str(peer.get("connection_state", "")), is_up=bool(peer["up"]))
    counts = RouteCounts(
        family=family_of(address),
        received=known_number(peer.get("received_prefix_count")),
        accepted=known_number(peer.get("accepted_prefix_count")),
        advertised=known_number(peer.get("advertised_prefix_count")),
    )
    return SeenSession(
        vrf=vrf_name(vrf),
        remote_address=address,
        remote_asn=Asn.parse(asn),
        local_asn=asn_or_none(peer.get("local_as")),
        local_address=address_or_none(peer.get("local_address")),
        state=state,
        counts=(counts,) if state.carries_routes else (),
    )


def plain_sessions(answer: Mapping[str, Any], *, now: datetime) -> tuple[SeenSession, ...]:
    """Read `get_bgp_neighbors`: {VRF: {"peers": {address: peer}}}; `now` is when it was asked.

    A peer without an AS number is none: `junos` puts addresses there of which it knows the uptime only.

    :raises AnswerNotUnderstood:
    """
    with understood("get_bgp_neighbors"):
        return by_vrf_and_address(
            plain_session(vrf, address, peer, now)
            for vrf, table in answer.items()
            for address, peer in table.get("peers", {}).items()
            if "remote_as" in peer
        )


def plain_session(vrf: str, address: str, peer: Mapping[str, Any], now: datetime) -> SeenSession:
    """Read one peer of the plain answer: a session that is down is called idle, for lack of more."""
    switched_off = not peer["is_enabled"]
    state = BgpState.ADMIN_DOWN if switched_off else state_of("", is_up=bool(peer["is_up"]))
    uptime = known_number(peer.get("uptime"))
    return SeenSession(
        vrf=vrf_name(vrf),
        remote_address=parse_address(address),
        remote_asn=Asn.parse(peer["remote_as"]),
        local_asn=asn_or_none(peer.get("local_as")),
        remote_id=router_id(peer.get("remote_id")),
        state=state,
        since=now - timedelta(seconds=uptime) if uptime and state.carries_routes else None,
        counts=tuple(family_counts(peer.get("address_family", {}), vrf_name(vrf))) if state.carries_routes else (),
        description=str(peer.get("description") or ""),
    )


def family_counts(families: Mapping[str, Mapping[str, Any]], vrf: str) -> Iterator[RouteCounts]:
    """Yield the counts of the two families. In a VRF `ios` calls them VPN families; others are none of ours yet."""
    for family in Family:
        within = () if vrf == GLOBAL_VRF else (f"vpnv{family.value} unicast",)
        words = (str(family), f"{family} unicast", *within)
        told = next((families[word] for word in words if families.get(word)), None)
        if told:
            yield RouteCounts(
                family=family,
                received=known_number(told.get("received_prefixes")),
                accepted=known_number(told.get("accepted_prefixes")),
                advertised=known_number(told.get("sent_prefixes")),
            )


def by_vrf_and_address(sessions: Iterator[SeenSession]) -> tuple[SeenSession, ...]:
    """Return the sessions in the order the protocol promises."""
    return tuple(sorted(sessions, key=lambda seen: (seen.vrf, seen.remote_address.version, int(seen.remote_address))))


def vrf_name(table: str) -> str:
    """Return the VRF's name; what the vendors call the table of no VRF has one name."""
    return GLOBAL_VRF if table.lower() in GLOBAL_TABLES else table.removesuffix(".inet6.0").removesuffix(".inet.0")


def known_number(number: Any) -> int | None:
    """Return the number, or None for NAPALM's "not known"."""
    return None if number in {None, "", UNKNOWN_NUMBER} else int(number)


def router_id(told: Any) -> str:
    """Return the neighbour's router ID: an IPv4 address; what drivers say where they do not know it is none."""
    text = str(told or "")
    return text if re.fullmatch(r"[0-9.]+", text) and text != "0.0.0.0" else ""


def asn_or_none(number: Any) -> Asn | None:
    """Return the AS number, or None where the driver leaves it out."""
    return None if number in {None, "", 0, UNKNOWN_NUMBER} else Asn.parse(number)


def address_or_none(text: Any) -> Address | None:
    """Return the address, or None where the driver leaves it out; Junos adds a port, as 192.0.2.1+179."""
    return parse_address(str(text).partition("+")[0]) if text else None
