"""A device's BGP sessions, from both of NAPALM's answers over one connection.

The detailed answer tells the states and our addresses, the plain one who is switched off on purpose, since when, what
is described, and routes by family. Neither is whole on every platform: `ios` tells an address that stands in two VRFs
twice for one of them in detail, and once for each in plain; `nxos` has no detailed answer. So each fills the other.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from hanse.devices.driver import NotOffered
from hanse.devices.napalm.errors import DriverBroke
from hanse.devices.napalm.sessions import AnswerNotUnderstood, by_vrf_and_address, detailed_sessions, plain_sessions
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Address, Family

Question = Callable[[], Mapping[str, Any]]
Place = tuple[str, Address]
LOG: Final = logging.getLogger(__name__)
# The driver cannot answer this question, or not this time, though the device is there.
UNANSWERED: Final = (NotOffered, DriverBroke, AnswerNotUnderstood)
SUMMARY: Final = "show bgp all summary vrf all"  # of NX-OS
SECTION: Final = "BGP summary information for "


def all_sessions(detailed: Question, plain: Question, *, now: datetime) -> tuple[SeenSession, ...]:
    """Return all sessions of all VRFs, each once, from what of both questions is answered; `now` is when it is asked.

    :raises: the error of the plain question, if the detailed one told of no session either
    """
    try:
        told = detailed_sessions(detailed())
    except UNANSWERED as error:
        if not isinstance(error, NotOffered):
            LOG.warning("asked for the plain answer instead: %s", error)
        told = ()
    try:
        more = plain_sessions(plain(), now=now)
    except UNANSWERED as error:
        if not told:
            raise
        LOG.warning("states without times and descriptions: %s", error)
        more = ()
    return together(told, more)


def together(detailed: Iterable[SeenSession], plain: Iterable[SeenSession]) -> tuple[SeenSession, ...]:
    """Return each session once, by VRF and address; one that a driver tells once a family is told together."""
    found: dict[Place, SeenSession] = {}
    for one in detailed:
        place = (one.vrf, one.remote_address)
        found[place] = _filled(one, found[place]) if place in found else one
    for one in plain:
        place = (one.vrf, one.remote_address)
        found[place] = _whose(_filled(found[place], one), one) if place in found else one
    return by_vrf_and_address(iter(found.values()))


def _whose(one: SeenSession, plain: SeenSession) -> SeenSession:
    """Return `one` with the AS number of the plain answer: `ios` mixes those of two VRFs up in detail."""
    return replace(one, remote_asn=plain.remote_asn) if plain.remote_asn.number else one


def _filled(one: SeenSession, other: SeenSession) -> SeenSession:
    """Return `one` with what only `other` tells."""
    is_off = BgpState.ADMIN_DOWN in {one.state, other.state} and not one.state.carries_routes
    return replace(
        one,
        state=BgpState.ADMIN_DOWN if is_off else one.state,
        local_asn=one.local_asn or other.local_asn,
        local_address=one.local_address or other.local_address,
        remote_id=one.remote_id or other.remote_id,
        since=(one.since or other.since) if one.state.carries_routes else None,
        counts=tuple(_counts(one, other)) if one.state.carries_routes else (),
        last_error=one.last_error or other.last_error,
        description=one.description or other.description,
    )


def _counts(one: SeenSession, other: SeenSession) -> Iterator[RouteCounts]:
    """Yield the counts by family; a family of which both tell nothing but noughts is not the session's."""
    for family in Family:
        told = [count for count in (*one.counts, *other.counts) if count.family is family]
        numbers = [_most(getattr(count, word) for count in told) for word in ("received", "accepted", "advertised")]
        if any(numbers) or family.value == one.remote_address.version:
            yield RouteCounts(family=family, received=numbers[0], accepted=numbers[1], advertised=numbers[2])


def _most(numbers: Iterable[int | None]) -> int | None:
    """Return the largest known number: what a driver cannot tell it often calls nought."""
    return max((number for number in numbers if number is not None), default=None)


def plain_answer(raw: Any, driver_name: str) -> Mapping[str, Any]:
    """Return what the driver answers to `get_bgp_neighbors`, whole."""
    answer: Mapping[str, Any] = _nxos_ssh(raw) if driver_name == "nxos_ssh" else raw.get_bgp_neighbors()
    return answer


def _nxos_ssh(raw: Any) -> dict[str, Any]:
    """Return the neighbours of both families: the driver's own answer forgets the first family of each VRF."""
    read = import_module("napalm.nxos_ssh.nxos_ssh").bgp_summary_parser
    found: dict[str, Any] = {}
    for section in re.split(SECTION, raw.cli([SUMMARY])[SUMMARY])[1:]:
        for vrf, table in read(f"{SECTION}{section}").items():
            peers = found.setdefault(vrf, {"router_id": table["router_id"], "peers": {}})["peers"]
            for address, peer in table["peers"].items():
                families = {**peers.get(address, {}).get("address_family", {}), **peer["address_family"]}
                peers[address] = {**peer, "address_family": families}
    return found
