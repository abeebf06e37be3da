"""What is not well, who looks after it, who is told, and what became of the telling."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import alerts, recipients
from hanse.monitor.telling.targets import Means, shown_target
from hanse.store.alert_states import DeliveryState
from hanse.web.api.lists import Listing, Row, one_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import AlertRow, Listed
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows

FAILURES: Final = {**MEND, **CONFLICT, **NOT_HERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow(Listed):
    """One telling. `alert` null: a test."""

    recipient: int
    alert: int | None
    event: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_try: datetime | None
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRow(Listed):
    """Who is told, and how. Empty `kinds`: of everything. A target that is a secret itself is not shown whole."""

    name: str
    means: Means
    target: str
    kinds: list[str]
    is_on: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientMade(RecipientRow):
    """A new recipient, with the secret that Hanse made to sign what it is told: it is shown once."""

    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientPut(Exact):
    """Who is to be told. Without a secret the old one stays, and a new webhook gets one that Hanse makes."""

    name: str
    means: Means
    target: str
    secret: str | None = None
    kinds: tuple[str, ...] = ()
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertNote(Exact):
    """A word about an alert."""

    note: str = ""


ALERTS: Final = Listing(
    route="api-alert",
    row=AlertRow,
    rows=lambda asked: alerts.alert_list(asked.person),
    display="{sentence}",
    order=("-fired_at", "-pk"),
    searched=("sentence", "node", "name"),
    is_endless=True,
)
DELIVERIES: Final = Listing(
    route="api-delivery",
    row=DeliveryRow,
    rows=lambda asked: recipients.delivery_list(asked.person),
    display="{event}, {state}",
    order=("-pk",),
    is_endless=True,
)


def said(say: Callable[..., Any], summary: str) -> Operation:
    """Return the operation that acknowledges or clears an alert."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, ALERTS, number)
        note = asked.body(AlertNote).note
        say(number, asked.person, world=asked.world, note=note)
        return Response(one_row(asked, ALERTS, number))

    return Operation(answer=answer, summary=summary, takes=taken(AlertNote), gives=given(AlertRow), failures=FAILURES)


def recipients_listed() -> Operation:
    """Return the operation that gives the recipients."""

    def rows(asked: Asked) -> list[Row]:
        return [_recipient(asked, one) for one in recipients.recipient_list(asked.person)]

    return listed_rows(RecipientRow, rows, "List recipients")


def recipient_shown() -> Operation:
    """Return the operation that gives one recipient."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_recipient(asked, _numbered(asked, number)))

    return Operation(answer=answer, summary="Show one recipient", gives=given(RecipientRow), failures=NOT_HERE)


def recipient_added() -> Operation:
    """Return the operation that puts down who is told from now on."""

    def answer(asked: Asked) -> Response:
        added = recipients.add_recipient(_wish(asked), asked.person, world=asked.world)
        row = {**_recipient(asked, added.recipient), "secret": added.secret}
        return Response(row, status=HTTPStatus.CREATED, headers={"Cache-Control": "no-store"})

    return Operation(
        answer=answer,
        summary="Put down who is told",
        takes=taken(RecipientPut),
        gives=given(RecipientMade),
        status=HTTPStatus.CREATED,
        failures=MEND,
    )


def recipient_changed() -> Operation:
    """Return the operation that makes a recipient another one."""

    def answer(asked: Asked, number: int) -> Response:
        name = _numbered(asked, number).name
        changed = recipients.change_recipient(name, _wish(asked), asked.person, world=asked.world)
        return Response(_recipient(asked, changed))

    return Operation(
        answer=answer,
        summary="Change a recipient",
        takes=taken(RecipientPut),
        gives=given(RecipientRow),
        failures=FAILURES,
    )


def recipient_removed() -> Operation:
    """Return the operation that tells somebody no more."""

    def answer(asked: Asked, number: int) -> Response:
        name = _numbered(asked, number).name
        recipients.remove_recipient(name, asked.person, world=asked.world)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(answer=answer, summary="Remove a recipient", status=HTTPStatus.NO_CONTENT, failures=FAILURES)


def recipient_tested() -> Operation:
    """Return the operation that sends a test."""

    def answer(asked: Asked, number: int) -> Response:
        name = _numbered(asked, number).name
        delivery = recipients.send_test(name, asked.person, world=asked.world)
        return Response(one_row(asked, DELIVERIES, delivery.pk), status=HTTPStatus.ACCEPTED)

    return Operation(
        answer=answer,
        summary="Send a test to a recipient; its delivery tells how it went",
        gives=given(DeliveryRow),
        status=HTTPStatus.ACCEPTED,
        failures=FAILURES,
    )


def sent_again() -> Operation:
    """Return the operation that tries once more what was given up."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, DELIVERIES, number)
        recipients.send_again(number, asked.person, world=asked.world)
        return Response(one_row(asked, DELIVERIES, number), status=HTTPStatus.ACCEPTED)

    return Operation(
        answer=answer,
        summary="Try once more what was given up",
        gives=given(DeliveryRow),
        status=HTTPStatus.ACCEPTED,
        failures=FAILURES,
    )


def _wish(asked: Asked) -> recipients.Wish:
    new: RecipientPut = asked.body(RecipientPut)
    return recipients.Wish(
        name=new.name, means=new.means, target=new.target, secret=new.secret, kinds=new.kinds, is_on=new.is_on
    )


def _numbered(asked: Asked, number: int) -> Any:
    found = recipients.recipient_list(asked.person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _recipient(asked: Asked, one: Any) -> Row:
    return {
        "id": one.pk,
        "url": asked.url("api-recipient", one.pk),
        "display": one.name,
        "name": one.name,
        "means": one.means,
        "target": shown_target(one.means, one.target),
        "kinds": one.kinds,
        "is_on": one.is_on,
        "changed_at": one.changed_at,
    }
