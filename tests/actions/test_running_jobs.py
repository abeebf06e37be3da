"""Jobs run once, one a device and in order; they stop when asked to, and are given up when they do not."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.db.utils import OperationalError

from actions.small_city import ALICE, Town, quiet_world
from hanse.actions import running_jobs, workers
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.jobs import ask
from hanse.actions.rights import Right, operator
from hanse.actions.running_jobs import Ran, run
from hanse.actions.world import World
from hanse.store import jobs
from hanse.store.job_states import JobState
from hanse.store.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = operator(ALICE.who)


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[RunningJob, World], Outcome]], None]:
    """Let jobs of the kind "test" do what is given."""

    def put(does: Callable[[RunningJob, World], Outcome]) -> None:
        kind = JobKind(
            run=does,
            right=Right.DEPLOY,
            safe_to_repeat=True,
            time_limit=timedelta(minutes=1),
            meaning="what a test asks",
        )
        monkeypatch.setattr("hanse.actions.jobs.KINDS", {**KINDS, "test": kind})

    return put


def queued(place: Town, kind: str = "poll", device: str = "alpha", **arguments: Any) -> int:
    return ask(kind=kind, device=device, arguments=arguments, person=OPERATOR, world=place.world)


def held(place: Town, device: str = "alpha") -> int:
    """Return a job that runs on the device, in this process."""
    number = queued(place, device=device)
    jobs.claim(jobs.get(number), worker=workers.me(), at=place.clock.now())
    return number


def well(result: dict[str, Any]) -> Outcome:
    return Outcome(is_well=True, result=result)


def test_a_poll_is_done(place: Town) -> None:
    number = queued(place)

    assert run(number, world=place.world) is Ran.ENDED
    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.DONE, {"asked": 1, "silent": {}, "changes": 0})
    assert (job.done, job.total) == (1, 1)
    assert job.started_at is not None
    assert job.ended_at is not None


def test_a_poll_of_everything_is_one_job(place: Town) -> None:
    place.devices["beta"].reachable = False
    number = queued(place, device="")

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (
        JobState.DONE,
        {"asked": 2, "silent": {"beta": "beta does not answer"}, "changes": 0},
    )
    assert "beta does not answer" in job.log


def test_a_router_that_does_not_answer_is_a_failed_job(place: Town) -> None:
    place.devices["alpha"].reachable = False
    number = queued(place)

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.FAILED, {"error": "alpha does not answer"})


def test_a_ping_says_who_answers(place: Town) -> None:
    place.devices["beta"].reachable = False
    number = queued(place, kind="ping", device="", limit=["alpha", "beta"])

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.FAILED, {"asked": 2, "silent": {"beta": "beta does not answer"}})
    assert "alpha answers after" in job.log


def test_drift_is_told_and_is_no_failure(place: Town) -> None:
    run(queued(place, kind="configure", device=""), world=place.world)
    place.devices["alpha"].running_text += "# by hand\n"
    number = queued(place, kind="drift", device="")

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.DONE, {"asked": 2, "silent": {}, "drifted": ["alpha"]})


def test_a_job_about_no_router_says_so(place: Town) -> None:
    number = queued(place, device="gamma")

    run(number, world=place.world)

    assert "there is no node 'gamma'" in jobs.get(number).log


@pytest.mark.parametrize("kind", ["poll", "drift"])
def test_while_nothing_is_wanted_there_is_nobody_to_look_at(kind: str) -> None:
    world = quiet_world()
    about_all, about_one = (ask(kind=kind, device=device, person=OPERATOR, world=world) for device in ("", "alpha"))

    run(about_all, world=world)
    run(about_one, world=world)

    assert [jobs.get(number).state for number in (about_all, about_one)] == [JobState.DONE, JobState.FAILED]


def test_a_log_that_is_long_enough_says_so_once(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONGEST_LOG", 10)
    job = jobs.get(queued(place))

    for line in ("one two", "three", "four", "five"):
        jobs.tell(job, line, at=place.clock.now())

    assert jobs.get(job.pk).log == f"one two\nthree\n{jobs.ENOUGH}"
    assert jobs.get(job.pk).progress == "five"


def test_a_number_without_a_job_is_nobodys(place: Town) -> None:
    assert run(12345, world=place.world) is Ran.NOT_OURS


def test_a_job_that_has_ended_is_not_run_again(place: Town) -> None:
    number = queued(place, kind="configure")
    run(number, world=place.world)
    calls = list(place.devices["alpha"].calls)

    assert run(number, world=place.world) is Ran.NOT_OURS
    assert place.devices["alpha"].calls == calls


def test_a_job_waits_for_the_one_that_runs_on_its_device(place: Town) -> None:
    held(place)
    second = queued(place)

    assert run(second, world=place.world) is Ran.BUSY
    assert jobs.get(second).state == JobState.QUEUED


def test_whoever_ends_a_job_carries_the_one_that_waits(place: Town, kind: Callable[..., None]) -> None:
    waiting: list[int] = []

    def while_another_comes(job: RunningJob, world: World) -> Outcome:
        waiting.append(queued(place))
        run(waiting[0], world=world)
        return well({})

    kind(while_another_comes)
    first = queued(place, kind="test")

    run(first, world=place.world)

    assert place.world.carried == [first, *waiting, *waiting]
    assert run(waiting[0], world=place.world) is Ran.ENDED


def test_on_one_device_jobs_run_in_the_order_in_which_they_were_asked_for(place: Town) -> None:
    first, second = queued(place), queued(place)

    run(second, world=place.world)

    assert (jobs.get(first).state, jobs.get(second).state) == (JobState.DONE, JobState.QUEUED)
    assert run(first, world=place.world) is Ran.ENDED
    assert jobs.get(second).state == JobState.DONE


def test_a_second_number_for_the_device_does_not_make_the_running_job_look_lost(
    place: Town, kind: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def look(job: RunningJob, world: World) -> Outcome:
        row = jobs.get(job.number)
        stale = Job(pk=row.pk, device=row.device, state=JobState.QUEUED, worker="")
        monkeypatch.setattr(jobs, "next_in_line", lambda carried: stale)  # read before it was claimed
        thread = threading.Thread(target=late, args=(job.number,))
        thread.start()
        thread.join()
        seen.append(running_jobs.is_lost(row, place.clock.now(), place.clock.now()))
        return well({})

    def late(number: int) -> None:
        assert run(number, world=place.world) is Ran.BUSY
        connections.close_all()

    kind(look)

    run(queued(place, kind="test"), world=place.world)

    assert seen == [False]


def test_a_job_that_is_asked_to_stop_stops(place: Town, kind: Callable[..., None]) -> None:
    def until_asked(job: RunningJob, world: World) -> Outcome:
        jobs.ask_to_stop(jobs.get(job.number), who="bob")
        job.stop_if_asked()
        return well({})

    kind(until_asked)
    number = queued(place, kind="test")

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.STOPPED, {"sentence": "stopped, as bob asked"})


def test_a_mistake_of_ours_ends_the_job(
    place: Town, kind: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(job: RunningJob, world: World) -> Outcome:
        raise ZeroDivisionError("by zero")

    kind(wrong)
    number = queued(place, kind="test")

    run(number, world=place.world)

    assert jobs.get(number).state == JobState.FAILED
    assert "this is a mistake in Hanse" in caplog.text


def test_an_outage_of_the_database_is_said(place: Town, kind: Callable[..., None]) -> None:
    def cut_off(job: RunningJob, world: World) -> Outcome:
        raise OperationalError("the connection is closed")

    kind(cut_off)
    number = queued(place, kind="test")

    run(number, world=place.world)

    assert jobs.get(number).result == {"error": "the database did not answer: the connection is closed"}


def overdue(place: Town, monkeypatch: pytest.MonkeyPatch, kind: Callable[..., None]) -> tuple[int, Callable[[], None]]:
    """Return a job that does not stop, given up, and what lets it go."""
    monkeypatch.setattr(running_jobs, "PULSE", 0.01)
    begun, over, given_up = threading.Event(), threading.Event(), threading.Event()

    def hang(job: RunningJob, world: World) -> Outcome:
        begun.set()
        over.wait(20)
        return well({})

    def worker() -> None:
        run(number, world=place.world)
        connections.close_all()

    def mark(job: Any, *, result: Any) -> bool:
        done = give_up(job, result=result)
        given_up.set()
        return done

    give_up = jobs.give_up
    monkeypatch.setattr(jobs, "give_up", mark)
    kind(hang)
    number = queued(place, kind="test")
    thread = threading.Thread(target=worker)
    thread.start()
    assert begun.wait(20)
    place.clock.passed += timedelta(minutes=3)
    assert given_up.wait(20)

    def let_go() -> None:
        over.set()
        thread.join()

    return number, let_go


def test_a_job_past_its_time_limit_is_asked_to_stop_then_given_up(
    place: Town, monkeypatch: pytest.MonkeyPatch, kind: Callable[..., None]
) -> None:
    number, let_go = overdue(place, monkeypatch, kind)
    try:
        job = jobs.get(number)
        assert (job.state, job.stop_asked_by) == (JobState.OVERDUE, "its time limit")
        assert jobs.overdue_of(workers.me()) == (number,)
        assert run(queued(place), world=place.world) is Ran.BUSY, "its worker may still talk to the device"
    finally:
        let_go()
    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.FAILED, {"error": "it took longer than 0:01:00"})
