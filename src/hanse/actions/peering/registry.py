"""What PeeringDB says, as the desk needs it: each network once, with all of its routers on a LAN."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hanse.derive.gaps import Place
from hanse.derive.policy import TERMS
from hanse.network.errors import WantedError
from hanse.network.known.peeringdb import PublicContact, RegisteredNetwork
from hanse.network.values.addresses import parse_address
from hanse.network.values.as_sets import parse_as_sets
from hanse.network.wanted.contacts import ContactRole
from hanse.network.wanted.peering import Exchange
from hanse.network.wanted.sessions import FamilyNumbers, Relationship
from hanse.store import peeringdb
from hanse.store.models import KnownMember

ROUTE_SERVER: Final = "Route Server"  # PeeringDB's word for the type of such a network


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A network on a peering LAN. Numbers that it did not tell are None."""

    asn: int
    name: str
    policy: str
    kind: str
    prefixes4: int | None
    prefixes6: int | None
    as_set: str
    speed: int  # Mbit/s, of all its ports together
    is_rs_peer: bool
    places: tuple[Place, ...]  # its routers


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A network as we would write it down. What cannot be read, or is not told, is empty."""

    asn: int
    name: str
    as_set: str
    prefixes4: int
    prefixes6: int
    is_route_server: bool

    @property
    def max_prefixes(self) -> FamilyNumbers | None:
        """Return its numbers of prefixes; where it tells one only, the other is what a peer gets without one."""
        if not (self.prefixes4 or self.prefixes6):
            return None
        usual = TERMS[Relationship.PEER].max_prefixes
        return FamilyNumbers(ipv4=self.prefixes4 or usual.ipv4, ipv6=self.prefixes6 or usual.ipv6)


def lan_number(exchange: Exchange) -> int | None:
    """Return the number of the exchange's LAN at PeeringDB, as it says or by its prefixes; None: nobody knows it."""
    if exchange.peeringdb:
        return exchange.peeringdb
    found = (peeringdb.lan_of(prefix) for prefix in exchange.lan)
    return next((one.lan.id for one in found if one), None)


def members_of(exchange: Exchange) -> tuple[Member, ...]:
    """Return the networks on an exchange's LAN, by AS number; none if PeeringDB does not know the LAN."""
    number = lan_number(exchange)
    if number is None:
        return ()
    ports: dict[int, list[KnownMember]] = {}
    for row in peeringdb.members(number):
        ports.setdefault(row.asn, []).append(row)
    return tuple(_member(asn, rows) for asn, rows in ports.items())


def _member(asn: int, ports: list[KnownMember]) -> Member:
    net = ports[0].net
    return Member(
        asn=asn,
        name=net.name.strip(),
        policy=net.policy_general,
        kind=net.info_type,
        prefixes4=net.info_prefixes4,
        prefixes6=net.info_prefixes6,
        as_set=net.irr_as_set,
        speed=sum(port.speed for port in ports),
        is_rs_peer=any(port.is_rs_peer for port in ports),
        places=tuple(filter(None, map(_place, ports))),
    )


def _place(port: KnownMember) -> Place:
    return tuple(parse_address(text) for text in (port.ipaddr4, port.ipaddr6) if text)


def profiles(asns: Iterable[int]) -> Mapping[int, Profile]:
    """Return the networks that PeeringDB knows, by AS number."""
    return {asn: profile_of(one) for asn, one in peeringdb.networks(tuple(asns)).items()}


def profile_of(one: RegisteredNetwork) -> Profile:
    """Return a network as we would write it down."""
    return Profile(
        asn=one.asn,
        name=one.name.strip(),
        as_set=_as_set(one.irr_as_set),
        prefixes4=one.info_prefixes4 or 0,
        prefixes6=one.info_prefixes6 or 0,
        is_route_server=one.info_type == ROUTE_SERVER,
    )


def roles_of(contact: PublicContact) -> tuple[ContactRole, ...]:
    """Return what somebody is written to for, in our words."""
    word = contact.role.strip().lower().replace(" ", "-")
    return (ContactRole(word),) if word in list(ContactRole) else ()


def _as_set(text: str) -> str:
    try:
        return parse_as_sets(text)
    except WantedError:
        return ""
