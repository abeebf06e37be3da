"""Installing a reviewed plan, with every router's deployment on record before anything is sent."""

from collections.abc import Callable
from dataclasses import dataclass

from hanse.actions.planning import Reviewed
from hanse.actions.settling import settle_lost
from hanse.actions.workers import me
from hanse.actions.world import Doors, World, doors
from hanse.deploy.journal import Outcome
from hanse.deploy.limits import insist_within
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan
from hanse.deploy.rollout import roll_out
from hanse.network.errors import WantedError
from hanse.store import deployments, plans, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.deployments import Claim
from hanse.store.journal import StoredJournal, close_own_connection


class NothingToApply(WantedError):
    """No router of the plan would change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insistence:
    """What somebody takes upon themselves.

    `force` passes the safety limits; without `commit_check` routers are configured that run what is wanted already;
    with `by_hand` what is found good is kept only by somebody's word.
    """

    force: bool = False
    commit_check: bool = True
    by_hand: bool = False


ORDINARY = Insistence()


def apply(
    reviewed: Reviewed,
    *,
    world: World,
    author: Author,
    insistence: Insistence = ORDINARY,
    told: Callable[[Outcome], None] = lambda outcome: None,
    go_on: Callable[[], bool] = lambda: True,
    record: int | None = None,
) -> tuple[Outcome, ...]:
    """Install what `reviewed` changes and return each router's outcome by name. `told` hears each as it comes.

    Once `go_on` says no, no further router is begun. `record` is the number of the plan as it is kept.

    :raises TooLarge: the plan passes the safety limits; nothing was sent
    :raises AlreadyDeploying: one of the routers is being deployed; nothing was sent
    :raises NothingToApply:
    """
    plan = reviewed.plan
    devices = plan.changed if insistence.commit_check else plan.devices
    if not devices:
        raise NothingToApply("every router runs what is wanted: there is nothing to apply")
    if not insistence.force:
        insist_within(plan, world.limits)
    settle_lost(world=world, nodes=tuple(device.node for device in devices))
    ways = doors(snapshot.load(), world)
    claim = Claim(
        author=author,
        worker=me(),
        at=world.clock.now(),
        checksum=plan.full_checksum,
        plan=record,
        by_hand=insistence.by_hand,
        sites={device.node: ways.network.nodes[device.node].site for device in devices},
    )
    journals = _begin(devices, claim, world)
    if record is not None:
        plans.take(record, at=claim.at)
    try:
        return roll_out(
            plan,
            journals=journals,
            means=means(ways, world, insistence),
            pace=world.pace,
            joints=reviewed.joints,
            told=told,
            go_on=go_on,
        )
    finally:
        deployments.release([journal.name for journal in journals.values()], worker=me())


def _begin(devices: tuple[DevicePlan, ...], claim: Claim, world: World) -> dict[str, StoredJournal]:
    """Claim all routers at once, with an audit entry each."""
    rows = deployments.begin(devices, claim)
    changes = [
        ObjectChange(kind="deployment", name=row.name, before=None, after={"node": node}) for node, row in rows.items()
    ]
    write_entries(changes, action="apply", author=claim.author, at=claim.at)
    return {node: StoredJournal(row, worker=claim.worker, clock=world.clock) for node, row in rows.items()}


def means(ways: Doors, world: World, insistence: Insistence = ORDINARY) -> Means:
    """Return what deployments work with."""
    return Means(
        open_device=ways.open,
        clock=world.clock,
        times=world.times,
        commit_check=insistence.commit_check,
        by_hand=insistence.by_hand,
        leave=close_own_connection,
    )
