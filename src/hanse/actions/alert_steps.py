"""The steps of an alert with what follows from each: who was told of it is told of its end. One transaction a step."""

from datetime import datetime
from typing import Final

from django.db import transaction

from hanse.actions.alert_words import body
from hanse.actions.world import World
from hanse.monitor.telling.message import Told
from hanse.network.errors import HanseError
from hanse.store import alerts, deliveries
from hanse.store.alert_states import AlertEvent
from hanse.store.models import Alert

DELIVER: Final = "deliver"  # the kind of job that sends what is queued


def over(alert: Alert, *, why: str, world: World, at: datetime) -> bool:
    """Put down that an alert is over, and queue that for whoever was told of it; False if somebody was faster."""
    with transaction.atomic():
        if not alerts.clear(alert, why=why, at=at):
            return False
        _tell_those_who_know(alert, Told.CLEARED, world=world, at=at)
    return True


def acknowledged(alert: Alert, *, who: str, note: str, world: World, at: datetime) -> bool:
    """Put down who looks after it, and queue that for whoever was told of it; False if somebody was faster."""
    with transaction.atomic():
        words = {"acknowledged_at": at, "acknowledged_by": who, "note": note, "due_at": None}
        if not alerts.move(alert, AlertEvent.ACKNOWLEDGED, **words):
            return False
        _tell_those_who_know(alert, Told.ACKNOWLEDGED, world=world, at=at)
    return True


def told(alert: Alert, *, world: World, at: datetime) -> bool:
    """Queue for all recipients that it is wrong, its parts with it; False if it was told or is over."""
    with transaction.atomic():
        if not alerts.mark_told(alert, at=at):
            return False
        _queue(alert, Told.FIRED, deliveries.recipients(), world=world, at=at)
    return True


def _tell_those_who_know(alert: Alert, event: Told, *, world: World, at: datetime) -> None:
    if alert.told_at is not None:
        _queue(alert, event, deliveries.told_of(alert, Told.FIRED), world=world, at=at)


def _queue(alert: Alert, event: Told, to: deliveries.Recipients, *, world: World, at: datetime) -> None:
    parts = alerts.parts_of(alert)
    words = body(alert, event, parts=parts, url=world.telling.url, at=at)
    deliveries.queue(alert, event.value, body=words, to=to, at=at)


def note_of(error: HanseError) -> str:
    """Return why a message was not taken, in one short line."""
    return " ".join(str(error).split())[:300]
