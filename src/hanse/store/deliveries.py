"""Recipients and what they were told: queued with what happened, claimed by conditional update, tried until taken."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, QuerySet

from hanse.store.alert_states import DeliveryEvent, DeliveryState, delivery_step
from hanse.store.models import Alert, Delivery, Recipient

Recipients = Iterable[Recipient]
LEASE: Final = timedelta(minutes=2)  # a worker that has not come back by then died: another may try
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVEN_UP_AFTER: Final = timedelta(hours=24)


def recipients() -> QuerySet[Recipient]:
    """Return who is told, by name."""
    return Recipient.objects.order_by("name")


def queue(alert: Alert, event: str, *, body: Mapping[str, Any], to: Iterable[Recipient], at: datetime) -> int:
    """Put down what recipients are to be told; return how many. One statement. Call it in the transaction of the step.

    Who wants only some kinds of alert is left out here.
    """
    wanting = [one for one in to if one.is_on and (not one.kinds or alert.kind in one.kinds)]
    Delivery.objects.bulk_create(_row(one, alert, event, body, at) for one in wanting)
    return len(wanting)


def queue_test(recipient: Recipient, event: str, *, body: Mapping[str, Any], at: datetime) -> Delivery:
    """Put a test down."""
    row = _row(recipient, None, event, body, at)
    row.save()
    return row


def _row(to: Recipient, alert: Alert | None, event: str, body: Mapping[str, Any], at: datetime) -> Delivery:
    state = DeliveryState.WAITING.value
    return Delivery(recipient=to, alert=alert, event=event, body=dict(body), state=state, created_at=at, next_try=at)


def told_of(alert: Alert, event: str) -> QuerySet[Recipient]:
    """Return who was, or is about to be, told that `event` of this alert."""
    return recipients().filter(deliveries__alert=alert, deliveries__event=event).distinct()


def next_due(at: datetime, *, without: Iterable[int] = ()) -> tuple[Delivery, ...]:
    """Return the oldest delivery that is due for each recipient but those `without`. Two queries."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING, next_try__lte=at, recipient__is_on=True)
    oldest = dict(rows.exclude(recipient__in=list(without)).order_by("-pk").values_list("recipient", "pk"))
    return tuple(Delivery.objects.filter(pk__in=oldest.values()).select_related("recipient").order_by("pk"))


def claim(delivery: Delivery, *, at: datetime) -> bool:
    """Become the one who tries it now; False if another worker does."""
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, next_try=delivery.next_try)
    if not rows.update(attempts=F("attempts") + 1, next_try=at + LEASE):
        return False
    delivery.refresh_from_db(fields=("attempts", "next_try"))
    return True


def taken(delivery: Delivery, *, at: datetime) -> None:
    """Put down that the other side has it."""
    _move(delivery, DeliveryEvent.TAKEN, sent_at=at, next_try=None, error="")


def failed(delivery: Delivery, *, error: str, may_succeed: bool, at: datetime) -> None:
    """Put down that it was not taken: it is tried later, twice as long each time, or given up after a day."""
    pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts - 1, 10), LONGEST_PAUSE)
    if may_succeed and at + pause < delivery.created_at + GIVEN_UP_AFTER:
        _move(delivery, DeliveryEvent.FAILED, error=error, next_try=at + pause)
    else:
        _move(delivery, DeliveryEvent.GIVEN_UP, error=error, next_try=None)


def ask_again(delivery: Delivery, *, at: datetime) -> bool:
    """Queue anew what was given up; False if somebody did already.

    :raises NoSuchAlertStep: it was not given up
    """
    return _move(delivery, DeliveryEvent.ASKED_AGAIN, next_try=at, created_at=at, attempts=0)


def _move(delivery: Delivery, event: DeliveryEvent, **changes: Any) -> bool:
    after = delivery_step(DeliveryState(delivery.state), event)
    rows = Delivery.objects.filter(pk=delivery.pk, state=delivery.state)
    if not rows.update(state=after.value, **changes):
        return False
    delivery.refresh_from_db()
    return True


def delivery_list() -> QuerySet[Delivery]:
    """Return everything that was told, or is to be, the latest first."""
    return Delivery.objects.select_related("recipient", "alert").order_by("-created_at", "-pk")
