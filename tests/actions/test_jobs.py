"""Jobs: run once, one a device, lost when their worker dies."""

from collections.abc import Iterator

import pytest

from actions.small_city import ALICE, Town, town
from hanse.actions import workers
from hanse.actions.jobs import Ran, enqueue, run
from hanse.store import jobs
from hanse.store.job_states import JobState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


def queued(place: Town, kind: str = "poll", device: str = "alpha") -> int:
    return enqueue(kind=kind, device=device, arguments={"commit_check": True}, author=ALICE, world=place.world)


def test_a_poll_is_done(place: Town) -> None:
    number = queued(place)

    assert run(number, world=place.world) is Ran.ENDED
    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.DONE, {"changes": []})
    assert job.started_at is not None
    assert job.ended_at is not None


def test_a_router_that_does_not_answer_is_a_failed_job(place: Town) -> None:
    place.devices["alpha"].reachable = False
    number = queued(place)

    run(number, world=place.world)

    job = jobs.get(number)
    assert (job.state, job.result) == (JobState.FAILED, {"error": "alpha does not answer"})


def test_a_job_about_no_router_says_so(place: Town) -> None:
    number = queued(place, device="gamma")

    run(number, world=place.world)

    assert "there is no node 'gamma'" in jobs.get(number).log


def test_a_job_that_has_ended_is_not_run_again(place: Town) -> None:
    number = queued(place, kind="configure")
    run(number, world=place.world)
    calls = list(place.devices["alpha"].calls)

    assert run(number, world=place.world) is Ran.NOT_OURS
    assert place.devices["alpha"].calls == calls


def test_a_job_waits_for_the_one_that_runs_on_its_device(place: Town) -> None:
    first, second = queued(place), queued(place)
    other = jobs.get(first)
    jobs.claim(other, worker=workers.me(), at=place.clock.now())

    assert run(second, world=place.world) is Ran.BUSY
    assert jobs.get(second).state == JobState.QUEUED


def test_a_job_of_a_dead_worker_is_lost_and_not_repeated(place: Town) -> None:
    dead, mine = queued(place, kind="configure"), queued(place)
    jobs.claim(jobs.get(dead), worker="", at=place.clock.now())

    assert run(mine, world=place.world) is Ran.ENDED
    assert jobs.get(dead).state == JobState.LOST
    assert run(dead, world=place.world) is Ran.NOT_OURS
    assert place.devices["alpha"].running_text == ""


def test_a_mistake_of_ours_ends_the_job(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    number = queued(place, kind="no such kind")

    run(number, world=place.world)

    assert jobs.get(number).state == JobState.FAILED
    assert "this is a mistake in Hanse" in caplog.text
