"""Schedule rows. Whoever moves `next_run` first has fired it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hanse.store.models import Schedule


def add_missing(name: str, *, kind: str, cron: str, arguments: Mapping[str, Any], next_run: datetime) -> bool:
    """Put a schedule down unless one of that name is there; say whether it was put down now."""
    words = {"kind": kind, "cron": cron, "arguments": dict(arguments), "next_run": next_run}
    return Schedule.objects.get_or_create(name=name, defaults=words)[1]


def all_schedules() -> tuple[Schedule, ...]:
    """Return every schedule by name. One query."""
    return tuple(Schedule.objects.order_by("name"))


def find(name: str) -> Schedule | None:
    """Return the schedule of that name, None if there is none. One query."""
    return Schedule.objects.filter(name=name).first()


def due(at: datetime) -> tuple[Schedule, ...]:
    """Return the schedules that are on and whose time has come, the longest overdue first. One query."""
    return tuple(Schedule.objects.filter(is_on=True, next_run__lte=at).order_by("next_run", "pk"))


def move_on(schedule: Schedule, *, next_run: datetime, at: datetime) -> bool:
    """Become the one who fires `schedule`; False if another was faster or it was changed meanwhile."""
    same = Schedule.objects.filter(
        pk=schedule.pk, is_on=True, next_run=schedule.next_run, cron=schedule.cron, kind=schedule.kind
    )
    return bool(same.update(next_run=next_run, last_run=at))


def write(schedule: Schedule, *, cron: str, is_on: bool, next_run: datetime) -> None:
    """Change when a schedule comes round."""
    Schedule.objects.filter(pk=schedule.pk).update(cron=cron, is_on=is_on, next_run=next_run)
