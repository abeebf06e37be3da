"""The peering desk: whom we could peer with, adding sessions, and who is hidden for a while."""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Final

from rest_framework.response import Response

from hanse.actions.peering import finding, hiding, joining, keeping_equal, remembering
from hanse.actions.peering.finding import PossiblePeer
from hanse.actions.peering.joining import Wish
from hanse.actions.rights import Right
from hanse.network.wanted.sessions import Relationship, SessionStatus
from hanse.web.api.lists import Row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows

SUMMARY: Final = "List whom we could peer with at an exchange"
FAILURES: Final = {**MEND, **CONFLICT, **NOT_HERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """A member of an exchange with whom a session lacks there. `speed` is in Mbit/s; null: nobody told."""

    display: str
    asn: int
    name: str
    policy: str
    kind: str
    prefixes4: int | None
    prefixes6: int | None
    speed: int
    is_rs_peer: bool
    as_set: str
    addresses: list[str]  # without a session
    connections: list[str]  # of ours, on which something lacks
    has: int
    hidden_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersToAdd(Exact):
    """Members to add, all their sessions that lack. `relationship` null: as PeeringDB says. `draft` null: a new one."""

    asns: list[int]
    status: SessionStatus = SessionStatus.REQUESTED
    relationship: Relationship | None = None
    draft: int | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersAdded:
    """The sessions, and the draft that holds them, or the change set that made them wanted."""

    sessions: list[str]
    asns: list[int]
    draft: int | None
    change_set: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """A network that is not suggested before a day. `exchange` empty: at none."""

    display: str
    asn: int
    exchange: str
    until: str
    why: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerToHide(Exact):
    """A network that is not to be suggested at an exchange, at any if that is empty, before a day."""

    asn: int
    until: date
    exchange: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerToShow(Exact):
    """A network that is to be suggested again."""

    asn: int
    exchange: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """Something that PeeringDB says otherwise of a network. `refused`: why it is not taken by itself."""

    display: str
    asn: int
    field: str
    ours: str
    theirs: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteText(Exact):
    """A note on a network."""

    asn: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicContactTaken(Exact):
    """Somebody whom PeeringDB shows, by the number that they have there, who is to be a contact."""

    asn: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The change set that it is; null: nothing changed."""

    change_set: int | None


def peers_listed() -> Operation:
    """Return the operation that tells whom we could peer with at an exchange."""

    def answer(asked: Asked, exchange: str) -> Response:
        peers = finding.possible_peers(exchange, asked.person, world=asked.world)
        return listed_rows(PeerRow, lambda _: map(_peer, peers), SUMMARY).answer(asked)

    return replace(listed_rows(PeerRow, lambda _: (), SUMMARY), answer=answer, failures=NOT_HERE)


def peers_added() -> Operation:
    """Return the operation that adds the sessions that lack with members of an exchange."""

    def answer(asked: Asked, exchange: str) -> Response:
        finding.exchange_named(exchange, asked.person)
        asked.person.insist_any(Right.CHANGE, "sessions")
        said = asked.body(PeersToAdd)
        wish = Wish(status=said.status, relationship=said.relationship, draft=said.draft, at_once=said.at_once)
        joined = joining.add_peers(peers={exchange: said.asns}, wish=wish, person=asked.person, world=asked.world)
        return Response(
            {
                "sessions": joined.sessions,
                "asns": joined.asns,
                "draft": joined.draft,
                "change_set": joined.change_set,
            },
            status=HTTPStatus.CREATED,
        )

    return Operation(
        answer=answer,
        summary="Add all sessions that lack with members of an exchange",
        takes=taken(PeersToAdd),
        gives=given(PeersAdded),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def _peer(one: PossiblePeer) -> Row:
    return {
        "display": f"AS{one.asn} {one.name}".strip(),
        "asn": one.asn,
        "name": one.name,
        "policy": one.policy,
        "kind": one.kind,
        "prefixes4": one.prefixes4,
        "prefixes6": one.prefixes6,
        "speed": one.speed,
        "is_rs_peer": one.is_rs_peer,
        "as_set": one.as_set,
        "addresses": list(one.addresses),
        "connections": list(one.connections),
        "has": one.has,
        "hidden_until": str(one.hidden_until or ""),
    }


def hidden_listed() -> Operation:
    """Return the operation that tells who is not suggested today."""

    def rows(asked: Asked) -> list[Row]:
        return [
            {
                "display": str(one),
                "asn": one.asn,
                "exchange": one.exchange,
                "until": str(one.until),
                "why": one.why,
                "who": one.who,
            }
            for one in hiding.hidden_list(asked.person, world=asked.world)
        ]

    return listed_rows(HiddenRow, rows, "List the networks that are not suggested as peers")


def hidden_added() -> Operation:
    """Return the operation that hides a network for a while."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, "sessions")
        said = asked.body(PeerToHide)
        hiding.hide(
            asn=said.asn,
            exchange=said.exchange,
            until=said.until,
            why=said.why,
            person=asked.person,
            world=asked.world,
        )
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer,
        summary="Do not suggest a network as a peer for a while",
        takes=taken(PeerToHide),
        status=HTTPStatus.NO_CONTENT,
        failures={**MEND, **NOT_HERE},
    )


def hidden_removed() -> Operation:
    """Return the operation that lets a network be suggested again."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, "sessions")
        said = asked.body(PeerToShow)
        hiding.show(asn=said.asn, exchange=said.exchange, person=asked.person, world=asked.world)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer,
        summary="Suggest a network as a peer again",
        takes=taken(PeerToShow),
        status=HTTPStatus.NO_CONTENT,
        failures=MEND,
    )


def differences_listed() -> Operation:
    """Return the operation that tells where networks that are kept equal to PeeringDB differ from it."""

    def rows(asked: Asked) -> list[Row]:
        return [
            {
                "display": str(one),
                "asn": one.asn,
                "field": one.field.value,
                "ours": one.ours,
                "theirs": one.theirs,
                "refused": one.refused,
            }
            for one in keeping_equal.shown_differences(asked.person)
        ]

    return listed_rows(DifferenceRow, rows, "List where networks differ from PeeringDB")


def noted() -> Operation:
    """Return the operation that notes something of a network."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, remembering.KIND)
        said = asked.body(NoteText)
        found = remembering.add_note(asn=said.asn, text=said.text, person=asked.person, world=asked.world)
        return Response({"change_set": found.number if found else None}, status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Note something of a network",
        takes=taken(NoteText),
        gives=given(Noted),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def contact_taken() -> Operation:
    """Return the operation that makes a contact of somebody whom PeeringDB shows."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, remembering.KIND)
        said = asked.body(PublicContactTaken)
        found = remembering.take_contact(asn=said.asn, number=said.number, person=asked.person, world=asked.world)
        return Response({"change_set": found.number if found else None}, status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Make a contact of somebody whom PeeringDB shows",
        takes=taken(PublicContactTaken),
        gives=given(Noted),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )
