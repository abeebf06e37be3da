"""Plan and apply in one go, as `configure_routers` does: each router's result is told, nothing is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanse.actions.applying import ORDINARY, Insistence, apply
from hanse.actions.planning import Missed, plan
from hanse.actions.plans import on_record
from hanse.actions.settling import settle_lost
from hanse.actions.world import World
from hanse.deploy.journal import Outcome
from hanse.store.audit import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What came of one router."""

    node: str
    sentence: str
    is_well: bool
    diff: str = ""


def configure(
    *,
    world: World,
    limit: Iterable[str] = (),
    insistence: Insistence = ORDINARY,
    author: Author,
    told: Callable[[Configured], None] = lambda configured: None,
) -> tuple[Configured, ...]:
    """Bring the routers in `limit`, all if it is empty, to what is wanted, and return each one's result by name.

    With the commit check only those that differ are touched. Routers without a dialect are left out and named.
    The safety limits hold, unless `insistence` passes them.

    :raises TooLarge:
    :raises AlreadyDeploying:
    """
    nodes = tuple(limit)
    settle_lost(world=world, nodes=nodes or None)
    reviewed = plan(world=world, limit=nodes)
    diffs = {device.node: device.diff for device in reviewed.plan.devices}
    results: list[Configured] = []

    def tell(one: Configured) -> None:
        results.append(one)
        told(one)

    for missed in reviewed.missed:
        tell(_left_out(missed))
    for device in reviewed.plan.devices if insistence.commit_check else ():
        if not device.is_changed:
            tell(Configured(node=device.node, sentence="runs what is wanted: not touched", is_well=True))
    if reviewed.plan.changed or (not insistence.commit_check and reviewed.plan.devices):
        apply(
            reviewed,
            world=world,
            author=author,
            insistence=insistence,
            told=lambda outcome: tell(_result(outcome, diffs[outcome.node])),
            record=on_record(reviewed, world=world, author=author),
        )
    return tuple(sorted(results, key=lambda one: one.node))


def _left_out(missed: Missed) -> Configured:
    word = "left out" if missed.is_ours else "failed"
    return Configured(node=missed.node, sentence=f"{word}: {missed.why}", is_well=missed.is_ours)


def _result(outcome: Outcome, diff: str) -> Configured:
    sentence = f"{outcome.stage}: {outcome.sentence}"
    return Configured(node=outcome.node, sentence=sentence, is_well=outcome.is_well, diff=diff)
