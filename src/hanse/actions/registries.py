"""What registries are known to say, how fresh that is, and asking that it be read anew by a worker."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from hanse.actions import jobs
from hanse.actions.peeringdb import USUAL_WISH, SyncWish
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.known.peeringdb import (
    AtExchange,
    Facility,
    Freshness,
    PeeringdbKind,
    PublicContact,
    RegisteredNetwork,
)
from hanse.network.values.asn import Asn
from hanse.store import jobs as job_rows
from hanse.store import peeringdb
from hanse.store.job_states import OPEN, JobState
from hanse.store.models import KnownMember, KnownNetwork


class NotAtPeeringdb(WantedError):
    """PeeringDB has no network with that AS number, as far as is known here."""


class SyncUnderWay(WantedError):
    """A job reads from PeeringDB already."""


class FreshnessState(StrEnum):
    """How a kind stands."""

    FRESH = "fresh"
    READING = "reading"  # or cut while it was read
    REFUSED = "refused"
    FAILED = "failed"
    NEVER_READ = "never read"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindStanding:
    """One kind of PeeringDB as lists show it."""

    kind: str
    title: str
    state: FreshnessState
    why: str
    rows: int
    good_at: datetime | None
    full_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """What PeeringDB says of one network."""

    network: RegisteredNetwork
    exchanges: tuple[AtExchange, ...]
    facilities: tuple[Facility, ...]
    contacts: tuple[PublicContact, ...]


def peeringdb_standing(person: Person) -> tuple[KindStanding, ...]:
    """Return how each kind stands, in the order in which they are read. One query.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    return tuple(_standing(one) for one in peeringdb.freshness())


def known_as(asn: Asn, person: Person) -> KnownAs:
    """Return what PeeringDB says of a network. Four queries.

    :raises NotAtPeeringdb:
    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    network = peeringdb.network(asn.number)
    if network is None:
        raise NotAtPeeringdb(
            f"PeeringDB has no AS{asn}, as far as is known here: `hanse peeringdb status` says how far"
        )
    return KnownAs(
        network=network,
        exchanges=peeringdb.at_exchanges(asn.number),
        facilities=peeringdb.at_facilities(asn.number),
        contacts=peeringdb.contacts(asn.number),
    )


def known_networks(person: Person) -> QuerySet[KnownNetwork]:
    """Return the networks that PeeringDB has, by AS number.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    return peeringdb.networks_known()


def known_members(person: Person) -> QuerySet[KnownMember]:
    """Return the ports on peering LANs that PeeringDB has, by AS number.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    return peeringdb.members_known()


def may_sync(person: Person) -> bool:
    """Say whether this person may ask for a sync."""
    return person.may(Right.DEPLOY, jobs.OBJECT)


def request_sync(person: Person, *, world: World, wish: SyncWish = USUAL_WISH) -> int:
    """Ask a worker to read PeeringDB, and return the number of the job.

    :raises SyncUnderWay:
    :raises NotAllowed:
    """
    person.insist(Right.DEPLOY, jobs.OBJECT)
    newest = job_rows.newest_of("peeringdb")
    if newest is not None and JobState(newest.state) in OPEN:
        raise SyncUnderWay(f"job {newest.pk} reads from PeeringDB already")
    arguments = {"full": wish.full, "accept": wish.accept}
    return jobs.ask(kind="peeringdb", person=person, world=world, arguments=arguments)


def _standing(one: Freshness) -> KindStanding:
    state = _state(one)
    why = {FreshnessState.FAILED: one.error, FreshnessState.REFUSED: one.refused}.get(state, "")
    if state is FreshnessState.READING:
        why = f"{one.position} rows read"
    return KindStanding(
        kind=one.kind.value,
        title=TITLES[one.kind],
        state=state,
        why=why,
        rows=one.rows,
        good_at=one.good_at,
        full_at=one.full_at,
    )


def _state(one: Freshness) -> FreshnessState:
    if one.error:
        return FreshnessState.FAILED
    if one.refused:
        return FreshnessState.REFUSED
    if one.began_at:
        return FreshnessState.READING
    return FreshnessState.FRESH if one.good_at else FreshnessState.NEVER_READ


TITLES: Final = {
    PeeringdbKind.ORGANISATION: "Organisations",
    PeeringdbKind.CAMPUS: "Campuses",
    PeeringdbKind.FACILITY: "Facilities",
    PeeringdbKind.CARRIER: "Carriers",
    PeeringdbKind.NETWORK: "Networks",
    PeeringdbKind.EXCHANGE: "Exchanges",
    PeeringdbKind.LAN: "Peering LANs",
    PeeringdbKind.PREFIX: "Prefixes of peering LANs",
    PeeringdbKind.PRESENCE: "Networks in facilities",
    PeeringdbKind.MEMBER: "Networks at exchanges",
    PeeringdbKind.EXCHANGE_SITE: "Exchanges in facilities",
    PeeringdbKind.CARRIER_SITE: "Carriers in facilities",
    PeeringdbKind.CONTACT: "Contacts of networks",
}
