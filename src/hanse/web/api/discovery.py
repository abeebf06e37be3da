"""What routers have that nobody wrote down, and writing it down. The look itself is a job: `discover`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404
from rest_framework.response import Response

from hanse.actions.discovery import Acceptance, NeverSeen, Result, accept, result
from hanse.monitor.discovery.findings import Finding
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.sessions import Relationship
from hanse.store.snapshot import NothingWanted
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """A session that is not on both sides. `key` is what accepting it takes; `session`: what it is or would be called.

    `what`: new (it can be accepted), left out (it cannot, and `why`), or absent (wanted, and the router has it not).
    """

    key: str
    what: str
    vrf: str
    remote_address: str
    remote_asn: int
    session: str
    connection: str
    state: str
    description: str
    why: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryFull:
    """What one router has and we have not, and the other way round, as it was at `looked_at`.

    `is_old`: too old to be accepted; `error`: why a later look failed; `agreed`: sessions on both sides.
    """

    node: str
    looked_at: datetime
    is_old: bool
    error: str
    agreed: int
    sessions: list[FoundSession]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryAccepted(Exact):
    """What is to be written down. `keys`: of the sessions; none given: all that are new.

    `relationship` is what all of them are to us but those that `relationships` names by key. `at_once`: wanted now,
    as one change set; else it is put into `draft`, a new one if none is named.
    """

    keys: tuple[str, ...] | None = None
    relationship: Relationship = Relationship.PEER
    relationships: dict[str, Relationship] = field(default_factory=dict)
    draft: int | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryOutcome:
    """The sessions that were written down, and where."""

    sessions: list[str]
    draft: int | None
    change_set: int | None


def found() -> Operation:
    """Return the operation that tells what a router has."""

    def answer(asked: Asked, node: str) -> Response:
        try:
            return Response(_tree(result(node=node, person=asked.person, now=asked.world.clock.now())))
        except (NoSuchNode, NeverSeen, NothingWanted) as error:
            raise Http404 from error

    return Operation(
        answer=answer,
        summary="Show what a router has that nobody wrote down, and the other way round",
        gives=given(DiscoveryFull),
        failures=NOT_HERE,
    )


def _tree(found: Result) -> dict[str, Any]:
    return {
        "node": found.node,
        "looked_at": found.looked_at,
        "is_old": found.is_old,
        "error": found.error,
        "agreed": found.agreed,
        "sessions": [_session(one) for one in found.findings],
    }


def _session(one: Finding) -> dict[str, Any]:
    return {
        "key": one.key,
        "what": one.sort,
        "vrf": one.place[0],
        "remote_address": str(one.place[1]),
        "remote_asn": one.remote_asn.number,
        "session": one.session,
        "connection": one.way.connection,
        "state": one.seen.state if one.seen else "",
        "description": one.description,
        "why": one.why,
        "remark": one.remark,
    }


def accepted() -> Operation:
    """Return the operation that writes down what a router has."""

    def answer(asked: Asked, node: str) -> Response:
        said: DiscoveryAccepted = asked.body(DiscoveryAccepted)
        acceptance = Acceptance(
            keys=None if said.keys is None else frozenset(said.keys),
            relationship=said.relationship,
            relationships=said.relationships,
        )
        try:
            done = accept(
                node=node,
                acceptance=acceptance,
                draft=said.draft,
                at_once=said.at_once,
                person=asked.person,
                world=asked.world,
            )
        except (NoSuchNode, NothingWanted) as error:
            raise Http404 from error
        return Response({"sessions": done.sessions, "draft": done.draft, "change_set": done.change_set})

    return Operation(
        answer=answer,
        summary="Write down sessions that a router has",
        takes=taken(DiscoveryAccepted),
        gives=given(DiscoveryOutcome),
        failures={**MEND, **CONFLICT, **NOT_HERE},
    )
