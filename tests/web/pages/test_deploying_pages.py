"""Plans, rollouts and deployments as pages, with fake routers behind the real job frame."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions.small_city import FILE, Town
from hanse.actions.running_jobs import run
from hanse.deploy.stages import Stage
from hanse.devices.fake.driver import FakeDevice
from hanse.store.models import Deployment, DeploymentStep, Job, PlannedDevice, PlanRecord
from web.browsers import browser_with, shown

pytestmark = pytest.mark.django_db(transaction=True)
FILE_WITHOUT_BOB = "".join(line for line in FILE.splitlines(keepends=True) if not line.startswith("sessions:"))
PART = {"HX-Request": "true", "HX-Target": "live"}


def planned(place: Town, client: Client) -> int:
    """Press Plan, let the worker do it, and return the plan's number."""
    client.post("/plans/make/")
    run(Job.objects.latest("pk").pk, world=place.world)
    return PlanRecord.objects.latest("pk").pk


def applied(place: Town, client: Client, plan: int, **words: str) -> None:
    """Press Apply and let the worker do it."""
    answer = client.post(f"/plans/{plan}/apply/", words)
    assert answer.status_code == 302, answer.content.decode()
    run(Job.objects.latest("pk").pk, world=place.world)


def drop_all(device: FakeDevice) -> None:
    device.sessions = ()


def test_a_plan_says_what_changes_and_what_pressing_apply_does(place: Town, alice: Client) -> None:
    plan = planned(place, alice)

    page = shown(alice, f"/plans/{plan}/")

    assert "If you apply it" in page
    assert "Within the safety limits." in page
    assert "after 60 s without Hanse" in page or "after 300 s without Hanse" in page
    assert 'id="diff-alpha"' in page
    assert "Apply to 2 routers" in page


def test_a_plan_says_of_each_router_whether_it_undoes_by_itself(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    PlannedDevice.objects.filter(node="alpha").update(undo_timer=False)

    page = shown(alice, f"/plans/{plan}/")

    alpha, beta = (page.partition(f'id="diff-{node}"')[2].partition("</summary>")[0] for node in ("alpha", "beta"))
    assert "no undo timer" in alpha
    assert "undoes it by itself after" in beta
    assert "Each router that has an undo timer" in page


def test_a_plan_groups_routers_by_site_or_by_the_same_lines(place: Town, alice: Client) -> None:
    plan = planned(place, alice)

    assert ">hall</h2>" in shown(alice, f"/plans/{plan}/?by=site")
    assert ">alpha</h2>" in shown(alice, f"/plans/{plan}/?by=diff")


def test_a_routers_part_of_a_plan_has_the_whole_text(place: Town, alice: Client) -> None:
    plan = planned(place, alice)

    page = shown(alice, f"/plans/{plan}/routers/alpha/")

    assert "The whole new text" in page
    assert "192.0.2.11" in page


def test_a_rollout_is_shown_wave_by_wave(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)

    page = shown(alice, f"/plans/{plan}/rollout/")

    assert "Canary 1" in page
    assert "Batch 1" in page
    assert "2 of 2 done" in page
    assert "every 2s" not in page, "what is over asks no more"


def test_a_rollout_before_its_worker_came_refreshes_itself(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    alice.post(f"/plans/{plan}/apply/")

    part = shown(alice, f"/plans/{plan}/rollout/", **PART)

    assert part.lstrip().startswith('<div id="live"')
    assert "every 2s" in part
    assert "queued" in part
    assert "Stop and undo" in part
    assert alice.post(f"/plans/{plan}/stop/").status_code == 302
    assert "cancelled" in shown(alice, f"/plans/{plan}/rollout/")


def test_a_rollout_whose_canary_harms_says_which_check_failed(place: Town, alice: Client) -> None:
    place.devices["alpha"].harm = drop_all
    plan = planned(place, alice)
    applied(place, alice, plan)

    page = shown(alice, f"/plans/{plan}/rollout/")

    assert "alpha: a check failed" in page
    assert "the BGP session with 192.0.2.11 was up before and is not now" in page
    assert "Not begun" in page

    record = shown(alice, f"/deployments/{Deployment.objects.get(node='alpha').name}/")
    assert "A check failed" in record
    assert "missing" in record


def test_a_record_has_text_diff_checks_and_stages(place: Town, alice: Client) -> None:
    applied(place, alice, planned(place, alice))
    row = Deployment.objects.get(node="alpha")

    page = shown(alice, f"/deployments/{row.name}/")

    assert "The exact text" in page
    assert "What was up before and after" in page
    assert "BGP session with 192.0.2.11" in page
    assert all(step.event in page for step in DeploymentStep.objects.filter(deployment=row))


def test_buttons_are_for_who_may_press_them(place: Town, alice: Client, bob: Client) -> None:
    plan = planned(place, alice)

    page = shown(bob, f"/plans/{plan}/")

    assert "Apply to" not in page
    assert "You may not deploy to every router in it." in page
    assert bob.post(f"/plans/{plan}/apply/").status_code == 403
    assert bob.post("/plans/make/").status_code == 403
    assert bob.post("/deployments/undo/", {"node": "alpha"}).status_code == 403


def test_applying_twice_is_refused_with_a_sentence(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)

    answer = alice.post(f"/plans/{plan}/apply/")

    assert answer.status_code == 422
    assert "was applied before" in answer.content.decode()


def test_keeping_by_hand_is_asked_for_on_the_page(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    seen = []

    def press(pause: object) -> None:
        row = Deployment.objects.filter(stage=Stage.TRIAL, word="").first()
        if row and DeploymentStep.objects.filter(deployment=row, detail__contains="waits for somebody").exists():
            seen.append(shown(alice, f"/plans/{plan}/rollout/", **PART))
            assert alice.post(f"/deployments/{row.name}/confirm/", {"rollout": plan}).status_code == 302

    place.clock.told.append(press)
    applied(place, alice, plan, by_hand="on")

    assert set(Deployment.objects.values_list("stage", flat=True)) == {Stage.KEPT}
    assert "It waits for your word." in seen[0]
    assert ">Keep</button>" in seen[0].replace("\n", "")


def test_the_lists_show_what_was_planned_deployed_and_done(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)

    assert f'href="/plans/{plan}/"' in shown(alice, "/plans/?node=alpha")
    assert "alpha" in shown(alice, "/deployments/?stage=kept")
    assert "Nothing fits" in shown(alice, "/deployments/?stage=reverted")
    assert "apply" in shown(alice, "/jobs/?kind=apply")
    assert alice.get("/deployments/?export=json").getvalue().count(b'"kept"') == 2


def test_a_job_shows_its_log_and_leads_to_its_plan(place: Town, alice: Client) -> None:
    plan = planned(place, alice)

    page = shown(alice, f"/jobs/{PlanRecord.objects.get(pk=plan).job_id}/")

    assert f"Look at plan {plan}" in page
    assert "2 of 2 routers would change" in page
    assert "Run it again" in page


def test_a_job_that_is_not_repeated_says_why(place: Town, alice: Client) -> None:
    applied(place, alice, planned(place, alice))
    job = Job.objects.latest("pk").pk

    page = shown(alice, f"/jobs/{job}/")

    assert "It is not run again" in page
    assert alice.post(f"/jobs/{job}/retry/").status_code == 422


def test_a_queued_job_is_taken_out_of_the_queue(place: Town, alice: Client) -> None:
    alice.post("/plans/make/", {"node": ["alpha"]})
    job = Job.objects.latest("pk")
    assert "Take it out of the queue" in shown(alice, f"/jobs/{job.pk}/")

    alice.post(f"/jobs/{job.pk}/stop/")

    assert "cancelled" in shown(alice, f"/jobs/{job.pk}/")


def test_the_way_back_is_planned_at_a_button(place: Town, alice: Client) -> None:
    applied(place, alice, planned(place, alice))
    place.wants(FILE_WITHOUT_BOB)
    applied(place, alice, planned(place, alice))

    alice.post("/deployments/undo/", {"node": "alpha"})
    run(Job.objects.latest("pk").pk, world=place.world)

    page = shown(alice, f"/plans/{PlanRecord.objects.latest('pk').pk}/")
    assert "alpha back to before" in page


def test_empty_lists_say_what_to_do_first(alice: Client) -> None:
    assert "Plan every router" in shown(alice, "/plans/")
    assert "Make a plan, look at it and apply it" in shown(alice, "/deployments/")
    assert "No jobs yet" in shown(alice, "/jobs/")


def test_somebody_of_another_site_sees_nothing_of_it(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)
    carol = browser_with("carol", "deploy", sites=("elsewhere",))
    name = Deployment.objects.get(node="alpha").name

    assert "alpha" not in shown(carol, "/deployments/") + shown(carol, "/plans/") + shown(carol, "/jobs/")
    for path in (
        f"/plans/{plan}/",
        f"/plans/{plan}/rollout/",
        f"/plans/{plan}/routers/alpha/",
        f"/deployments/{name}/",
    ):
        assert carol.get(path).status_code >= 400
    assert carol.post("/deployments/undo/", {"node": "alpha"}).status_code == 403
    assert carol.post(f"/deployments/{name}/undo/").status_code >= 400


def test_who_deploys_at_one_site_goes_the_whole_way_there(place: Town) -> None:
    carol = browser_with("carol", "deploy", sites=("hall",))

    assert "Plan every router" in shown(carol, "/plans/")
    plan = planned(place, carol)
    assert Job.objects.get().arguments == {"limit": ["alpha", "beta"]}
    assert f"Look at plan {plan}" in shown(carol, f"/jobs/{Job.objects.get().pk}/")
    assert "Apply to 2 routers" in shown(carol, f"/plans/{plan}/")
    applied(place, carol, plan)

    assert "2 of 2 done" in shown(carol, f"/plans/{plan}/rollout/")
    assert "Plan the way back" in shown(carol, f"/deployments/{Deployment.objects.get(node='alpha').name}/")


@pytest.mark.parametrize("path", ["/plans/", "/deployments/", "/jobs/"])
def test_a_list_costs_the_same_however_long_it_is(place: Town, alice: Client, path: str) -> None:
    applied(place, alice, planned(place, alice))
    shown(alice, path)
    with CaptureQueriesContext(connection) as few:
        shown(alice, path)
    for _ in range(5):
        place.devices["alpha"].running_text = ""
        applied(place, alice, planned(place, alice))

    with CaptureQueriesContext(connection) as many:
        shown(alice, path)

    assert len(many) == len(few) <= 20


def test_a_rollout_costs_the_same_however_many_routers_it_has(place: Town, alice: Client) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)

    with CaptureQueriesContext(connection) as queries:
        shown(alice, f"/plans/{plan}/rollout/", **PART)

    assert len(queries) <= 10


def test_a_large_rollout_names_the_waves_in_which_all_goes_well_in_a_line_each(
    place: Town, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(place, alice)
    applied(place, alice, plan)
    monkeypatch.setattr("hanse.web.pages.plans.IN_FULL", 1)

    page = shown(alice, f"/plans/{plan}/rollout/", **PART)

    assert '<p class="text-secondary mb-0">alpha</p>' in page
    assert "<table" not in page
