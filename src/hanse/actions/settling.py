"""Deployments whose worker died: the device is asked what became of them, nothing is guessed."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from hanse.actions.workers import is_gone, me
from hanse.actions.world import Doors, World, doors
from hanse.deploy.journal import Outcome
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan
from hanse.deploy.settle import settle
from hanse.deploy.stages import Stage
from hanse.store import deployments, snapshot
from hanse.store.journal import StoredJournal, close_own_connection
from hanse.store.models import Deployment


def settle_lost(*, world: World, nodes: Iterable[str] | None = None) -> tuple[Outcome, ...]:
    """Settle the open deployments nobody drives any more, on `nodes` only if given; return how each stands now.

    One whose router does not answer stays in doubt and open. One whose router is not wanted any more is left alone.
    """
    now = world.clock.now()
    lost = [one for one in deployments.open_deployments(nodes) if is_gone(one.worker, one.heartbeat_at, now)]
    if not lost:
        return ()
    ways = doors(snapshot.load(), world)
    with ThreadPoolExecutor(max(1, min(world.concurrency, len(lost))), thread_name_prefix="settle") as pool:
        settled = tuple(pool.map(lambda one: _settle_and_leave(one, ways), lost))
    return tuple(outcome for outcomes in settled for outcome in outcomes)


def _settle_and_leave(deployment: Deployment, ways: Doors) -> tuple[Outcome, ...]:
    try:
        return settle_one(deployment, ways=ways)
    finally:
        close_own_connection()


def settle_one(deployment: Deployment, *, ways: Doors) -> tuple[Outcome, ...]:
    """Take the deployment over and settle it; nothing if another process was faster or the router is wanted no more."""
    world = ways.world
    if deployment.node not in ways.network.nodes:
        return ()
    worker = me()
    if not deployments.take_over(deployment, worker=worker, at=world.clock.now()):
        return ()
    try:
        outcome = settle(
            device_plan_of(deployment, ways),
            stage=Stage(deployment.stage),
            journal=StoredJournal(deployment, worker=worker, clock=world.clock),
            means=Means(open_device=ways.open, clock=world.clock, times=world.times),
        )
    finally:
        deployments.release([deployment.name], worker=worker)
    return (outcome,)


def device_plan_of(deployment: Deployment, ways: Doors) -> DevicePlan:
    """Return what was reviewed for this deployment."""
    return DevicePlan(
        node=deployment.node,
        driver=deployment.driver,
        text=deployment.text,
        before_text=deployment.before_text,
        diff=deployment.diff,
        abilities=ways.world.kind(deployment.driver).abilities,
    )
