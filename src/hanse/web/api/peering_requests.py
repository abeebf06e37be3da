"""Peering requests: mails to other networks, written and shown first, then sent, and answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from rest_framework.response import Response

from hanse.actions.peering import requests
from hanse.actions.rights import Right
from hanse.store.request_states import RequestState
from hanse.web.api.lists import Listing, one_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, OUTSIDE, Asked, Operation
from hanse.web.api.rows import Listed
from hanse.web.api.shapes import Exact, given, taken

FAILURES: Final = {**MEND, **CONFLICT, **NOT_HERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow(Listed):
    """A mail that asks another network for sessions."""

    asn: int
    state: RequestState
    contact: str
    address: str
    subject: str
    text: str
    sessions: list[str]
    who: str
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None
    sent_by: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestToWrite(Exact):
    """To which contact of which network a request is to be written."""

    asn: int
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWords(Exact):
    """What a request is to say."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Exact):
    """Where the sessions go on to provisioning: at once, or in a draft; null: in a new one."""

    draft: int | None = None
    at_once: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccepted(RequestRow):
    """A request that was accepted. `draft`: where its sessions stand now; null: they are wanted so."""

    draft: int | None


REQUESTS: Final = Listing(
    route="api-peering-request",
    row=RequestRow,
    rows=lambda asked: requests.request_list(asked.person),
    display="AS{asn}, {state}",
    order=("-changed_at", "-pk"),
    searched=("subject", "address", "contact"),
)


def written() -> Operation:
    """Return the operation that writes a request; it is not sent."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, requests.KIND)
        said = asked.body(RequestToWrite)
        row = requests.write_request(asn=said.asn, contact=said.contact, person=asked.person, world=asked.world)
        return Response(one_row(asked, REQUESTS, row.pk), status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Write a peering request, without sending it",
        takes=taken(RequestToWrite),
        gives=given(RequestRow),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def reworded() -> Operation:
    """Return the operation that lets a request say something else."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, REQUESTS, number)
        asked.person.insist_any(Right.CHANGE, requests.KIND)
        said = asked.body(RequestWords)
        requests.reword(number=number, subject=said.subject, text=said.text, person=asked.person, world=asked.world)
        return Response(one_row(asked, REQUESTS, number))

    return Operation(
        answer=answer,
        summary="Let a peering request that is not sent say something else",
        takes=taken(RequestWords),
        gives=given(RequestRow),
        failures=FAILURES,
    )


def moved(move: Callable[..., Any], summary: str) -> Operation:
    """Return the operation that lets a request take a step: sent, declined, withdrawn."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, REQUESTS, number)
        move(number=number, person=asked.person, world=asked.world)
        return Response(one_row(asked, REQUESTS, number))

    return Operation(answer=answer, summary=summary, gives=given(RequestRow), failures={**FAILURES, **OUTSIDE})


def accepted() -> Operation:
    """Return the operation that says that they want to peer."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, REQUESTS, number)
        asked.person.insist_any(Right.CHANGE, requests.KIND)
        said = asked.body(Acceptance)
        draft = requests.accept_request(
            number=number, draft=said.draft, at_once=said.at_once, person=asked.person, world=asked.world
        )
        return Response({**one_row(asked, REQUESTS, number), "draft": draft})

    return Operation(
        answer=answer,
        summary="Say that they want to peer: the sessions are provisioned",
        takes=taken(Acceptance),
        gives=given(RequestAccepted),
        failures=FAILURES,
    )
