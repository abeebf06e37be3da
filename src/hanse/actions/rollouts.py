"""Applying a plan on record: once, only as long as it is true, and with a way to stop it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from hanse.actions.applying import Insistence, NothingToApply, apply
from hanse.actions.planning import Missed, Reviewed, review_one
from hanse.actions.plans import reviewed_of
from hanse.actions.rendered import render_all
from hanse.actions.settling import settle_lost
from hanse.actions.world import World, doors
from hanse.deploy.journal import Outcome
from hanse.deploy.limits import insist_within
from hanse.deploy.plan import DevicePlan, body_of
from hanse.network.errors import WantedError
from hanse.network.wanted.network import Network
from hanse.store import plans, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.journal import close_own_connection
from hanse.store.models import PlanRecord

TYPED: Final = 6  # digits of the checksum that somebody types who passes the safety limits
SPOKEN: Final = 5  # routers that a sentence names


class AppliedBefore(WantedError):
    """A plan is applied once. Plan again."""


class StalePlan(WantedError):
    """What was reviewed is not what would happen any more. Plan again."""


class NotInsisted(WantedError):
    """Passing the safety limits takes the first digits of the plan's checksum, typed."""


class NoTimeForAWord(WantedError):
    """The routers would undo before anybody could say that the configuration is to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How somebody wants a plan applied. `force`: the first digits of its checksum, typed, to pass the limits."""

    force: str = ""
    by_hand: bool = False


def insist_applicable(record: PlanRecord, wish: Wish, world: World) -> None:
    """Return if the plan may be applied as wished, as far as can be told without asking a router.

    :raises AppliedBefore:
    :raises NothingToApply:
    :raises NotInsisted:
    :raises TooLarge:
    :raises NoTimeForAWord:
    """
    if record.applied_at is not None:
        raise AppliedBefore(f"plan {record.pk} was applied before: plan again to see what is still to be done")
    reviewed = reviewed_of(record, world)
    if not reviewed.plan.changed:
        raise NothingToApply(f"plan {record.pk} changes nothing")
    if wish.force and not (len(wish.force) >= TYPED and record.checksum.startswith(wish.force.lower())):
        raise NotInsisted(f"to pass the safety limits type the first {TYPED} digits of the plan's checksum, or more")
    if not wish.force:
        insist_within(reviewed.plan, world.limits)
    times = world.times
    if wish.by_hand and times.undo_after - times.grace <= times.settle:
        raise NoTimeForAWord(
            f"routers undo after {times.undo_after.total_seconds():g} s, and get {times.settle.total_seconds():g} s"
            " to settle: give them more time (HANSE_UNDO_AFTER) or let Hanse keep what it finds good"
        )


def carry_out(
    number: int,
    *,
    world: World,
    author: Author,
    wish: Wish,
    told: Callable[[Outcome], None] = lambda outcome: None,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[Outcome, ...]:
    """Apply the plan of that number, which was taken before, and return each router's outcome by name.

    :raises NoSuchPlan:
    :raises StalePlan: nothing was installed
    :raises AlreadyDeploying:
    """
    record = plans.get(number)
    reviewed = reviewed_of(record, world)
    settle_lost(world=world, nodes=tuple(device.node for device in reviewed.plan.changed))
    insist_true(record, reviewed, world)
    return apply(
        reviewed,
        world=world,
        author=author,
        insistence=Insistence(force=bool(wish.force), by_hand=wish.by_hand),
        told=told,
        go_on=go_on,
        record=record.pk,
    )


def take(record: PlanRecord, *, author: Author, world: World) -> None:
    """Let the plan be applied by whoever comes first, with an audit entry.

    :raises AppliedBefore:
    """
    at = world.clock.now()
    if not plans.take(record.pk, at=at):
        raise AppliedBefore(f"plan {record.pk} was applied before: plan again to see what is still to be done")
    after = {"checksum": record.checksum}
    change = ObjectChange(kind="plan", name=f"{record.pk}", before=None, after=after)
    write_entries([change], action="apply plan", author=author, at=at)


def insist_true(record: PlanRecord, reviewed: Reviewed, world: World) -> None:
    """Return if what is wanted still says the text that was reviewed, and each router still makes the same diff of it.

    A router that does not answer now is left to the rollout, which does not touch it.

    :raises StalePlan: with the names
    """
    network = snapshot.load()
    gone = [device.node for device in reviewed.plan.changed if device.node not in network.nodes]
    if gone:
        raise StalePlan(f"not wanted any more: {_named(gone)}. Plan again")
    if not record.undoes:
        _insist_on_wanted(reviewed, network, world)
    _insist_on_running(reviewed, network, world)


def _insist_on_wanted(reviewed: Reviewed, network: Network, world: World) -> None:
    texts = render_all(network, [device.node for device in reviewed.plan.changed], world.templates).texts
    other = [device.node for device in reviewed.plan.changed if texts.get(device.node) != device.text]
    if other:
        raise StalePlan(f"what is wanted of {_named(other)} changed since the plan was made. Plan again")


def _insist_on_running(reviewed: Reviewed, network: Network, world: World) -> None:
    ways = doors(network, world)
    changed = reviewed.plan.changed

    def look(device: DevicePlan) -> DevicePlan | Missed:
        try:
            return review_one(ways, device.node, device.text, device.still_wanted)
        finally:
            close_own_connection()

    with ThreadPoolExecutor(max(1, min(world.concurrency, len(changed))), thread_name_prefix="compare") as pool:
        now = tuple(pool.map(look, changed))
    other = [
        device.node
        for device, seen in zip(changed, now, strict=True)
        if isinstance(seen, DevicePlan) and seen.is_changed and body_of(seen.diff) != body_of(device.diff)
    ]
    if other:
        raise StalePlan(f"{_named(other)} would change by other lines than those reviewed. Plan again")


def _named(nodes: list[str]) -> str:
    more = len(nodes) - SPOKEN
    return ", ".join(nodes[:SPOKEN]) + (f" and {more} more" if more > 0 else "")
