"""Work that comes round: when, whether at all, and fired once however many workers look at the clock."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from cronsim import CronSim, CronSimError
from django.db import transaction

from hanse.actions.job_kinds.table import KINDS
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.store import jobs, schedules
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import Schedule

LOG: Final = logging.getLogger(__name__)
TIMER: Final = "schedule"  # who asks for a job that comes round


class NoSuchSchedule(WantedError):
    """There is no schedule of that name."""


class NotATime(WantedError):
    """The five fields of a schedule cannot be read, or name a moment that never comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A schedule that is there from the start."""

    kind: str
    cron: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


USUAL: Final[Mapping[str, Usual]] = {
    "poll": Usual(kind="poll", cron="*/5 * * * *"),
    "drift": Usual(kind="drift", cron="17 * * * *"),
    "irr": Usual(kind="irr", cron="7 3 * * *"),
    "deliver": Usual(kind="deliver", cron="* * * * *"),
    "prune": Usual(kind="prune", cron="41 2 * * *"),
    "peeringdb": Usual(kind="peeringdb", cron="37 3 * * *"),
}


def next_moment(cron: str, after: datetime) -> datetime:
    """Return the first moment after `after` that the five fields of crontab(5) name, in UTC.

    :raises NotATime:
    """
    try:
        moment: datetime = next(CronSim(cron, after.astimezone(UTC)))
    except CronSimError as error:
        raise NotATime(f"{cron!r} is no time: {error}; write five fields as in crontab(5): */5 * * * *") from error
    except StopIteration as never:
        raise NotATime(f"{cron!r} never comes") from never
    return moment


def ensure_usual(*, at: datetime) -> tuple[str, ...]:
    """Put down the usual schedules that are not there, and return their names; one that was switched off stays off."""
    return tuple(
        name
        for name, usual in USUAL.items()
        if usual.kind in KINDS
        and schedules.add_missing(
            name, kind=usual.kind, cron=usual.cron, arguments=usual.arguments, next_run=next_moment(usual.cron, at)
        )
    )


def fire_due(*, world: World) -> tuple[int, ...]:
    """Put a job down for each schedule whose time has come, and return their numbers.

    Times that were missed fire once. While a job of the same schedule is queued or runs, no other is put down.
    """
    at = world.clock.now()
    fired = tuple(number for one in schedules.due(at) for number in [_fire(one, at)] if number)
    for number in fired:
        world.carry(number)
    return fired


def _fire(schedule: Schedule, at: datetime) -> int | None:
    kind = KINDS.get(schedule.kind)
    if kind is None:
        LOG.warning("schedule %s: no job is called %s", schedule.name, schedule.kind)
        return None
    with transaction.atomic():
        if not schedules.move_on(schedule, next_run=next_moment(schedule.cron, at), at=at):
            return None
        job = jobs.put_down_alone(
            schedule=schedule.name,
            kind=schedule.kind,
            device="",
            arguments=schedule.arguments,
            who=TIMER,
            at=at,
            time_limit=kind.time_limit,
        )
    if job is None:
        LOG.info("schedule %s: the job before has not ended", schedule.name)
    return job.pk if job else None


def schedule_list(person: Person) -> tuple[Schedule, ...]:
    """Return every schedule by name.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW)
    return schedules.all_schedules()


def schedule(name: str, person: Person) -> Schedule:
    """Return one schedule.

    :raises NoSuchSchedule:
    :raises NotAllowed:
    """
    person.insist(Right.VIEW)
    found = schedules.find(name)
    if found is None:
        names = [one.name for one in schedules.all_schedules()]
        raise NoSuchSchedule(f"there is no schedule {name!r}: {one_of(names, name)}")
    return found


def change_schedule(
    name: str, person: Person, *, world: World, cron: str | None = None, is_on: bool | None = None
) -> Schedule:
    """Change when a schedule comes round, or switch it; what is None stays. Return it as it is then.

    :raises NoSuchSchedule:
    :raises NotATime:
    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    before, at = schedule(name, person), world.clock.now()
    fields = " ".join((before.cron if cron is None else cron).split())
    on = before.is_on if is_on is None else is_on
    moment = next_moment(fields, at)
    with transaction.atomic():
        schedules.write(before, cron=fields, is_on=on, next_run=moment)
        change = ObjectChange(
            kind="schedule",
            name=name,
            before={"cron": before.cron, "is_on": before.is_on},
            after={"cron": fields, "is_on": on},
        )
        write_entries([change], action="change schedule", author=person.author, at=at)
    return schedule(name, person)
