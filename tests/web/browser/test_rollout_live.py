"""A rollout is watched in a browser: the page follows by itself, and a word that is said there is heard."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from hanse.actions.planning import plan
from hanse.actions.plans import put_down
from hanse.deploy.stages import Stage
from hanse.store import deployments, plans
from hanse.store.deployments import Claim
from hanse.store.models import Deployment, PlanRecord
from web.city_on_desk import ALICE, Desk


def on_trial(desk: Desk) -> PlanRecord:
    """Leave a rollout of core4 as it is while the router waits for somebody's word."""
    reviewed = plan(world=desk.world, limit=["core4"])
    record = put_down(reviewed, world=desk.world, author=ALICE, title="core4")
    now = datetime.now(UTC)
    claim = Claim(author=ALICE, worker="elsewhere:1:1", at=now, checksum=record.checksum, plan=record.pk, by_hand=True)
    deployments.begin(reviewed.plan.devices, claim)
    plans.take(record.pk, at=now)
    Deployment.objects.filter(plan=record).update(
        stage=Stage.TRIAL, wave="canary 1", undo_at=now + timedelta(minutes=4), heartbeat_at=now
    )
    return record


def test_a_rollout_follows_by_itself_and_hears_what_is_said(desk: Desk, seen: Page, complaints: list[str]) -> None:
    record = on_trial(desk)
    seen.goto(f"/plans/{record.pk}/rollout/")
    expect(seen.get_by_text("It waits for your word.")).to_be_visible()

    seen.get_by_role("button", name="Keep", exact=True).click()

    expect(seen.get_by_role("button", name="Keep", exact=True)).to_have_count(0)
    row = Deployment.objects.get(plan=record)
    assert (row.word, row.word_by) == ("confirm", "alice")
    seen.evaluate("window.notReloaded = true")
    Deployment.objects.filter(pk=row.pk).update(
        stage=Stage.KEPT, ended_at=datetime.now(UTC), outcome="installed, found good, kept"
    )
    expect(seen.get_by_text("1 of 1 done")).to_be_visible(timeout=10_000)
    assert seen.evaluate("window.notReloaded") is True
    assert complaints == []
