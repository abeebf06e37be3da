"""The whole way with fake routers: import, plan, apply, poll, status, undo."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.small_city import ALICE, FILE, Town
from hanse.actions.applying import Insistence, NothingToApply, apply
from hanse.actions.configuring import configure
from hanse.actions.discovering import drifts
from hanse.actions.discovery import discover
from hanse.actions.pinging import ping
from hanse.actions.planning import plan
from hanse.actions.polling import poll
from hanse.actions.settling import settle_lost
from hanse.actions.status import status
from hanse.actions.undoing import NothingToUndo, plan_undo, stop_open
from hanse.deploy.limits import SafetyLimits, TooLarge
from hanse.deploy.plan import AnotherPlan
from hanse.deploy.stages import Stage
from hanse.devices.driver import Verdict
from hanse.devices.fake.driver import FakeDevice
from hanse.monitor.changes import Change
from hanse.monitor.compare import Condition
from hanse.monitor.discovery.findings import Sort
from hanse.monitor.look import Unanswered
from hanse.network.seen.bgp import BgpState
from hanse.store import deployments
from hanse.store.deployments import Claim
from hanse.store.models import AuditEntry, Deployment, DeploymentStep, Poll

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT_BOB = "".join(line for line in FILE.splitlines(keepends=True) if not line.startswith("sessions:"))


def test_a_first_plan_changes_every_router(place: Town) -> None:
    found = plan(world=place.world)

    assert [device.node for device in found.plan.changed] == ["alpha", "beta"]
    assert found.missed == ()


def test_planning_changes_nothing_on_a_router(place: Town) -> None:
    plan(world=place.world)

    assert place.devices["alpha"].running_text == ""


def test_what_is_applied_runs_and_is_on_record(place: Town) -> None:
    outcomes = apply(plan(world=place.world), world=place.world, author=ALICE)

    assert [(outcome.node, outcome.stage) for outcome in outcomes] == [("alpha", Stage.KEPT), ("beta", Stage.KEPT)]
    assert "192.0.2.11" in place.devices["alpha"].running_text
    rows = Deployment.objects.order_by("node").values_list("node", "stage", "who", "worker")
    assert list(rows) == [("alpha", "kept", "alice", rows[0][3]), ("beta", "kept", "alice", rows[1][3])]
    assert AuditEntry.objects.filter(action="apply").count() == 2
    assert DeploymentStep.objects.filter(deployment__node="alpha").count() > 4


def test_after_an_apply_nothing_is_left_to_do(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)

    again = plan(world=place.world)

    assert again.plan.changed == ()
    with pytest.raises(NothingToApply):
        apply(again, world=place.world, author=ALICE)


def test_another_plan_than_the_reviewed_one_is_refused(place: Town) -> None:
    reviewed = plan(world=place.world).plan.checksum
    place.wants(WITHOUT_BOB)

    with pytest.raises(AnotherPlan):
        plan(world=place.world).plan.insist_on(reviewed)


def test_a_plan_beyond_the_limits_needs_force(place: Town) -> None:
    reviewed = plan(world=place.world)
    world = replace(place.world, limits=SafetyLimits(max_routers=1))

    with pytest.raises(TooLarge, match="2 routers would change, 1 may at once"):
        apply(reviewed, world=world, author=ALICE)

    assert Deployment.objects.count() == 0
    assert all(one.is_well for one in apply(reviewed, world=world, author=ALICE, insistence=Insistence(force=True)))


def test_a_router_that_comes_to_harm_is_undone_and_the_next_is_not_begun(place: Town) -> None:
    def drop_all(device: FakeDevice) -> None:
        device.sessions = ()

    place.devices["alpha"].harm = drop_all

    outcomes = apply(plan(world=place.world), world=place.world, author=ALICE)

    assert [outcome.stage for outcome in outcomes] == [Stage.REVERTED, Stage.DISCARDED]
    assert place.devices["alpha"].running_text == ""
    assert "BGP session with 192.0.2.11 was up before" in outcomes[0].sentence


def test_a_router_without_a_dialect_is_left_out_and_named(place: Town) -> None:
    place.wants(FILE.replace("number: 2, site: hall, platform: fake", "number: 2, site: hall, platform: silent"))

    found = plan(world=place.world)

    assert [(one.node, one.is_ours) for one in found.missed] == [("beta", True)]
    assert [device.node for device in found.plan.devices] == ["alpha"]


def test_a_router_that_a_template_fails_on_is_named_and_the_others_are_planned(place: Town) -> None:
    broken = "{{ spec.nothing if spec.name == 'beta' else spec.name }}\n"

    found = plan(world=replace(place.world, templates={"bird2/bird.conf.j2": broken}))

    (missed,) = found.failed
    assert (missed.node, [device.node for device in found.plan.devices]) == ("beta", ["alpha"])
    assert missed.why.startswith("template bird2/bird.conf.j2, line 1: 'hanse.derive.spec.DeviceSpec object' has no")


def test_a_router_whose_platform_has_no_words_for_a_session_is_named_and_the_others_are_planned(place: Town) -> None:
    spoken = FILE.replace("number: 1, site: hall, platform: fake", "number: 1, site: hall, platform: words")
    spoken = spoken.replace("  silent:", "  words: {driver: fake, dialect: junos}\n  silent:")
    place.wants(spoken.replace("addresses: [192.0.2.11]", "addresses: [192.0.2.11], ttl_security: 1"))

    found = plan(world=place.world)

    (missed,) = found.failed
    assert (missed.node, [device.node for device in found.plan.devices]) == ("alpha", ["beta"])
    assert missed.why.startswith("sessions.bob.addresses.0: Junos drops packets from afar")


def test_a_router_that_does_not_answer_is_named_and_the_others_are_planned(place: Town) -> None:
    place.devices["beta"].reachable = False

    found = plan(world=place.world)

    assert [(one.node, one.why) for one in found.failed] == [("beta", "beta does not answer")]
    assert [device.node for device in found.plan.devices] == ["alpha"]


def test_an_open_deployment_keeps_others_away(place: Town) -> None:
    reviewed = plan(world=place.world)
    worker = "elsewhere:1:1"
    claim = Claim(checksum="x", author=ALICE, worker=worker, at=place.world.clock.now())
    deployments.begin(reviewed.plan.devices[:1], claim)

    with pytest.raises(deployments.AlreadyDeploying, match="alpha"):
        apply(reviewed, world=place.world, author=ALICE)

    assert Deployment.objects.count() == 1


def _killed_on_trial(place: Town) -> Deployment:
    """Leave alpha as a killed Hanse leaves it: on trial, its record at `trial`, and nobody there."""
    device = plan(world=place.world).plan.devices[0]
    claim = Claim(checksum="x", author=ALICE, worker="", at=place.world.clock.now() - timedelta(hours=1))
    rows = deployments.begin([device], claim)
    alpha = place.devices["alpha"]
    alpha.put_candidate(rows["alpha"].name, device.text)
    alpha.install(rows["alpha"].name, timedelta(minutes=5))
    Deployment.objects.update(stage=Stage.TRIAL)
    return rows["alpha"]


def test_a_killed_deployment_is_settled_by_asking_the_router(place: Town) -> None:
    row = _killed_on_trial(place)

    (outcome,) = settle_lost(world=place.world)

    assert outcome.stage is Stage.REVERTED
    assert place.devices["alpha"].verdicts[row.name] is Verdict.REVERTED
    assert place.devices["alpha"].running_text == ""
    assert deployments.by_name(row.name).stage is Stage.REVERTED


def test_a_killed_deployment_stays_in_doubt_while_the_router_is_silent(place: Town) -> None:
    row = _killed_on_trial(place)
    place.devices["alpha"].reachable = False

    (outcome,) = settle_lost(world=place.world)

    assert outcome.stage is Stage.IN_DOUBT
    assert deployments.by_name(row.name).stage is Stage.IN_DOUBT
    place.devices["alpha"].reachable = True
    assert settle_lost(world=place.world)[0].stage is Stage.REVERTED


def test_undo_stops_what_is_on_trial(place: Town) -> None:
    _killed_on_trial(place)

    stopped = stop_open(node="alpha", world=place.world)

    assert stopped is not None
    assert stopped.stage is Stage.REVERTED


def test_undo_brings_the_text_from_before_back(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)
    first = place.devices["alpha"].running_text
    place.wants(WITHOUT_BOB)
    apply(plan(world=place.world), world=place.world, author=ALICE)
    assert place.devices["alpha"].running_text != first

    outcomes = apply(plan_undo(node="alpha", world=place.world), world=place.world, author=ALICE)

    assert outcomes[0].stage is Stage.KEPT
    assert place.devices["alpha"].running_text == first


def test_a_first_installation_cannot_be_undone(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)

    with pytest.raises(NothingToUndo, match="first installation"):
        plan_undo(node="alpha", world=place.world)


def test_after_a_poll_everything_wanted_is_seen(place: Town) -> None:
    poll(world=place.world)

    found = status()

    assert found.is_well
    assert [router.node for router in found.routers] == ["alpha", "beta"]
    assert found.changes == ()


def test_a_session_that_went_down_is_a_change_with_its_cause(place: Town) -> None:
    poll(world=place.world)
    alpha = place.devices["alpha"]
    down = replace(alpha.sessions[-1], state=BgpState.ACTIVE, last_error="Hold timer expired")
    alpha.sessions = (*alpha.sessions[:-1], down)
    place.clock.sleep(timedelta(seconds=5))

    poll(world=place.world)

    found = status()
    assert [(one.change, one.why) for one in found.changes] == [(Change.WENT_DOWN, "Hold timer expired")]
    assert [one.condition for one in found.routers[0].sessions].count(Condition.DOWN) == 1


def test_the_sessions_of_an_unreachable_router_are_unknown_not_down(place: Town) -> None:
    poll(world=place.world)
    place.devices["alpha"].reachable = False
    place.clock.sleep(timedelta(seconds=5))

    polled = poll(world=place.world)

    found = status()
    assert isinstance(polled[0].look, Unanswered)
    assert found.routers[0].answered is False
    assert {one.condition for one in found.routers[0].sessions} == {Condition.UNKNOWN}
    assert [one.change for one in found.changes] == [Change.UNREACHABLE]
    assert [one.condition for one in found.links] == [Condition.UNKNOWN]
    assert Poll.objects.filter(node="alpha", ok=False).count() == 1


def test_a_router_that_answers_again_is_a_change_and_its_sessions_are_not(place: Town) -> None:
    poll(world=place.world)
    for answers in (False, True):
        place.devices["alpha"].reachable = answers
        place.clock.sleep(timedelta(seconds=5))
        poll(world=place.world)

    assert [one.change for one in status().changes] == [Change.REACHABLE, Change.UNREACHABLE]


def test_a_cut_link_is_seen(place: Town) -> None:
    poll(world=place.world)
    for name in ("alpha", "beta"):
        device = place.devices[name]
        device.interfaces = tuple(
            replace(one, is_up=False) if one.name.startswith("to-") else one for one in device.interfaces
        )
    place.clock.sleep(timedelta(seconds=5))

    poll(world=place.world)

    (link,) = status().links
    assert link.condition is Condition.DOWN
    assert link.why == "alpha:to-beta has no carrier; beta:to-alpha has no carrier"


def test_discovery_names_what_nobody_wants_and_what_is_missing(place: Town) -> None:
    place.wants(WITHOUT_BOB)
    place.devices["beta"].sessions = ()

    alpha, beta = discover(world=place.world)

    assert alpha.result is not None
    assert beta.result is not None
    assert [(one.sort, str(one.place[1])) for one in alpha.result.findings] == [(Sort.NEW, "192.0.2.11")]
    assert [one.sort for one in beta.result.findings] == [Sort.ABSENT, Sort.ABSENT]


def test_a_change_by_hand_is_drift(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)
    place.devices["alpha"].running_text += "# by hand\n"

    alpha, beta = drifts(world=place.world)

    assert "+# by hand" in alpha.diff
    assert beta.diff == ""


def test_ping_tells_who_answers(place: Town) -> None:
    place.devices["beta"].reachable = False

    alpha, beta = ping(world=place.world)

    assert alpha.error == ""
    assert beta.error == "beta does not answer"


def test_configure_touches_only_what_differs(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)
    place.wants(WITHOUT_BOB)

    results = configure(world=place.world, author=ALICE)

    assert [(one.node, one.is_well) for one in results] == [("alpha", True), ("beta", True)]
    assert results[1].sentence == "runs what is wanted: not touched"
    assert Deployment.objects.filter(node="beta").count() == 1


def test_configure_without_the_check_pushes_to_all(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=ALICE)

    results = configure(world=place.world, insistence=Insistence(commit_check=False), author=ALICE)

    assert [one.is_well for one in results] == [True, True]
    assert Deployment.objects.filter(stage=Stage.KEPT).count() == 4


def test_a_router_with_an_open_deployment_is_not_planned(place: Town) -> None:
    row = _killed_on_trial(place)
    Deployment.objects.update(worker="elsewhere:1:1")

    found = plan(world=place.world)

    assert [(one.node, one.why) for one in found.failed] == [("alpha", "a deployment of alice is open on it: trial")]
    assert place.devices["alpha"].on_trial() == row.name
