"""Plans on record: made by a job, looked at by people, and read back as the plan that was reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet

from hanse.actions.planning import Missed, Reviewed
from hanse.actions.rights import Person, Right
from hanse.actions.seen_sites import ROUTERS, seen_sites
from hanse.actions.world import World, chosen
from hanse.deploy.limits import Breach, breaches
from hanse.deploy.plan import SHOWN
from hanse.deploy.rollout import next_wave
from hanse.network.wanted.network import Network
from hanse.store import plans, snapshot
from hanse.store.audit import Author
from hanse.store.models import PlannedDevice, PlanRecord

Record: TypeAlias = PlanRecord  # for those who may not import rows
Part: TypeAlias = PlannedDevice


def put_down(
    reviewed: Reviewed,
    *,
    world: World,
    author: Author,
    title: str = "",
    undoes: str = "",
    job: int | None = None,
) -> PlanRecord:
    """Put a reviewed plan on record, with the safety limits that it passes."""
    sites = {name: node.site for name, node in snapshot.load().nodes.items()}
    around = plans.Around(
        author=author,
        at=world.clock.now(),
        title=title,
        undoes=undoes,
        sites=sites,
        missed=[
            {"node": one.node, "site": sites.get(one.node, ""), "why": one.why, "is_ours": one.is_ours}
            for one in reviewed.missed
        ],
        joints=reviewed.joints,
        breaches=breaches(reviewed.plan, world.limits),
        job=job,
    )
    return plans.put_down(reviewed.plan, around)


def on_record(reviewed: Reviewed, *, world: World, author: Author, undoes: str = "") -> int | None:
    """Return the number of a plan that was made at the terminal, putting it down unless it is there already.

    A plan that changes nothing leaves none.
    """
    if not reviewed.plan.changed:
        return None
    record = plans.of_checksum(reviewed.plan.full_checksum)
    return (record or put_down(reviewed, world=world, author=author, undoes=undoes)).pk


def reviewed_of(record: PlanRecord, world: World) -> Reviewed:
    """Return what was reviewed. Of a router that would not change only the name is known."""
    return Reviewed(
        plan=plans.plan_of(plans.devices_of(record), lambda driver: world.kind(driver).abilities),
        missed=tuple(Missed(node=one["node"], why=one["why"], is_ours=one["is_ours"]) for one in record.missed),
        joints=plans.joints_of(record),
    )


def plannable(network: Network, nodes: Iterable[str], person: Person) -> tuple[str, ...]:
    """Return the names of `nodes`; if there are none, of all that this person may deploy to.

    :raises NoSuchNode:
    :raises NotAllowed: one of `nodes` is not theirs, or none is
    """
    asked = tuple(nodes)
    names = chosen(network, asked)
    if not asked:
        names = tuple(one for one in names if person.may(Right.DEPLOY, ROUTERS, site=network.nodes[one].site))
    if not names:
        person.insist(Right.DEPLOY, ROUTERS)
    for name in names:
        person.insist(Right.DEPLOY, ROUTERS, site=network.nodes[name].site)
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan as one person may see it."""

    record: PlanRecord
    changed: tuple[PlannedDevice, ...]
    unchanged: tuple[str, ...]
    missed: tuple[dict[str, Any], ...]
    breaches: tuple[Breach, ...]
    together: tuple[tuple[str, ...], ...]  # routers that change at the same moment
    canary: tuple[str, ...]  # the routers that go first
    may_apply: bool  # this person may deploy to every router in it

    @property
    def checksum(self) -> str:
        """Return the digits that people see."""
        return self.record.checksum[:SHOWN]

    @property
    def is_everything(self) -> bool:
        """Say whether every router was asked for."""
        job = self.record.job
        return not self.record.undoes and not (job is not None and job.arguments.get("limit"))

    @property
    def is_waiting(self) -> bool:
        """Say whether it can still be applied."""
        return bool(self.changed) and self.record.applied_at is None


def plan_list(person: Person) -> QuerySet[PlanRecord]:
    """Return the plans that touch what this person may see, the latest first.

    :raises NotAllowed:
    """
    return plans.records(seen_sites(person))


def seen_plan(number: int, person: Person) -> PlanRecord:
    """Return a plan that touches something this person may see.

    :raises NoSuchPlan:
    :raises NotAllowed:
    """
    sites = seen_sites(person)
    record = plans.get(number)
    if sites is None or plans.is_at(record, sites) or any(one["site"] in sites for one in record.missed):
        return record
    raise plans.NoSuchPlan(f"no plan {number} is on record")


def plan(number: int, *, person: Person, world: World) -> PlanPage:
    """Return one plan, without the routers' texts. Two queries, or three for who sees some sites only.

    :raises NoSuchPlan: or it touches nothing that this person may see
    :raises NotAllowed:
    """
    record = seen_plan(number, person)
    sites = seen_sites(person)
    everything = plans.shown_devices(record)
    seen = [one for one in everything if sites is None or one.site in sites]
    missed = tuple(one for one in record.missed if sites is None or one["site"] in sites)
    steps = _steps(everything)
    first = next_wave([*steps], world.pace.canary) if steps else ()
    names = {one.node for one in seen}
    return PlanPage(
        record=record,
        changed=tuple(one for one in seen if one.diff),
        unchanged=tuple(one.node for one in seen if not one.diff),
        missed=missed,
        breaches=tuple(
            Breach(node=one["node"], sentence=one["sentence"])
            for one in record.breaches
            if not one["node"] or one["node"] in names
        ),
        together=tuple(step for step in steps if len(step) > 1 and names & {*step}),
        canary=tuple(node for step in first for node in step),
        may_apply=all(person.may(Right.DEPLOY, ROUTERS, site=one.site) for one in everything),
    )


def _steps(devices: Iterable[PlannedDevice]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the routers that change, in order, those that change at the same moment in one step."""
    found: dict[int, list[str]] = {}
    for device in devices:
        if device.diff:
            found.setdefault(device.together, []).append(device.node)
    return tuple(tuple(nodes) for _, nodes in sorted(found.items()))


def planned_device(number: int, node: str, *, person: Person) -> PlannedDevice:
    """Return one router's part of a plan.

    :raises NoSuchPlan: there is none, or it is not for this person to see
    :raises NotAllowed:
    """
    sites = seen_sites(person)
    part = plans.part_of(plans.get(number), node)
    if part is None or (sites is not None and part.site not in sites):
        raise plans.NoSuchPlan(f"no plan {number} of {node} is on record")
    return part
