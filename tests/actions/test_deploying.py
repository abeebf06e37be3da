"""Plans on record, rolled out by jobs: the whole way through the job frame, with fake routers."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.small_city import FILE, Town
from hanse.actions.applying import NothingToApply
from hanse.actions.deploying import (
    NotRollingOut,
    NotWaiting,
    keep_waiting,
    request_apply,
    request_plan,
    request_undo,
    say,
    stop_rollout,
)
from hanse.actions.jobs import NotRepeatable, retry
from hanse.actions.planning import plan as plan_now
from hanse.actions.plans import plan, plan_list, reviewed_of
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.rollouts import AppliedBefore, NotInsisted, Wish
from hanse.actions.running_jobs import run
from hanse.deploy.journal import Word
from hanse.deploy.limits import SafetyLimits, TooLarge
from hanse.deploy.stages import Stage
from hanse.devices.fake.driver import FakeDevice
from hanse.store import plans
from hanse.store.deployments import NoSuchDeployment
from hanse.store.job_states import JobState
from hanse.store.models import AuditEntry, Deployment, DeploymentStep, Job, PlanRecord
from hanse.store.plans import NoSuchPlan

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "page")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
CAROL = Person(
    who="carol", door="page", granted=(Granted(rights=frozenset({Right.DEPLOY}), sites=frozenset({"elsewhere"})),)
)
WITHOUT_BOB = "".join(line for line in FILE.splitlines(keepends=True) if not line.startswith("sessions:"))


def planned(place: Town, *nodes: str) -> PlanRecord:
    """Let Alice's job make a plan, and return its record."""
    job = request_plan(person=ALICE, world=place.world, nodes=nodes)
    run(job, world=place.world)
    return PlanRecord.objects.get(job=job)


def applied(place: Town, record: PlanRecord, wish: Wish | None = None) -> Job:
    """Let Alice apply a plan, and return the job when it has ended."""
    job = request_apply(record.pk, person=ALICE, world=place.world, wish=wish or Wish())
    run(job, world=place.world)
    return Job.objects.get(pk=job)


def stages() -> dict[str, str]:
    """Return each router's latest deployment's stage."""
    return dict(Deployment.objects.order_by("pk").values_list("node", "stage"))


def drop_all(device: FakeDevice) -> None:
    device.sessions = ()


def test_a_plan_on_record_is_the_plan_that_was_reviewed(place: Town) -> None:
    reviewed = plan_now(world=place.world)

    record = planned(place)

    again = reviewed_of(record, place.world)
    assert again.plan == reviewed.plan
    assert record.checksum == again.plan.full_checksum
    assert again.joints == reviewed.joints


def test_a_plan_is_applied_by_a_job_and_stands_in_its_deployments(place: Town) -> None:
    record = planned(place)

    job = applied(place, record)

    assert job.state == JobState.DONE
    assert stages() == {"alpha": Stage.KEPT, "beta": Stage.KEPT}
    rows = Deployment.objects.order_by("node").values_list("plan", "site", "who", "wave")
    assert list(rows) == [(record.pk, "hall", "alice", "canary 1"), (record.pk, "hall", "alice", "batch 1")]
    assert all(row.undo_at is not None for row in Deployment.objects.all())
    assert AuditEntry.objects.filter(action="apply plan", who="alice").count() == 1


def test_a_plan_is_applied_once(place: Town) -> None:
    record = planned(place)
    applied(place, record)

    with pytest.raises(AppliedBefore, match="plan again"):
        request_apply(record.pk, person=ALICE, world=place.world)


def test_a_rollout_is_not_repeated_by_its_job(place: Town) -> None:
    job = applied(place, planned(place))

    with pytest.raises(NotRepeatable, match="plan anew"):
        retry(job.pk, ALICE, world=place.world)


def test_a_plan_that_changes_nothing_is_not_applied(place: Town) -> None:
    applied(place, planned(place))

    with pytest.raises(NothingToApply):
        request_apply(planned(place).pk, person=ALICE, world=place.world)


def test_a_plan_is_stale_when_something_else_is_wanted(place: Town) -> None:
    record = planned(place)
    place.wants(WITHOUT_BOB)

    job = applied(place, record)

    assert job.state == JobState.FAILED
    assert "what is wanted of alpha changed since the plan was made" in job.log
    assert stages() == {}
    assert all("commit" not in device.calls for device in place.devices.values())


def test_a_plan_is_stale_when_a_router_runs_something_else(place: Town) -> None:
    record = planned(place)
    place.devices["beta"].running_text = "somebody was here;\n"

    job = applied(place, record)

    assert job.state == JobState.FAILED
    assert "beta would change by other lines than those reviewed" in job.log
    assert stages() == {}


def test_a_router_that_does_not_answer_any_more_is_not_touched_and_stops_nobody(place: Town) -> None:
    record = planned(place)
    place.devices["alpha"].reachable = False

    job = applied(place, record)

    assert job.state == JobState.FAILED
    assert stages() == {"alpha": Stage.DISCARDED, "beta": Stage.KEPT}


def test_a_canary_that_harms_stops_the_rollout_and_the_job_says_which_check_failed(place: Town) -> None:
    place.devices["alpha"].harm = drop_all

    job = applied(place, planned(place))

    assert job.state == JobState.FAILED
    assert stages() == {"alpha": Stage.REVERTED, "beta": Stage.DISCARDED}
    assert "BGP session with 192.0.2.11 was up before and is not now" in job.log


def test_passing_the_limits_takes_the_checksum_typed(place: Town) -> None:
    record = planned(place)
    world = replace(place.world, limits=SafetyLimits(max_routers=1))

    with pytest.raises(TooLarge):
        request_apply(record.pk, person=ALICE, world=world)
    with pytest.raises(NotInsisted):
        request_apply(record.pk, person=ALICE, world=world, wish=Wish(force="yes"))

    assert request_apply(record.pk, person=ALICE, world=world, wish=Wish(force=record.checksum[:6]))


def test_by_hand_it_is_kept_when_somebody_says_so(place: Town) -> None:
    record = planned(place, "alpha")
    place.clock.told.append(lambda pause: _say_when_waiting(place, Word.CONFIRM))

    applied(place, record, Wish(by_hand=True))

    assert stages() == {"alpha": Stage.KEPT}
    assert AuditEntry.objects.filter(action="say confirm", who="alice").count() == 1


def test_all_that_wait_are_kept_by_one_word(place: Town) -> None:
    record = planned(place)

    def keep_all(pause: object) -> None:
        if Deployment.objects.filter(stage=Stage.TRIAL, word="").exists():
            keep_waiting(record.pk, person=ALICE, world=place.world)

    place.clock.told.append(keep_all)
    applied(place, record, Wish(by_hand=True))

    assert stages() == {"alpha": Stage.KEPT, "beta": Stage.KEPT}
    with pytest.raises(NotWaiting):
        keep_waiting(record.pk, person=ALICE, world=place.world)


def test_by_hand_it_is_undone_when_nobody_says_anything(place: Town) -> None:
    applied(place, planned(place, "alpha"), Wish(by_hand=True))

    assert stages() == {"alpha": Stage.REVERTED}
    assert "nobody said in time that it is to be kept" in Deployment.objects.get().outcome
    assert place.devices["alpha"].running_text == ""


def test_what_is_on_trial_is_undone_when_somebody_says_so(place: Town) -> None:
    record = planned(place)
    place.clock.told.append(lambda pause: _say_when_waiting(place, Word.UNDO))

    applied(place, record, Wish(by_hand=True))

    assert stages() == {"alpha": Stage.REVERTED, "beta": Stage.DISCARDED}
    assert Deployment.objects.get(node="alpha").outcome == "undone: alice took it back"


def test_nobody_waits_for_a_word_about_what_has_ended(place: Town) -> None:
    applied(place, planned(place))
    name = Deployment.objects.get(node="alpha").name

    with pytest.raises(NotWaiting, match="has ended: it is kept"):
        say(name, Word.CONFIRM, person=ALICE, world=place.world)


def test_a_stopped_rollout_begins_no_further_router(place: Town) -> None:
    record = planned(place)

    def stop(pause: object) -> None:
        if Deployment.objects.filter(stage=Stage.TRIAL).exists() and not Job.objects.exclude(stop_asked_by="").exists():
            stop_rollout(record.pk, person=ALICE, world=place.world)

    place.clock.told.append(stop)
    job = applied(place, record)

    assert job.state == JobState.STOPPED
    assert stages() == {"alpha": Stage.KEPT, "beta": Stage.DISCARDED}


def test_stop_and_undo_takes_back_what_is_on_trial(place: Town) -> None:
    record = planned(place)

    def stop(pause: object) -> None:
        if Deployment.objects.filter(stage=Stage.TRIAL, word="").exists():
            stop_rollout(record.pk, person=ALICE, world=place.world, undo=True)

    place.clock.told.append(stop)
    applied(place, record)

    assert stages() == {"alpha": Stage.REVERTED, "beta": Stage.DISCARDED}


def test_a_plan_that_nobody_applies_cannot_be_stopped(place: Town) -> None:
    record = planned(place)

    with pytest.raises(NotRollingOut):
        stop_rollout(record.pk, person=ALICE, world=place.world)


def test_the_way_back_is_a_plan_like_any_other(place: Town) -> None:
    applied(place, planned(place))
    place.wants(WITHOUT_BOB)
    applied(place, planned(place))
    job = request_undo("alpha", person=ALICE, world=place.world)

    run(job, world=place.world)

    record = PlanRecord.objects.get(job=job)
    assert record.undoes == Deployment.objects.filter(node="alpha").latest("pk").name
    assert applied(place, record).state == JobState.DONE
    assert "192.0.2.11" in place.devices["alpha"].running_text


def test_who_may_only_look_deploys_nothing(place: Town) -> None:
    record = planned(place)

    with pytest.raises(NotAllowed):
        request_plan(person=BOB, world=place.world)
    with pytest.raises(NotAllowed):
        request_apply(record.pk, person=BOB, world=place.world)
    with pytest.raises(NotAllowed):
        request_undo("alpha", person=BOB, world=place.world)

    assert plan(record.pk, person=BOB, world=place.world).may_apply is False


def test_a_plan_at_other_sites_is_nobodys_business(place: Town) -> None:
    record = planned(place)

    assert list(plan_list(CAROL)) == []
    for ask in (plan, request_apply, stop_rollout, keep_waiting):
        with pytest.raises(NoSuchPlan):
            ask(record.pk, person=CAROL, world=place.world)


def test_a_deployment_at_another_site_is_nobodys_business(place: Town) -> None:
    applied(place, planned(place))
    name = Deployment.objects.values_list("name", flat=True)[0]

    with pytest.raises(NoSuchDeployment):
        say(name, Word.UNDO, person=CAROL, world=place.world)


def test_a_plan_page_says_what_is_left_out(place: Town) -> None:
    place.devices["beta"].reachable = False

    page = plan(planned(place).pk, person=BOB, world=place.world)

    assert [one.node for one in page.changed] == ["alpha"]
    assert [one["node"] for one in page.missed] == ["beta"]
    assert page.is_waiting


def test_a_job_that_a_plan_was_not_given_to_does_not_apply_it(place: Town) -> None:
    record = planned(place)

    assert not plans.belongs_to(record.pk, 4711)


def test_a_plan_costs_the_same_few_queries_whatever_its_size(place: Town) -> None:
    record = planned(place)

    with CaptureQueriesContext(connection) as queries:
        plan(record.pk, person=ALICE, world=place.world)

    assert len(queries) <= 5


def _say_when_waiting(place: Town, word: Word) -> None:
    waiting = DeploymentStep.objects.filter(event="", detail__contains="waits for somebody's word").last()
    if waiting and not waiting.deployment.word:
        say(waiting.deployment.name, word, person=ALICE, world=place.world)
