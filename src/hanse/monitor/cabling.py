"""Cables wanted against cables seen: what LLDP (IEEE 802.1AB) tells at both ends of the links that are cables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hanse.monitor.happenings import LastSeen
from hanse.network.seen.device import SeenLldpNeighbour
from hanse.network.wanted.links import End, Link, LinkStatus, Medium
from hanse.network.wanted.network import Network

CABLES: Final = frozenset({Medium.FIBRE, Medium.COPPER})  # a radio's antennas speak LLDP themselves, or swallow it
NEVER: Final = LastSeen()


class Cabled(StrEnum):
    """How one end of a link is cabled."""

    AS_WANTED = "as wanted"
    OTHERWISE = "otherwise"  # something else is at the other end
    MISSING = "missing"  # the router hears others by LLDP, and nobody there
    NOT_TOLD = "not told"  # the router did not answer, or hears nobody at all: LLDP may not run


@dataclass(frozen=True, slots=True, kw_only=True)
class CableEnd:
    """One end of a link as its router sees it."""

    link: str
    here: End
    wanted: End  # what has to be at the other end
    cabled: Cabled
    heard: tuple[SeenLldpNeighbour, ...] = ()  # at the port that carries the link
    why: str = ""


def cable_ends(network: Network, links: Iterable[Link], seen: Mapping[str, LastSeen]) -> Iterator[CableEnd]:
    """Yield both ends of each of `links` that is a cable and meant to be there. Ports are those that are screwed on."""
    for link in links:
        if network.link_classes[link.link_class].medium in CABLES and link.status is not LinkStatus.PLANNED:
            one, other = (screwed_on(network, end) for end in link.ends)
            yield _cable_end(network, link, one, other, seen.get(one.node, NEVER))
            yield _cable_end(network, link, other, one, seen.get(other.node, NEVER))


def screwed_on(network: Network, end: End) -> End:
    """Return the physical port that carries `end`: a VLAN is carried by its parent."""
    ports = network.nodes[end.node].ports
    port, passed = end.port, {end.port}
    while port in ports and ports[port].parent and ports[port].parent not in passed:
        port = ports[port].parent
        passed.add(port)
    return End(node=end.node, port=port)


def _cable_end(network: Network, link: Link, here: End, wanted: End, seen: LastSeen) -> CableEnd:
    heard = tuple(one for one in seen.lldp if one.interface == here.port)
    cabled, why = _judged(here, wanted, seen, heard, network.network.domain)
    return CableEnd(link=link.name, here=here, wanted=wanted, cabled=cabled, heard=heard, why=why)


def _judged(
    here: End, wanted: End, seen: LastSeen, heard: tuple[SeenLldpNeighbour, ...], domain: str
) -> tuple[Cabled, str]:
    if not seen.answered:
        return Cabled.NOT_TOLD, f"{here.node} does not answer" if seen.answered is False else "nobody asked yet"
    if any(_is(one, wanted, domain) for one in heard):
        return Cabled.AS_WANTED, ""
    if heard:
        found = ", ".join(f"{one.remote_system}:{one.remote_port}" for one in heard)
        return Cabled.OTHERWISE, f"{here} is cabled to {found}, and {wanted} is wanted there"
    if seen.lldp:
        return Cabled.MISSING, f"{here} hears nobody, and {wanted} is wanted there"
    return Cabled.NOT_TOLD, f"{here.node} hears nobody by LLDP: does it run there?"


def _is(heard: SeenLldpNeighbour, wanted: End, domain: str) -> bool:
    names = {wanted.node, f"{wanted.node}.{domain}"}
    return heard.remote_system.lower().rstrip(".") in names and same_port(heard.remote_port, wanted.port)


def same_port(one: str, other: str) -> bool:
    """Say whether two names are of one port: Et1 is Ethernet1, Gi0/1 is GigabitEthernet0/1.

    >>> same_port("Et1", "Ethernet1"), same_port("eth1", "eth10")
    (True, False)
    """
    mine, yours = _split(one), _split(other)
    longer, shorter = sorted((mine[0], yours[0]), key=len, reverse=True)
    return mine[1] == yours[1] and longer.startswith(shorter)


def _split(name: str) -> tuple[str, str]:
    """Return the kind of port and its place: ethernet, 1/0."""
    found = re.match(r"([^0-9]*)(.*)", name.lower())
    return (found[1], found[2]) if found else ("", "")
