"""What registries are known to say: networks and their ports, how fresh that is, and having it read anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from rest_framework.response import Response

from hanse.actions import registries
from hanse.actions.peeringdb import SyncWish
from hanse.actions.registries import FreshnessState
from hanse.web.api.jobs import accepted
from hanse.web.api.lists import Listing, Row
from hanse.web.api.operations import CONFLICT, MEND, Asked, Operation
from hanse.web.api.rows import JobFull, Listed
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PeeringdbKindRow(Listed):
    """One kind of what PeeringDB has. `good_at`: when it was last read to its end; `full_at`: when all of it was."""

    kind: str
    title: str
    state: FreshnessState
    why: str
    rows: int
    good_at: datetime | None
    full_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNetworkRow(Listed):
    """A network as PeeringDB has it; its `id` is PeeringDB's. `info_prefixes4`: what it wants as max-prefix."""

    asn: int
    name: str
    aka: str
    website: str
    irr_as_set: str
    info_type: str
    info_prefixes4: int | None
    info_prefixes6: int | None
    info_traffic: str
    info_scope: str
    policy_general: str
    policy_url: str
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMemberRow(Listed):
    """A network's port on a peering LAN as PeeringDB has it; its `id` is PeeringDB's. `speed` is in Mbit/s."""

    asn: int
    net_id: int
    ix_id: int
    ixlan_id: int
    speed: int
    ipaddr4: str
    ipaddr6: str
    is_rs_peer: bool
    bfd_support: bool
    operational: bool
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncAsked(Exact):
    """How to read PeeringDB. `full`: everything, not only what changed; `accept`: let go of what was refused to go."""

    full: bool = False
    accept: bool = False


NETWORKS: Final = Listing(
    route="api-registries-network",
    row=KnownNetworkRow,
    rows=lambda asked: registries.known_networks(asked.person),
    display="AS{asn} {name}",
    order=("asn",),
    searched=("name", "aka", "irr_as_set"),
)
MEMBERS: Final = Listing(
    route="api-registries-member",
    row=KnownMemberRow,
    rows=lambda asked: registries.known_members(asked.person),
    display="AS{asn} at LAN {ixlan_id}",
    order=("asn", "ixlan_id", "id"),
    searched=("ipaddr4", "ipaddr6"),
)


def freshness() -> Operation:
    """Return the operation that tells how fresh each kind is."""

    def rows(asked: Asked) -> Iterator[Row]:
        for number, one in enumerate(registries.peeringdb_standing(asked.person), start=1):
            yield {
                "id": number,
                "url": asked.url("api-registries-peeringdb"),
                "display": one.title,
                **{word: getattr(one, word) for word in WORDS},
            }

    return listed_rows(PeeringdbKindRow, rows, "Tell how fresh each kind is that PeeringDB has")


def synced() -> Operation:
    """Return the operation that asks for PeeringDB to be read."""

    def answer(asked: Asked) -> Response:
        wanted: SyncAsked = asked.body(SyncAsked)
        wish = SyncWish(full=wanted.full, accept=wanted.accept)
        return accepted(asked, registries.request_sync(asked.person, world=asked.world, wish=wish))

    return Operation(
        answer=answer,
        summary="Have PeeringDB read by a worker; the job's row tells how it goes",
        takes=taken(SyncAsked),
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures={**MEND, **CONFLICT},
    )


WORDS: Final = ("kind", "title", "state", "why", "rows", "good_at", "full_at")
