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
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.rollout import roll_out
from hanse.network.errors import WantedError
from hanse.store import deployments, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.journal import StoredJournal, close_own_connection


class NothingToApply(WantedError):
    """No router of the plan would change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insistence:
    """What somebody takes upon themselves.

    `force` passes the safety limits; without `commit_check` routers are configured that run what is wanted already.
    """

    force: bool = False
    commit_check: bool = True


ORDINARY = Insistence()


def apply(
    reviewed: Reviewed,
    *,
    world: World,
    author: Author,
    insistence: Insistence = ORDINARY,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[Outcome, ...]:
    """Install what `reviewed` changes and return each router's outcome by name. `told` hears each as it comes.

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
    journals = _begin(devices, plan, world, author)
    try:
        return roll_out(
            plan,
            journals=journals,
            means=means(ways, world, commit_check=insistence.commit_check),
            pace=world.pace,
            joints=reviewed.joints,
            told=told,
        )
    finally:
        deployments.release([journal.name for journal in journals.values()], worker=me())


def _begin(devices: tuple[DevicePlan, ...], plan: Plan, world: World, author: Author) -> dict[str, StoredJournal]:
    """Claim all routers at once, with an audit entry each."""
    at, worker = world.clock.now(), me()
    rows = deployments.begin(devices, checksum=plan.full_checksum, author=author, worker=worker, at=at)
    changes = [
        ObjectChange(kind="deployment", name=row.name, before=None, after={"node": node}) for node, row in rows.items()
    ]
    write_entries(changes, action="apply", author=author, at=at)
    return {node: StoredJournal(row, worker=worker, clock=world.clock) for node, row in rows.items()}


def means(ways: Doors, world: World, *, commit_check: bool = True) -> Means:
    """Return what deployments work with."""
    return Means(
        open_device=ways.open,
        clock=world.clock,
        times=world.times,
        commit_check=commit_check,
        leave=close_own_connection,
    )
