"""Other networks as their pages show them: where we meet, what we have, what lacks, and whom to write to."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, QuerySet

from hanse.actions.looking.lists import session_list
from hanse.actions.objects import wanted_now
from hanse.actions.peering.keeping_equal import Difference, differences
from hanse.actions.peering.registry import profile_of
from hanse.actions.peering.remembering import KIND, NoSuchAs
from hanse.actions.peering.requests import request_list
from hanse.actions.rights import Person, Right
from hanse.actions.whereabouts import visible
from hanse.derive.gaps import Gap, gaps_with
from hanse.derive.meetings import Meetings, meetings
from hanse.monitor.compare import Condition
from hanse.network.known.peeringdb import AtExchange, Facility, PublicContact, RegisteredNetwork
from hanse.network.values.addresses import Address
from hanse.network.values.asn import LARGEST, Asn
from hanse.network.wanted.contacts import Contact, Note
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, Exchange
from hanse.network.wanted.sessions import Session, SessionStatus
from hanse.store import peeringdb
from hanse.store.models import PeeringRequest, SessionStanding

SHOWN: Final = 10  # requests
NOT_UP: Final = tuple(str(one) for one in Condition if one is not Condition.UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRow:
    """A wanted AS in the list of all."""

    asn: int
    name: str
    as_set: str
    own: bool
    status: str
    sessions: int  # one for each address
    down: int
    exchanges: tuple[str, ...]  # where we have sessions
    contacts: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedExchange:
    """An exchange on which both networks are."""

    exchange: Exchange
    ports: tuple[AtExchange, ...]  # theirs
    gaps: tuple[Gap, ...]  # sessions that lack there

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Return their addresses there."""
        return tuple(address for port in self.ports for address in _place(port))

    @property
    def lacking(self) -> tuple[Address, ...]:
        """Return those of them that lack a session on one of our connections, each once."""
        return tuple(dict.fromkeys(address for gap in self.gaps for address in gap.addresses))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Everything about another network. One of `wanted` and `registered` at least is there."""

    asn: int
    wanted: AutonomousSystem | None
    registered: RegisteredNetwork | None
    sessions: QuerySet[SessionStanding]
    unseen: tuple[Session, ...]  # wanted, and not on any router: requested or decommissioned
    exchanges: tuple[SharedExchange, ...]
    facilities: tuple[Facility, ...]
    contacts: tuple[Contact, ...]
    public_contacts: tuple[PublicContact, ...]  # that PeeringDB shows, with a mail address, and that are none of ours
    notes: tuple[Note, ...]  # the latest first
    requests: tuple[PeeringRequest, ...]
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """Return what it is called."""
        return (self.wanted.name if self.wanted else "") or (self.registered.name if self.registered else "")

    @property
    def lacks(self) -> bool:
        """Say whether a session lacks at any exchange."""
        return any(one.gaps for one in self.exchanges)


def network_list(person: Person) -> tuple[NetworkRow, ...]:
    """Return the networks that `person` may look at, by AS number. One query besides what is wanted.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, KIND)
    network = wanted_now()
    if network is None:
        return ()
    found = meetings(network)
    wrong = session_list(person).filter(condition__in=(Condition.DOWN, Condition.ABSENT), is_internal=False)
    down = dict(wrong.order_by().values("remote_asn").annotate(count=Count("pk")).values_list("remote_asn", "count"))
    rows = sorted(visible(KIND, person).values(), key=lambda one: one.asn)
    return tuple(_row(found, one, down.get(one.asn.number, 0)) for one in rows)


def _row(found: Meetings, one: AutonomousSystem, down: int) -> NetworkRow:
    return NetworkRow(
        asn=one.asn.number,
        name=one.name,
        as_set=one.as_set,
        own=one.own,
        status=one.status,
        sessions=found.addresses_of.get(one.asn.number, 0),
        down=down,
        exchanges=found.exchanges_of.get(one.asn.number, ()),
        contacts=len(one.contacts),
        tags=one.tags,
    )


def network_page(asn: int, person: Person) -> NetworkPage:
    """Return everything about one network, in a fixed number of queries.

    :raises NoSuchAs: it is neither wanted nor known to PeeringDB, or one may not look at it
    """
    if asn > LARGEST:
        raise NoSuchAs(f"{asn} is no AS number")
    network = wanted_now()
    wanted = network.autonomous_systems.get(Asn(asn)) if network else None
    registered = peeringdb.network(asn)
    if (wanted is None and registered is None) or not person.may(Right.VIEW, KIND, asn=asn):
        raise NoSuchAs(f"AS{asn} is neither wanted nor known to PeeringDB")
    contacts = _contacts(network, wanted)
    known = {one.email.lower() for one in contacts}
    shown = peeringdb.contacts(asn) if registered else ()
    sessions = meetings(network).of_asn.get(asn, ()) if network else ()
    return NetworkPage(
        asn=asn,
        wanted=wanted,
        registered=registered,
        sessions=session_list(person).filter(remote_asn=asn, is_internal=False),
        unseen=tuple(one for one in sessions if not one.status.is_installed),
        exchanges=_shared(network, asn) if network else (),
        facilities=_facilities(network, asn) if network and registered else (),
        contacts=contacts,
        public_contacts=tuple(one for one in shown if one.email and one.email.lower() not in known),
        notes=tuple(sorted(wanted.notes.values(), key=_day, reverse=True)) if wanted else (),
        requests=tuple(request_list(person).filter(asn=asn)[:SHOWN]),
        differences=tuple(differences(wanted, profile_of(registered))) if wanted and registered else (),
    )


def _contacts(network: Network | None, wanted: AutonomousSystem | None) -> tuple[Contact, ...]:
    if network is None or wanted is None:
        return ()
    return tuple(network.contacts[name] for name in wanted.contacts if name in network.contacts)


def _day(note: Note) -> tuple[str, int, str]:
    """Return by what notes are in order: 2026-11-21-10 comes after 2026-11-21-9."""
    day, _, number = note.name.rpartition("-")
    return day, int(number) if number.isdigit() else 0, note.name


def _shared(network: Network, asn: int) -> tuple[SharedExchange, ...]:
    """Return where both are. Their addresses tell: so no LAN has to be looked for."""
    found = meetings(network)
    ports = peeringdb.at_exchanges(asn)
    shared = []
    for exchange in sorted(network.exchanges.values(), key=lambda one: one.name):
        here = tuple(port for port in ports if any(_is_on(exchange, address) for address in _place(port)))
        if here and exchange.name in found.connections:
            gaps = gaps_with(found, exchange, Asn(asn), map(_place, here))
            shared.append(SharedExchange(exchange=exchange, ports=here, gaps=gaps))
    return tuple(shared)


def _place(port: AtExchange) -> tuple[Address, ...]:
    return tuple(address for address in (port.member.ipaddr4, port.member.ipaddr6) if address)


def _is_on(exchange: Exchange, address: Address) -> bool:
    return any(address in prefix for prefix in exchange.lan if prefix.version == address.version)


def _facilities(network: Network, asn: int) -> tuple[Facility, ...]:
    """Return the buildings that both are in, as PeeringDB says."""
    ours = {one.id for one in peeringdb.at_facilities(network.network.asn.number)}
    return tuple(one for one in peeringdb.at_facilities(asn) if one.id in ours)


def asked(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Return the sessions that the other side has to be asked for."""
    return tuple(one for one in sessions if one.status is SessionStatus.REQUESTED)
