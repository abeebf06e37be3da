"""Work that comes round: once, whoever looks at the clock, and not while the last of it is under way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from actions.small_city import ALICE, Town, town
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.running_jobs import run
from hanse.actions.schedules import (
    USUAL,
    NoSuchSchedule,
    NotATime,
    change_schedule,
    ensure_usual,
    fire_due,
    next_moment,
    schedule,
    schedule_list,
)
from hanse.store import jobs, schedules
from hanse.store.models import AuditEntry, Job, Schedule

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = operator(ALICE.who)
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        ensure_usual(at=found.clock.now())
        Schedule.objects.exclude(name="poll").delete()
        yield found


def test_the_next_moment_is_in_utc_and_later() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)

    assert next_moment("*/5 * * * *", noon) == noon + timedelta(minutes=5)
    assert next_moment("41 2 * * *", noon) == datetime(2026, 1, 2, 2, 41, tzinfo=UTC)


@pytest.mark.parametrize("cron", ["", "nonsense", "* * *", "61 * * * *", "0 0 31 2 *"])
def test_what_is_no_time_is_refused(cron: str) -> None:
    with pytest.raises(NotATime):
        next_moment(cron, datetime(2026, 1, 1, tzinfo=UTC))


def test_the_usual_ones_are_put_down_once_and_are_read() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)

    assert set(ensure_usual(at=at)) == {name for name, usual in USUAL.items() if usual.kind in KINDS}
    assert ensure_usual(at=at) == ()
    assert all(usual.kind in KINDS for usual in USUAL.values())


def test_a_schedule_fires_when_its_time_has_come(place: Town) -> None:
    assert fire_due(world=place.world) == ()
    place.clock.passed += timedelta(minutes=5)

    (number,) = fire_due(world=place.world)

    job = jobs.get(number)
    assert (job.kind, job.device, job.who, job.schedule) == ("poll", "", "schedule", "poll")
    assert place.world.carried == [number]
    assert fire_due(world=place.world) == ()


def test_of_two_that_saw_it_due_one_fires(place: Town) -> None:
    at = place.clock.now() + timedelta(minutes=5)
    (mine,), (yours,) = schedules.due(at), schedules.due(at)

    moved = [schedules.move_on(one, next_run=at + timedelta(minutes=5), at=at) for one in (mine, yours)]

    assert moved == [True, False]


def test_missed_times_fire_once(place: Town) -> None:
    place.clock.passed += timedelta(days=3)

    assert len(fire_due(world=place.world)) == 1
    assert fire_due(world=place.world) == ()
    assert schedule("poll", OPERATOR).next_run > place.clock.now()


def test_while_the_last_one_is_under_way_no_other_is_put_down(place: Town) -> None:
    place.clock.passed += timedelta(minutes=5)
    (number,) = fire_due(world=place.world)
    place.clock.passed += timedelta(minutes=5)
    assert fire_due(world=place.world) == ()

    run(number, world=place.world)
    place.clock.passed += timedelta(minutes=5)

    assert len(fire_due(world=place.world)) == 1


def test_a_schedule_that_is_off_does_not_fire(place: Town) -> None:
    change_schedule("poll", OPERATOR, world=place.world, is_on=False)
    place.clock.passed += timedelta(days=1)

    assert fire_due(world=place.world) == ()


def test_a_schedule_switched_on_again_does_not_fire_for_what_it_missed(place: Town) -> None:
    change_schedule("poll", OPERATOR, world=place.world, is_on=False)
    place.clock.passed += timedelta(days=1)

    change_schedule("poll", OPERATOR, world=place.world, is_on=True)

    assert fire_due(world=place.world) == ()


def test_a_schedule_of_a_kind_that_is_gone_stops_no_other(place: Town) -> None:
    schedules.add_missing("old", kind="of an older Hanse", cron="* * * * *", arguments={}, next_run=place.clock.now())
    place.clock.passed += timedelta(minutes=5)

    assert len(fire_due(world=place.world)) == 1


def test_a_change_is_audited_and_moves_the_next_run(place: Town) -> None:
    changed = change_schedule("poll", OPERATOR, world=place.world, cron="0  *  * * *")

    assert (changed.cron, changed.next_run.minute) == ("0 * * * *", 0)
    entry = AuditEntry.objects.get(kind="schedule")
    assert (entry.before, entry.after) == (
        {"cron": "*/5 * * * *", "is_on": True},
        {"cron": "0 * * * *", "is_on": True},
    )


def test_a_time_that_cannot_be_read_changes_nothing(place: Town) -> None:
    with pytest.raises(NotATime):
        change_schedule("poll", OPERATOR, world=place.world, cron="often")
    assert schedule("poll", OPERATOR).cron == "*/5 * * * *"


def test_whoever_may_only_look_changes_nothing(place: Town) -> None:
    with pytest.raises(NotAllowed):
        change_schedule("poll", BOB, world=place.world, is_on=False)
    assert [one.name for one in schedule_list(BOB)] == ["poll"]


def test_a_schedule_that_is_not_there_is_said(place: Town) -> None:
    with pytest.raises(NoSuchSchedule, match="poll"):
        schedule("pol", OPERATOR)
    assert Job.objects.count() == 0
