"""Jobs: asked for by whoever may, stopped, run again where that is safe, and seen by whoever may see them."""

import pytest

from actions.small_city import ALICE, Town
from hanse.actions import workers
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.jobs import (
    JobHasEnded,
    NoSuchJob,
    NoSuchJobKind,
    NotRepeatable,
    ask,
    job,
    job_list,
    retry,
    stop,
)
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.running_jobs import Ran, run
from hanse.store import jobs
from hanse.store.job_states import JobState

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = operator(ALICE.who)
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
CAROL = Person(
    who="carol", door="page", granted=(Granted(rights=frozenset({Right.DEPLOY}), sites=frozenset({"quay"})),)
)
AT_HALL = Person(
    who="dora", door="page", granted=(Granted(rights=frozenset({Right.DEPLOY}), sites=frozenset({"hall"})),)
)


def queued(place: Town, kind: str = "poll", device: str = "alpha", person: Person = OPERATOR) -> int:
    return ask(kind=kind, device=device, person=person, world=place.world)


def running(place: Town, kind: str = "poll") -> int:
    number = queued(place, kind=kind)
    jobs.claim(jobs.get(number), worker=workers.me(), at=place.clock.now())
    return number


def test_its_number_is_given_to_the_engine(place: Town) -> None:
    number = queued(place)

    assert place.world.carried == [number]
    assert (jobs.get(number).who, jobs.get(number).time_limit) == ("alice", KINDS["poll"].time_limit)


def test_what_no_job_does_cannot_be_asked_for(place: Town) -> None:
    with pytest.raises(NoSuchJobKind, match="poll"):
        queued(place, kind="pol")


@pytest.mark.parametrize("person", [BOB, CAROL])
def test_whoever_may_not_deploy_at_its_site_cannot_ask(place: Town, person: Person) -> None:
    with pytest.raises(NotAllowed):
        queued(place, person=person)
    assert place.world.carried == []


def test_a_right_at_one_site_is_enough_for_a_router_there(place: Town) -> None:
    number = queued(place, person=AT_HALL)

    assert jobs.get(number).who == "dora"


def test_a_right_at_one_site_is_enough_for_some_routers_there_but_not_for_all(place: Town) -> None:
    ask(kind="poll", person=AT_HALL, world=place.world, arguments={"limit": ["alpha", "beta"]})

    with pytest.raises(NotAllowed):
        ask(kind="poll", person=AT_HALL, world=place.world)
    with pytest.raises(NotAllowed):
        ask(kind="poll", person=AT_HALL, world=place.world, arguments={"limit": ["alpha", "no such router"]})


def test_a_queued_job_is_cancelled(place: Town) -> None:
    number = queued(place)

    assert stop(number, OPERATOR, world=place.world) is JobState.CANCELLED
    assert run(number, world=place.world) is Ran.NOT_OURS


def test_a_running_job_is_asked_to_stop(place: Town) -> None:
    number = running(place)

    assert stop(number, OPERATOR, world=place.world) is JobState.RUNNING
    assert stop(number, OPERATOR, world=place.world) is JobState.RUNNING
    assert jobs.stop_asked_by(jobs.get(number)) == "alice"


def test_what_has_ended_is_not_stopped(place: Town) -> None:
    number = queued(place)
    run(number, world=place.world)

    with pytest.raises(JobHasEnded, match="done"):
        stop(number, OPERATOR, world=place.world)


def test_whoever_may_only_look_cannot_stop(place: Town) -> None:
    number = queued(place)

    with pytest.raises(NotAllowed):
        stop(number, BOB, world=place.world)
    assert jobs.get(number).state == JobState.QUEUED


def test_a_poll_is_asked_for_once_more(place: Town) -> None:
    number = queued(place)
    run(number, world=place.world)

    again = jobs.get(retry(number, OPERATOR, world=place.world))

    assert (again.kind, again.device, again.retry_of_id, again.state) == ("poll", "alpha", number, JobState.QUEUED)
    assert place.world.carried == [number, again.pk]


def test_a_job_that_has_not_ended_is_not_asked_for_once_more(place: Town) -> None:
    with pytest.raises(NotRepeatable, match="queued"):
        retry(queued(place), OPERATOR, world=place.world)


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if not kind.safe_to_repeat))
def test_what_changes_routers_is_never_blindly_repeated(place: Town, name: str) -> None:
    assert KINDS[name].why_not_again


def test_why_a_job_is_not_repeated_is_said(place: Town) -> None:
    number = queued(place, kind="configure")
    run(number, world=place.world)

    with pytest.raises(NotRepeatable, match="plan anew"):
        retry(number, OPERATOR, world=place.world)


def test_jobs_are_seen_by_whoever_may_see_their_router(place: Town) -> None:
    number, about_all = queued(place), ask(kind="poll", person=OPERATOR, world=place.world)

    assert [row.pk for row in job_list(OPERATOR)] == [about_all, number]
    assert [row.pk for row in job_list(BOB)] == [about_all, number]
    assert [row.pk for row in job_list(AT_HALL)] == [number]
    assert list(job_list(CAROL)) == []
    assert job(number, AT_HALL).pk == number
    with pytest.raises(NoSuchJob):
        job(number, CAROL)
