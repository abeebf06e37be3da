"""PeeringDB read by a worker: asked for once, told in the log, stopped while it waits."""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.small_city import QuietWorld, quiet_world
from fakes.clock import FakeClock
from fakes.peeringdb_server import PeeringdbServer, Said, peeringdb_server
from hanse.actions.peeringdb import SyncWish
from hanse.actions.registries import FreshnessState, SyncUnderWay, peeringdb_standing, request_sync
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.running_jobs import run
from hanse.actions.schedules import USUAL
from hanse.network.known.peeringdb import PeeringdbKind
from hanse.registries.peering import PeeringdbMeans
from hanse.registries.peeringdb.client import Peeringdb
from hanse.store import jobs
from hanse.store.job_states import JobState
from hanse.store.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
CAROL = Person(
    who="carol", door="page", granted=(Granted(rights=frozenset({Right.DEPLOY}), sites=frozenset({"hall"})),)
)


@pytest.fixture
def server() -> Generator[PeeringdbServer]:
    with peeringdb_server() as known:
        yield known


@pytest.fixture
def world(server: PeeringdbServer) -> QuietWorld:
    quiet = quiet_world()
    clock = FakeClock()
    clock.began = quiet.clock.now()
    return replace(quiet, clock=clock, peeringdb=PeeringdbMeans(registry=Peeringdb(url=server.url, now=clock.now)))


def ran(world: QuietWorld, **wish: bool) -> Job:
    number = request_sync(ALICE, world=world, wish=SyncWish(**wish))
    run(number, world=world)
    return jobs.get(number)


def result(job: Job) -> Any:
    return job.result


def test_a_worker_reads_everything(world: QuietWorld) -> None:
    job = ran(world)

    assert JobState(job.state) is JobState.DONE
    assert result(job)["rows"]["netixlan"] == 5
    assert (job.done, job.total) == (13, 13)
    assert "net: 4 rows (everything: 4 read, 0 gone)\n" in job.log
    assert {one.state for one in peeringdb_standing(BOB)} == {FreshnessState.FRESH}


def test_a_wait_is_told_once(world: QuietWorld, server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=429, headers={"Retry-After": "99"}))

    job = ran(world)

    assert job.log.count("org: waiting 100 seconds, as PeeringDB asks\n") == 1


def test_what_is_refused_fails_the_job_and_stands_in_the_list(world: QuietWorld, server: PeeringdbServer) -> None:
    ran(world)
    server.rows["netfac"] = []

    job = ran(world, full=True)

    assert JobState(job.state) is JobState.FAILED
    assert [*result(job)["wrong"]] == ["netfac"]
    (refused,) = [one for one in peeringdb_standing(BOB) if one.state is FreshnessState.REFUSED]
    assert (refused.title, refused.rows) == ("Networks in facilities", 3)
    assert "leaves out 3 of 3" in refused.why
    assert JobState(ran(world, full=True, accept=True).state) is JobState.DONE


def test_a_row_that_was_passed_over_is_named(world: QuietWorld, server: PeeringdbServer) -> None:
    server.rows["net"][0]["asn"] = -1

    assert "passed over net 1: asn is -1\n" in ran(world).log


def test_a_silent_peeringdb_fails_the_job_with_its_sentence(world: QuietWorld, server: PeeringdbServer) -> None:
    server.bad_days.extend([Said(status=500)] * 3)

    job = ran(world)

    assert JobState(job.state) is JobState.FAILED
    assert result(job)["wrong"] == {"org": "127.0.0.1 is unwell: it answers 500"}
    assert peeringdb_standing(BOB)[0].state is FreshnessState.FAILED


def test_where_nobody_is_asked_the_schedule_is_well(world: QuietWorld) -> None:
    job = ran(replace(world, peeringdb=PeeringdbMeans(registry=Peeringdb())))

    assert JobState(job.state) is JobState.DONE
    assert "never asked" in result(job)["sentence"]


def test_a_job_that_waits_is_stopped(world: QuietWorld, server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=429, headers={"Retry-After": "700"}))
    number = request_sync(ALICE, world=world)

    def after_a_minute(_: timedelta) -> None:
        if world.clock.monotonic() == 60:
            jobs.ask_to_stop(jobs.get(number), who="bob")
            monkeypatch.setattr("hanse.actions.job_kinds.kind.PAUSE", 0)

    assert isinstance(world.clock, FakeClock)
    world.clock.told.append(after_a_minute)
    with pytest.MonkeyPatch.context() as monkeypatch:
        run(number, world=world)

    assert JobState(jobs.get(number).state) is JobState.STOPPED
    assert world.clock.monotonic() < 70


def test_it_is_asked_for_once(world: QuietWorld) -> None:
    number = request_sync(ALICE, world=world)

    with pytest.raises(SyncUnderWay, match=f"job {number} reads"):
        request_sync(ALICE, world=world)


@pytest.mark.parametrize("person", [BOB, CAROL])
def test_who_may_not_ask_every_router_may_not_ask_for_it(person: Person, world: QuietWorld) -> None:
    with pytest.raises(NotAllowed):
        request_sync(person, world=world)

    assert not Job.objects.exists()


def test_it_comes_round_each_night() -> None:
    assert USUAL["peeringdb"].kind == "peeringdb"
    assert len(PeeringdbKind) == 13
