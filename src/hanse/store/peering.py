"""Peering requests, and networks that are not suggested for a while."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet

from hanse.network.errors import WantedError
from hanse.store.models import HiddenPeer, PeeringRequest
from hanse.store.request_states import NoSuchRequestStep, RequestEvent, RequestState, step


class NoSuchRequest(WantedError):
    """There is no peering request of that number, or none that one may look at."""


def requests() -> QuerySet[PeeringRequest]:
    """Return the peering requests, those that took a step last first."""
    return PeeringRequest.objects.order_by("-changed_at", "-pk")


def request(number: int) -> PeeringRequest:
    """Return a peering request.

    :raises NoSuchRequest:
    """
    found = PeeringRequest.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchRequest(f"there is no peering request {number}")
    return found


def move(row: PeeringRequest, event: RequestEvent, *, at: datetime, **columns: object) -> None:
    """Take the step, writing `columns` with it, and bring `row` up to date.

    :raises NoSuchRequestStep: it cannot be taken from there, or somebody else took one first
    """
    before = RequestState(row.state)
    after = step(before, event)
    moved = PeeringRequest.objects.filter(pk=row.pk, state=before).update(state=after, changed_at=at, **columns)
    if not moved:
        raise NoSuchRequestStep(f"request {row.pk} took another step at the same moment: look again")
    row.refresh_from_db()


def reword(row: PeeringRequest, *, subject: str, text: str, at: datetime) -> None:
    """Let a request that is not sent yet say something else, and bring `row` up to date.

    :raises NoSuchRequestStep:
    """
    there = PeeringRequest.objects.filter(pk=row.pk, state=RequestState.DRAFTED)
    if not there.update(subject=subject, text=text, changed_at=at):
        raise NoSuchRequestStep(f"request {row.pk} is {row.state}: what was sent stays as it is")
    row.refresh_from_db()


def unanswered(before: datetime) -> tuple[PeeringRequest, ...]:
    """Return the requests that were handed over before that moment and that nobody answered."""
    waiting = (RequestState.SENT, RequestState.SENDING)
    return tuple(PeeringRequest.objects.filter(state__in=waiting, changed_at__lt=before).order_by("pk"))


def hidden(today: date, *, exchange: str = "", asns: Collection[int] | None = None) -> dict[int, HiddenPeer]:
    """Return who is not suggested today, by AS number: anywhere, or at `exchange`. One query."""
    rows = HiddenPeer.objects.filter(Q(exchange="") | Q(exchange=exchange), until__gt=today).order_by("until")
    return {row.asn: row for row in (rows if asns is None else rows.filter(asn__in=list(asns)))}


def hidden_list(today: date) -> QuerySet[HiddenPeer]:
    """Return all who are not suggested today, by AS number."""
    return HiddenPeer.objects.filter(until__gt=today).order_by("asn", "exchange")


def hide(*, asn: int, exchange: str, until: date, why: str, who: str, at: datetime) -> HiddenPeer:
    """Do not suggest a network before that day; what was said of it there before holds no more."""
    said = {"until": until, "why": why[:300], "who": who, "at": at}
    return HiddenPeer.objects.update_or_create(asn=asn, exchange=exchange, defaults=said)[0]


def show(*, asn: int, exchange: str) -> bool:
    """Suggest a network again; say whether it was hidden there."""
    return bool(HiddenPeer.objects.filter(asn=asn, exchange=exchange).delete()[0])
