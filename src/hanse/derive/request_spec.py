"""What a mail that asks for peering says of both networks and of the sessions: all that its template sees."""

from collections.abc import Iterable
from dataclasses import dataclass

from hanse.derive.spec import ContactSpec
from hanse.network.values.addresses import Address
from hanse.network.values.asn import Asn
from hanse.network.wanted.contacts import Contact
from hanse.network.wanted.inherited import local_asn_of
from hanse.network.wanted.lookups import Way, towards, ways_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.sessions import FamilyNumbers, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSpec:
    """One of the two networks."""

    asn: Asn
    name: str
    as_set: str  # empty: nobody told
    max_prefixes: FamilyNumbers | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSession:
    """One session of one address family that is asked for."""

    exchange: str  # empty: a direct one
    local_asn: Asn
    local_address: Address | None  # None: it is not known yet
    remote_address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSpec:
    """Everything that the template of a peering request is given, as `request`."""

    ours: NetworkSpec
    theirs: NetworkSpec
    contact: ContactSpec
    sessions: tuple[AskedSession, ...]  # by exchange and address
    sender: str  # who writes


def request_spec(
    network: Network, *, asn: Asn, sessions: Iterable[Session], contact: Contact, sender: str
) -> RequestSpec:
    """Return what a mail to `contact` of AS `asn` says of `sessions`."""
    asked = (one for session in sessions for one in _asked(network, session))
    return RequestSpec(
        ours=_network_spec(network, network.network.asn, network.network.name),
        theirs=_network_spec(network, asn, ""),
        contact=ContactSpec(
            person=contact.person,
            email=contact.email,
            phone=contact.phone,
            roles=tuple(map(str, contact.roles)),
        ),
        sessions=tuple(sorted(asked, key=lambda one: (one.exchange, one.remote_address.version, one.remote_address))),
        sender=sender,
    )


def _network_spec(network: Network, asn: Asn, name: str) -> NetworkSpec:
    found = network.autonomous_systems.get(asn)
    if found is None:
        return NetworkSpec(asn=asn, name=name, as_set="", max_prefixes=None)
    return NetworkSpec(
        asn=asn, name=found.name or name, as_set=str(found.as_set or ""), max_prefixes=found.max_prefixes
    )


def _asked(network: Network, session: Session) -> Iterable[AskedSession]:
    connection = network.connections.get(session.connection)
    ways: tuple[Way, ...] = ways_of(network, session)
    for address in session.addresses:
        way = towards(ways, address)
        told = (one for one in session.local_addresses if one.version == address.version)
        yield AskedSession(
            exchange=connection.exchange if connection else "",
            local_asn=local_asn_of(network, session),
            local_address=next(told, way[0].ip if way else None),
            remote_address=address,
        )
