"""What a dead worker leaves is found: polls are repeated, deployments looked at, waiting jobs carried."""

from datetime import timedelta

import pytest

from actions.small_city import ALICE, START, Town
from hanse.actions import keeping, running_jobs, workers
from hanse.actions.jobs import ask
from hanse.actions.rights import operator
from hanse.actions.running_jobs import run
from hanse.deploy.stages import OPEN
from hanse.store import deployments, jobs
from hanse.store.job_states import JobState
from hanse.store.models import Deployment, Job

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = operator(ALICE.who)
DEAD = "elsewhere:1:1"


def lost(place: Town, kind: str = "poll", device: str = "alpha", worker: str = DEAD) -> int:
    """Return a job that is claimed by a worker, silent since."""
    number = ask(kind=kind, device=device, person=OPERATOR, world=place.world)
    jobs.claim(jobs.get(number), worker=worker, at=place.clock.now())
    place.clock.passed += timedelta(minutes=2)
    return number


def test_a_lost_poll_is_asked_for_once_more(place: Town) -> None:
    number = lost(place)

    keeping.give_up_lost(world=place.world, since=START)

    again = Job.objects.get(retry_of=number)
    assert (jobs.get(number).state, again.state) == (JobState.LOST, JobState.QUEUED)
    assert again.pk in place.world.carried


def test_a_poll_that_kills_its_workers_is_not_asked_for_for_ever(place: Town) -> None:
    lost(place)
    for _ in range(5):
        keeping.give_up_lost(world=place.world, since=START)
        for job in Job.objects.filter(state=JobState.QUEUED):
            jobs.claim(job, worker=DEAD, at=place.clock.now())
        place.clock.passed += timedelta(minutes=2)

    assert Job.objects.count() == keeping.ATTEMPTS


def test_a_lost_configuration_is_never_repeated(place: Town) -> None:
    number = lost(place, kind="configure")

    keeping.give_up_lost(world=place.world, since=START)

    assert jobs.get(number).state == JobState.LOST
    assert Job.objects.count() == 1


def test_a_job_of_a_living_worker_is_left_alone(place: Town) -> None:
    number = ask(kind="poll", device="alpha", person=OPERATOR, world=place.world)
    jobs.claim(jobs.get(number), worker=DEAD, at=place.clock.now())

    assert keeping.give_up_lost(world=place.world, since=START) == ()


def test_silence_before_one_began_to_watch_says_nothing(place: Town) -> None:
    lost(place)
    now = place.clock.now()

    assert keeping.give_up_lost(world=place.world, since=now) == ()
    place.clock.passed += workers.SILENCE + timedelta(seconds=1)
    assert len(keeping.give_up_lost(world=place.world, since=now)) == 1


def test_a_job_that_this_worker_could_not_end_is_lost(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    number = lost(place, worker=workers.me())
    monkeypatch.setattr(running_jobs, "HERE", {(number, 1)})
    assert keeping.give_up_lost(world=place.world, since=START) == ()
    running_jobs.HERE.clear()

    keeping.give_up_lost(world=place.world, since=START)

    assert jobs.get(number).state == JobState.LOST


def test_an_overdue_job_whose_worker_ended_has_failed_and_is_not_repeated(place: Town) -> None:
    number = lost(place)
    jobs.give_up(jobs.get(number), result={"error": "too long"})

    keeping.give_up_lost(world=place.world, since=START)

    assert (jobs.get(number).state, jobs.get(number).result) == (JobState.FAILED, {"error": "too long"})
    assert Job.objects.count() == 1


def test_what_waited_for_a_lost_job_is_carried(place: Town) -> None:
    lost(place, kind="configure")
    waiting = ask(kind="poll", device="alpha", person=OPERATOR, world=place.world)
    run(waiting, world=place.world)
    place.world.carried.clear()

    keeping.give_up_lost(world=place.world, since=START)

    assert place.world.carried == [waiting]


def test_a_deployment_whose_worker_died_is_looked_at_once(place: Town) -> None:
    run(ask(kind="configure", device="alpha", person=OPERATOR, world=place.world), world=place.world)
    Deployment.objects.update(stage="in doubt", worker="", ended_at=None)

    first, second = (keeping.settle_what_is_left(world=place.world, since=START) for _ in range(2))

    assert first is not None
    assert second is None
    run(first, world=place.world)
    (settled,) = Deployment.objects.all()
    assert settled.stage not in OPEN
    assert keeping.settle_what_is_left(world=place.world, since=START) is None


def test_what_cannot_be_settled_is_looked_at_again_but_not_all_the_time(place: Town) -> None:
    run(ask(kind="configure", device="alpha", person=OPERATOR, world=place.world), world=place.world)
    Deployment.objects.update(stage="in doubt", worker="", ended_at=None)
    place.devices["alpha"].reachable = False
    first = keeping.settle_what_is_left(world=place.world, since=START)
    assert first is not None
    run(first, world=place.world)

    assert keeping.settle_what_is_left(world=place.world, since=START) is None
    place.clock.passed += keeping.SETTLING
    assert keeping.settle_what_is_left(world=place.world, since=START) is not None
    assert len(deployments.open_deployments()) == 1


def test_a_number_that_an_engine_lost_is_carried_again(place: Town) -> None:
    number = ask(kind="poll", device="alpha", person=OPERATOR, world=place.world)
    place.world.carried.clear()

    assert keeping.carry_forgotten(world=place.world) == ()
    place.clock.passed += keeping.FORGOTTEN + timedelta(seconds=1)
    assert keeping.carry_forgotten(world=place.world) == (number,)
    assert keeping.carry_forgotten(world=place.world) == ()
    assert place.world.carried == [number]


def test_what_waits_for_its_device_is_not_carried_again(place: Town) -> None:
    number = ask(kind="poll", device="alpha", person=OPERATOR, world=place.world)
    jobs.claim(jobs.get(number), worker=workers.me(), at=place.clock.now())
    ask(kind="poll", device="alpha", person=OPERATOR, world=place.world)
    place.clock.passed += keeping.FORGOTTEN * 2

    assert keeping.carry_forgotten(world=place.world) == ()


def test_one_round_does_it_all(place: Town) -> None:
    keeping.sign_in(threads=1, at=place.clock.now())
    number = lost(place)
    place.clock.passed += timedelta(minutes=10)

    keeping.keep(world=place.world, since=START)

    assert jobs.get(number).state == JobState.LOST
    assert Job.objects.filter(schedule="poll", state=JobState.QUEUED).count() == 1
    assert [one.heartbeat_at for one in keeping.alive(at=place.clock.now())] == [place.clock.now()]


def test_what_hangs_and_what_runs_are_told_apart(place: Town) -> None:
    hanging, running = (
        ask(kind="poll", device=device, person=OPERATOR, world=place.world) for device in ("alpha", "beta")
    )
    jobs.claim(jobs.get(hanging), worker=DEAD, at=place.clock.now())
    assert (keeping.hangs(DEAD), keeping.runs(DEAD)) == (False, True)

    jobs.give_up(jobs.get(hanging), result={})
    assert (keeping.hangs(DEAD), keeping.runs(DEAD)) == (True, False)

    jobs.claim(jobs.get(running), worker=DEAD, at=place.clock.now())
    assert (keeping.hangs(DEAD), keeping.runs(DEAD)) == (True, True)
