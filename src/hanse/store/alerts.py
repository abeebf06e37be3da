"""Alert rows: raised in one go, moved by conditional update, grouped under what explains them, and due to be told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from hanse.monitor.alert_kinds import SEEN
from hanse.monitor.alerts import CALM, Alarm, flapping, flaps
from hanse.monitor.alerts_causes import roots
from hanse.store.alert_states import OPEN, AlertEvent, AlertState, step
from hanse.store.listing import Within
from hanse.store.models import Alert

STATES: Final = sorted(map(str, OPEN))


def within(scope: Within) -> QuerySet[Alert]:
    """Return the alerts that somebody may see, open ones first, the latest first."""
    rows = Alert.objects.order_by(F("cleared_at").desc(nulls_first=True), "-fired_at", "-pk")
    return rows if scope.everything else rows.filter(Q(site__in=scope.sites) | Q(asn__in=scope.asns))


def open_ones(rows: QuerySet[Alert] | None = None) -> QuerySet[Alert]:
    """Return those of `rows`, of all if none are given, that are not over."""
    return (Alert.objects.all() if rows is None else rows).filter(state__in=STATES)


def open_on(node: str) -> tuple[Alert, ...]:
    """Return the open alerts about things on a router that looks tell about. One query."""
    return tuple(open_ones().filter(node=node, kind__in=sorted(SEEN)).order_by("pk"))


def known_keys(keys: Iterable[str]) -> frozenset[str]:
    """Return those of `keys` that ever had an alert. One query."""
    return frozenset(Alert.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def raise_alarms(alarms: Iterable[Alarm], *, after: timedelta) -> None:
    """Put alarms down: what is open already fired again. Unless it is over by then, people are told `after` that.

    What flaps is told at once and, while it is open, not again. A fixed number of statements if nothing is open yet.
    """
    new = {alarm.key: alarm for alarm in alarms}
    if not new:
        return
    for row in open_ones().filter(key__in=list(new)):
        _fire_again(row, new.pop(row.key))
    shortly_before = _counts_before(new)
    # Another poll of the same router may put the same down at this moment: the first is as good as the second.
    Alert.objects.bulk_create(
        (_row(alarm, shortly_before.get(key, 0) + 1, after) for key, alarm in new.items()), ignore_conflicts=True
    )


def _fire_again(row: Alert, alarm: Alarm) -> None:
    count = row.count + 1
    changes: dict[str, Any] = {"sentence": alarm.sentence, "is_quiet": alarm.is_quiet}
    if flaps(count):
        changes["sentence"] = flapping(alarm.sentence, count)
    move(row, AlertEvent.AGAIN, count=count, last_at=alarm.at, **changes)


def _counts_before(alarms: Mapping[str, Alarm]) -> dict[str, int]:
    """Return how often each fell in a row until it was cleared a short while ago. One query."""
    if not alarms:
        return {}
    since = min(alarm.at for alarm in alarms.values()) - CALM
    rows = Alert.objects.filter(key__in=list(alarms), cleared_at__gte=since, acknowledged_at=None)
    return dict(rows.order_by("fired_at", "pk").values_list("key", "count"))


def _row(alarm: Alarm, count: int, after: timedelta) -> Alert:
    wait = timedelta(0) if flaps(count) else after
    return Alert(
        key=alarm.key,
        kind=alarm.kind.value,
        node=alarm.node,
        site=alarm.site,
        subject=alarm.subject,
        thing=alarm.thing,
        name=alarm.name,
        asn=alarm.asn,
        sentence=flapping(alarm.sentence, count) if flaps(count) else alarm.sentence,
        is_quiet=alarm.is_quiet,
        explained_by=list(alarm.explained_by),
        enough=alarm.enough,
        due_at=None if alarm.is_quiet else alarm.at + wait,
        fired_at=alarm.at,
        last_at=alarm.at,
        count=count,
    )


def move(alert: Alert, event: AlertEvent, **changes: Any) -> bool:
    """Take the step; False if somebody else moved this alert first.

    :raises NoSuchAlertStep:
    """
    after = step(AlertState(alert.state), event)
    rows = Alert.objects.filter(pk=alert.pk, state=alert.state)
    if not rows.update(state=after.value, **changes):
        return False
    alert.refresh_from_db()
    return True


def clear(alert: Alert, *, why: str, at: datetime) -> bool:
    """Put down that it is over; False if it was already."""
    return move(alert, AlertEvent.CLEARED, cleared_at=at, cleared_why=why, due_at=None)


def still_wrong(alert: Alert, *, is_quiet: bool, at: datetime) -> None:
    """Put down that it was found wrong once more. What stands on its own and nobody was told of is due now."""
    changes: dict[str, Any] = {} if alert.is_quiet == is_quiet else {"is_quiet": is_quiet}
    if is_quiet and alert.due_at:
        changes["due_at"] = None
    if not is_quiet and alert.told_at is None and alert.due_at is None and alert.part_of_id is None:
        changes["due_at"] = at
    if changes:
        Alert.objects.filter(pk=alert.pk, state=alert.state).update(**changes)


def regroup() -> int:
    """Put each open alert under the one that explains it, and what is explained no more on its own again.

    Return how many moved. What stands on its own again is told only if it is found wrong once more.
    """
    rows = {row["key"]: row for row in open_ones().values("pk", "key", "explained_by", "part_of_id")}
    above = roots({key: row["explained_by"] for key, row in rows.items()})
    moved = 0
    for key, row in rows.items():
        part_of = rows[above[key]]["pk"] if key in above else None
        if part_of != row["part_of_id"]:
            moved += Alert.objects.filter(pk=row["pk"], part_of=row["part_of_id"]).update(part_of=part_of, due_at=None)
    return moved


def due(at: datetime) -> tuple[Alert, ...]:
    """Return what people are to be told of now. One query."""
    rows = Alert.objects.filter(state=AlertState.FIRING, part_of=None, is_quiet=False, told_at=None, due_at__lte=at)
    return tuple(rows.order_by("pk"))


def put_under(alerts: Iterable[Alert], head: Alert) -> None:
    """Make alerts parts of another one for as long as that is open."""
    for alert in alerts:
        explaining = [*alert.explained_by, head.key]
        Alert.objects.filter(pk=alert.pk, told_at=None).update(part_of=head, explained_by=explaining, due_at=None)


def mark_told(alert: Alert, *, at: datetime) -> bool:
    """Become the one who tells people; False if another worker does, or it is no longer to be told."""
    return bool(
        Alert.objects.filter(pk=alert.pk, state=AlertState.FIRING, told_at=None).update(told_at=at, due_at=None)
    )


def parts_of(alert: Alert) -> tuple[Alert, ...]:
    """Return what is open and part of it, by router and key. One query."""
    return tuple(open_ones(alert.parts.order_by("node", "key")))
