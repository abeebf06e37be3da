"""What people see of alerts, and what they say to them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from hanse.actions.alert_steps import DELIVER, acknowledged, over
from hanse.actions.jobs import ask
from hanse.actions.rights import Person, Right, operator
from hanse.actions.world import World
from hanse.monitor.alert_kinds import AlarmKind
from hanse.network.errors import WantedError
from hanse.store import alerts, deliveries, listing
from hanse.store.alert_states import OPEN, AlertState
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import Alert, ChangeRecord, Delivery

OBJECT: Final = "nodes"  # the kind of object that a right to alerts is about
BEFORE: Final = timedelta(hours=1)  # what changed so shortly before may have led to it
LONGEST_NOTE: Final = 2000  # letters
TIMER: Final = "hanse"  # who asks for messages to be sent


class NoSuchAlert(WantedError):
    """There is no alert of that number, or it is not for this person to see."""


class AlertIsOver(WantedError):
    """What is over cannot be acknowledged or cleared."""


class AlertAcknowledged(WantedError):
    """Somebody looks after it already."""


class NoteTooLong(WantedError):
    """A note is longer than anybody reads."""


def alert_list(person: Person) -> QuerySet[Alert]:
    """Return the alerts this person may see, open ones first, the latest first."""
    return alerts.within(person.scope(Right.VIEW, OBJECT))


def still_open(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Return those that are not over."""
    return alerts.open_ones(rows)


def open_count(person: Person) -> int:
    """Return how many alerts this person may see are open, stand on their own and are not quiet. One query."""
    return alerts.open_ones(alert_list(person)).filter(part_of=None, is_quiet=False).count()


def with_parts(asked: str) -> Q:
    """Return the condition on alerts that are parts of others (`only`), or that they are among them (`shown`)."""
    return Q(part_of__isnull=False) if asked == "only" else Q()


def alert(number: int, person: Person) -> Alert:
    """Return one alert that this person may see.

    :raises NoSuchAlert:
    """
    row = alert_list(person).filter(pk=number).first()
    if row is None:
        raise NoSuchAlert(f"there is no alert {number}")
    return row


def parts_of(row: Alert, person: Person) -> QuerySet[Alert]:
    """Return what is part of an alert and this person may see, open ones first."""
    return alert_list(person).filter(part_of=row)


def changes_of(row: Alert, person: Person) -> QuerySet[ChangeRecord]:
    """Return what changed about the same thing since shortly before the alert, the latest first."""
    scope = person.scope(Right.VIEW, OBJECT)
    changes = listing.changes(scope, node=row.node, subject=row.subject).filter(key=row.thing)
    changes = changes.filter(at__gte=row.fired_at - BEFORE)
    return changes.filter(at__lte=row.cleared_at) if row.cleared_at else changes


def told_of(row: Alert) -> QuerySet[Delivery]:
    """Return who was told of an alert, the latest first."""
    return deliveries.delivery_list().filter(alert=row)


def acknowledge(number: int, person: Person, *, world: World, note: str = "") -> Alert:
    """Say that one looks after it; a lost job that somebody has looked at is over by that. Return it as it is then.

    :raises NoSuchAlert:
    :raises NotAllowed:
    :raises AlertIsOver:
    :raises AlertAcknowledged:
    :raises NoteTooLong:
    """
    row = _theirs(number, person, note)
    if row.state == AlertState.ACKNOWLEDGED:
        raise AlertAcknowledged(f"{row.acknowledged_by} looks after alert {number} already")
    if row.kind == AlarmKind.JOB_LOST:
        return clear(number, person, world=world, note=note)
    at = world.clock.now()
    return _take(
        row,
        lambda: acknowledged(row, who=person.who, note=note, world=world, at=at),
        action="acknowledge alert",
        person=person,
        world=world,
    )


def clear(number: int, person: Person, *, world: World, note: str = "") -> Alert:
    """Say that it is over. If it is not, the next change raises it anew. Return it as it is then.

    :raises NoSuchAlert:
    :raises NotAllowed:
    :raises AlertIsOver:
    :raises NoteTooLong:
    """
    row = _theirs(number, person, note)
    at = world.clock.now()
    said = f"{person.who} has looked at it" if row.kind == AlarmKind.JOB_LOST else f"{person.who} says so"
    why = f"{said}: {note}" if note else said
    return _take(
        row,
        lambda: over(row, why=why, world=world, at=at),
        action="clear alert",
        person=person,
        world=world,
    )


def _theirs(number: int, person: Person, note: str) -> Alert:
    row = alert(number, person)
    person.insist(Right.DEPLOY, OBJECT, site=row.site or None, asn=row.asn)
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(f"a note has {LONGEST_NOTE} letters at most; this one has {len(note)}")
    if AlertState(row.state) not in OPEN:
        raise AlertIsOver(f"alert {number} is over since {row.cleared_at:%Y-%m-%d %H:%M:%S} UTC: {row.cleared_why}")
    return row


def _take(row: Alert, step: Callable[[], bool], *, action: str, person: Person, world: World) -> Alert:
    """Take a step that is told with its author, then send what it queued."""
    before = row.state
    with transaction.atomic():
        if not step():
            raise AlertIsOver(f"somebody else was faster with alert {row.pk}: look again")
        alerts.regroup()
        change = ObjectChange(
            kind="alert", name=row.key, before={"state": before}, after={"state": row.state, "note": row.note}
        )
        write_entries([change], action=action, author=person.author, at=world.clock.now())
    if row.told_at is not None:
        send_soon(world)
    return row


def send_soon(world: World) -> int:
    """Put down a job that sends what is queued, and return its number."""
    return ask(kind=DELIVER, person=operator(TIMER, "job"), world=world)
