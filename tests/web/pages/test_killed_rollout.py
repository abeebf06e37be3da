"""A worker is killed in the middle of a rollout: the routers are asked what became of it, and the page says so."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from actions.fresh_process import begin
from actions.small_city import town
from hanse.actions.deploying import request_apply, request_plan
from hanse.actions.keeping import keep
from hanse.actions.rights import operator
from hanse.actions.running_jobs import run
from hanse.deploy.stages import Stage
from hanse.store.job_states import JobState
from hanse.store.models import Deployment, Job, PlanRecord, User
from web.browsers import browser_of, shown

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "page")
LONGEST = 60.0  # seconds until the worker's process has a router on trial


def wait_for(marker: Path) -> None:
    until = time.monotonic() + LONGEST
    while not marker.exists():
        assert time.monotonic() < until, "the worker never had a router on trial"
        time.sleep(0.05)


def page_of(path: str) -> str:
    return shown(
        browser_of(User.objects.filter(username="alice").first() or User.objects.create_superuser("alice")), path
    )


def test_a_rollout_whose_worker_was_killed_is_settled_and_never_repeated(tmp_path: Path) -> None:
    with town() as place:
        run(request_plan(person=ALICE, world=place.world), world=place.world)
        plan = PlanRecord.objects.get()
        job = request_apply(plan.pk, person=ALICE, world=place.world)
        worker = begin("actions.killed_worker", f"{job}", f"{tmp_path / 'on-trial'}")
        try:
            wait_for(tmp_path / "on-trial")
        finally:
            worker.kill()
            worker.join()
        row = Deployment.objects.get(node="alpha")
        assert row.stage == Stage.TRIAL
        alpha = place.devices["alpha"]  # the router outlives the worker, and has it on trial
        alpha.put_candidate(row.name, row.text)
        alpha.install(row.name, timedelta(minutes=5))

        keep(world=place.world, since=place.world.clock.now())
        in_between = page_of(f"/plans/{plan.pk}/rollout/")
        run(Job.objects.get(kind="settle").pk, world=place.world)

        assert Job.objects.get(pk=job).state == JobState.LOST
        assert Job.objects.filter(kind="apply").count() == 1
        stages = dict(Deployment.objects.values_list("node", "stage"))
        assert stages == {"alpha": Stage.REVERTED, "beta": Stage.DISCARDED}
        assert alpha.running_text == ""
        assert "The worker that applied this plan died" in in_between
        assert "Those in doubt have not answered yet." in in_between
        after = page_of(f"/plans/{plan.pk}/rollout/")
        assert "All of them have answered." in after
        assert "nobody can vouch for what is on trial any more" in after
        assert "It is not run again" in page_of(f"/jobs/{job}/")
