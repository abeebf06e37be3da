"""What has been kept long enough goes, in batches; what is still needed stays, however old."""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.small_city import ALICE, Town, town
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.jobs import ask
from hanse.actions.polling import poll
from hanse.actions.pruning import old_things, prune
from hanse.actions.rights import NotAllowed, Person, operator
from hanse.actions.running_jobs import run
from hanse.deploy.stages import Stage
from hanse.store import pruning, snapshot
from hanse.store.keeping import Keeping
from hanse.store.models import (
    Alert,
    AuditEntry,
    ChangeRecord,
    Delivery,
    Deployment,
    DeploymentStep,
    Job,
    Poll,
    Recipient,
    SessionSample,
)
from hanse.store.models.append_only import WrittenOnce

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = operator(ALICE.who)
EVERYTHING_OLD = Keeping(
    changes=timedelta(days=1),
    samples=timedelta(days=1),
    jobs=timedelta(days=1),
    texts=timedelta(days=1),
    audit=timedelta(days=1),
)


@pytest.fixture
def place() -> Generator[Town]:
    with town() as found:
        yield found


def old_world(place: Town, keeping: Keeping = EVERYTHING_OLD) -> None:
    """Let two days pass in a world that keeps nothing longer than one."""
    place.world = replace(place.world, keeping=keeping)
    place.clock.sleep(timedelta(days=2))


def polls(place: Town, count: int) -> None:
    Poll.objects.bulk_create(
        Poll(node="alpha", at=place.clock.now(), took=timedelta(seconds=1), ok=True) for _ in range(count)
    )


def deployment(place: Town, name: str, stage: Stage, node: str = "alpha") -> Deployment:
    at = place.clock.now()
    place.clock.sleep(timedelta(seconds=1))
    row = Deployment.objects.create(
        name=name,
        node=node,
        driver="fake",
        checksum="x",
        text="new",
        diff="+new",
        before_text="old",
        stage=stage.value,
        who="alice",
        door="cli",
        created_at=at,
        ended_at=None if stage is Stage.TRIAL else at,
        heartbeat_at=at,
    )
    DeploymentStep.objects.create(deployment=row, at=at, stage=stage.value)
    return row


def test_nothing_goes_before_its_time(place: Town) -> None:
    poll(world=place.world)
    place.clock.sleep(timedelta(days=30))

    assert not [one for one in prune(PERSON, world=place.world) if one.count]
    assert Poll.objects.count() == 2


def test_what_is_old_is_counted_first_and_goes_only_when_told(place: Town) -> None:
    polls(place, 3)
    old_world(place)

    assert {one.name: one.count for one in old_things(PERSON, world=place.world)}["polls"] == 3
    assert Poll.objects.count() == 3
    assert {one.name: one.count for one in prune(PERSON, world=place.world)}["polls"] == 3
    assert not Poll.objects.exists()


def test_it_goes_a_few_at_a_time(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 10)
    monkeypatch.setattr("hanse.actions.pruning.AT_ONCE", 10)
    polls(place, 25)
    old_world(place)
    heard: list[int] = []

    prune(PERSON, world=place.world, each=lambda one: heard.append(one.count) if one.name == "polls" else None)

    assert heard == [10, 20, 25]


def test_history_goes_and_the_present_stays(place: Town) -> None:
    poll(world=place.world)
    place.devices["beta"].reachable = False
    poll(world=place.world)
    SessionSample.objects.create(
        node="alpha",
        remote_address="192.0.2.11",
        at=place.clock.now(),
        state="established",
        received=1,
        accepted=1,
        sent=1,
    )
    old_world(place)
    network = snapshot.load()

    prune(PERSON, world=place.world)

    assert not ChangeRecord.objects.exists()
    assert not SessionSample.objects.exists()
    assert Alert.objects.get().state == "firing"
    assert snapshot.load() == network
    place.devices["beta"].reachable = True
    assert [str(one.change) for found in poll(world=place.world) for one in found.happenings] == ["answers again"]


def test_what_a_router_runs_keeps_its_text_and_so_does_what_is_open(place: Town) -> None:
    for name, stage in (("older", Stage.KEPT), ("last", Stage.KEPT), ("undone", Stage.REVERTED)):
        deployment(place, name, stage)
    deployment(place, "open", Stage.TRIAL, node="beta")
    old_world(place)

    prune(PERSON, world=place.world)

    texts = dict(Deployment.objects.values_list("name", "text"))
    assert texts == {"older": "", "last": "new", "undone": "", "open": "new"}
    assert DeploymentStep.objects.count() == 4


def test_jobs_that_have_ended_go_and_those_that_have_not_stay(place: Town) -> None:
    done = ask(kind="poll", device="alpha", person=PERSON, world=place.world)
    run(done, world=place.world)
    queued = ask(kind="poll", device="beta", person=PERSON, world=place.world)
    old_world(place)

    prune(PERSON, world=place.world)

    assert list(Job.objects.values_list("pk", flat=True)) == [queued]


def test_what_was_told_goes_and_what_is_still_to_be_told_stays(place: Town) -> None:
    at = place.clock.now()
    bob = Recipient.objects.create(name="bob", means="email", target="bob@example.net", changed_at=at)
    for state in ("waiting", "sent", "given up"):
        Delivery.objects.create(recipient=bob, event="test", body={}, state=state, created_at=at)
    old_world(place)

    prune(PERSON, world=place.world)

    assert [one.state for one in Delivery.objects.all()] == ["waiting"]


def test_the_audit_stays_for_ever_unless_a_time_is_set(place: Town) -> None:
    before = AuditEntry.objects.count()
    old_world(place, keeping=Keeping())
    place.clock.sleep(timedelta(days=5000))
    prune(PERSON, world=place.world)
    assert AuditEntry.objects.count() >= before
    old_world(place)

    prune(PERSON, world=place.world)

    assert [one.action for one in AuditEntry.objects.all()] == ["prune"]


def test_who_pruned_what_is_on_record(place: Town) -> None:
    polls(place, 3)
    old_world(place, keeping=replace(EVERYTHING_OLD, audit=None))

    prune(PERSON, world=place.world)

    entry = AuditEntry.objects.get(action="prune")
    assert (entry.who, entry.before) == ("alice", {"polls": 3})


def test_only_who_administers_prunes(place: Town) -> None:
    with pytest.raises(NotAllowed):
        prune(Person(who="bob", door="page"), world=place.world)


def test_the_job_tells_what_went(place: Town) -> None:
    polls(place, 3)
    old_world(place)
    number = ask(kind="prune", person=PERSON, world=place.world)

    run(number, world=place.world)

    job = Job.objects.get(pk=number)
    assert job.state == "done"
    assert "3 polls" in job.log
    assert KINDS["prune"].safe_to_repeat


def test_append_only_rows_have_no_other_way_out(place: Town) -> None:
    with pytest.raises(WrittenOnce):
        AuditEntry.objects.all().delete()
