"""Drift, deployments that were undone, and lost jobs become alerts, and end by what makes them good."""

from collections.abc import Generator
from datetime import timedelta

import pytest

from actions.small_city import ALICE, FILE, Town, town
from hanse.actions.alert_watch import watch
from hanse.actions.alerts import (
    AlertAcknowledged,
    AlertIsOver,
    NoSuchAlert,
    acknowledge,
    alert,
    alert_list,
    clear,
    open_count,
)
from hanse.actions.jobs import ask
from hanse.actions.polling import poll
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.deploy.stages import Stage
from hanse.monitor.alert_kinds import AlarmKind
from hanse.store import jobs, standings
from hanse.store.job_states import JobState
from hanse.store.models import Alert, Deployment, Job

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = operator(ALICE.who)
AT_QUAY = Person(
    who="carol",
    door="page",
    granted=(Granted(rights=frozenset({Right.VIEW, Right.DEPLOY}), sites=frozenset({"quay"})),),
)
READER = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))


@pytest.fixture
def place() -> Generator[Town]:
    with town() as found:
        poll(world=found.world)
        yield found


def deployment(place: Town, name: str, stage: Stage, *, word: str = "") -> Deployment:
    place.clock.sleep(timedelta(minutes=1))
    at = place.clock.now()
    return Deployment.objects.create(
        name=name,
        node="alpha",
        driver="fake",
        checksum="x",
        text="",
        diff="",
        before_text="",
        stage=stage.value,
        word=word,
        who="alice",
        door="cli",
        created_at=at,
        heartbeat_at=at,
        ended_at=None if stage is Stage.IN_DOUBT else at,
        outcome="two sessions did not come back",
    )


def lost(place: Town) -> int:
    number = ask(kind="poll", device="alpha", person=PERSON, world=place.world)
    Job.objects.filter(pk=number).update(state=JobState.LOST.value, ended_at=place.clock.now())
    return number


def test_drift_is_an_alert_until_it_is_gone(place: Town) -> None:
    standings.note_drift("alpha", "--- a\n+++ b\n+x\n", "", place.clock.now())
    watch(place.world)
    watch(place.world)
    found = Alert.objects.get()
    assert (found.kind, found.node, found.site) == (AlarmKind.DRIFT, "alpha", "hall")

    standings.note_drift("alpha", "", "", place.clock.now())
    watch(place.world)

    assert Alert.objects.get().cleared_why == "it runs what Hanse installed again"


def test_an_undone_deployment_is_an_alert_until_the_next_is_kept(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED)
    watch(place.world)
    assert "the deployment first was undone: two sessions did not come back;" in Alert.objects.get().sentence

    deployment(place, "second", Stage.KEPT)
    watch(place.world)
    watch(place.world)

    assert Alert.objects.get().cleared_why == "the deployment second was kept"


def test_one_that_somebody_undid_is_none(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED, word="undo")
    watch(place.world)

    assert not Alert.objects.exists()


def test_one_in_doubt_that_turns_out_kept_is_over(place: Town) -> None:
    row = deployment(place, "first", Stage.IN_DOUBT)
    watch(place.world)
    assert "is in doubt" in Alert.objects.get().sentence
    Deployment.objects.filter(pk=row.pk).update(stage=Stage.KEPT.value)
    watch(place.world)

    assert Alert.objects.get().cleared_why == "it turned out to be kept"


def test_history_from_before_is_not_told(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED)
    lost(place)
    place.clock.sleep(timedelta(days=2))
    watch(place.world)

    assert not Alert.objects.exists()


def test_a_lost_job_is_over_when_it_was_run_again_and_ended_well(place: Town) -> None:
    number = lost(place)
    watch(place.world)
    again = jobs.put_down(kind="poll", device="alpha", arguments={}, who="alice", at=place.clock.now(), retry_of=number)
    Job.objects.filter(pk=again.pk).update(state=JobState.DONE.value)
    watch(place.world)

    assert Alert.objects.get().cleared_why == "it was run again and ended well"


def test_a_lost_job_is_over_when_somebody_has_looked_at_it(place: Town) -> None:
    lost(place)
    watch(place.world)

    acknowledge(Alert.objects.get().pk, PERSON, world=place.world)
    watch(place.world)

    assert Alert.objects.get().cleared_why == "alice has looked at it"


def test_what_is_acknowledged_is_not_acknowledged_again_and_what_is_over_stays_so(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED)
    watch(place.world)
    number = Alert.objects.get().pk
    acknowledge(number, PERSON, world=place.world)

    with pytest.raises(AlertAcknowledged, match="alice"):
        acknowledge(number, PERSON, world=place.world)
    clear(number, PERSON, world=place.world)
    with pytest.raises(AlertIsOver):
        clear(number, PERSON, world=place.world)


def test_what_was_cleared_by_hand_is_not_raised_again_by_the_same_cause(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED)
    watch(place.world)
    clear(Alert.objects.get().pk, PERSON, world=place.world)
    watch(place.world)

    assert Alert.objects.count() == 1


def test_alerts_are_seen_and_said_something_to_within_ones_sites(place: Town) -> None:
    deployment(place, "first", Stage.REVERTED)
    watch(place.world)
    number = Alert.objects.get().pk

    assert (list(alert_list(AT_QUAY)), open_count(AT_QUAY), open_count(READER)) == ([], 0, 1)
    with pytest.raises(NoSuchAlert):
        alert(number, AT_QUAY)
    with pytest.raises(NoSuchAlert):
        acknowledge(number, AT_QUAY, world=place.world)
    with pytest.raises(NotAllowed):
        acknowledge(number, READER, world=place.world)


def test_a_router_in_maintenance_is_quiet_and_told_after(place: Town) -> None:
    place.wants(FILE.replace("alpha:\n    {number: 1,", "alpha:\n    {number: 1, status: maintenance,"))
    deployment(place, "first", Stage.REVERTED)
    watch(place.world)
    place.clock.sleep(timedelta(hours=1))
    assert (watch(place.world), Alert.objects.get().is_quiet) == (0, True)

    place.wants(FILE)

    assert (watch(place.world), Alert.objects.get().is_quiet) == (1, False)
