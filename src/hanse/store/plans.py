"""Plans on record: written word for word when they are made, read back as the plan that was reviewed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from hanse.deploy.health import StillWanted
from hanse.deploy.limits import Breach
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.together import Joint, groups
from hanse.devices.driver import Abilities
from hanse.network.errors import WantedError
from hanse.store.audit import Author
from hanse.store.models import PlannedDevice, PlanRecord


class NoSuchPlan(WantedError):
    """No plan of that number is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is put down with a plan besides its routers."""

    author: Author
    at: datetime
    title: str = ""
    undoes: str = ""  # the name of the deployment that it takes back
    sites: Mapping[str, str] = field(default_factory=dict)  # by node
    missed: Iterable[Mapping[str, Any]] = ()
    joints: Iterable[Joint] = ()
    breaches: Iterable[Breach] = ()
    job: int | None = None  # that made it


def put_down(plan: Plan, around: Around) -> PlanRecord:
    """Put a plan on record. A router that would not change is kept by its name only."""
    joints = tuple(around.joints)
    steps = {device.node: step for step, group in enumerate(groups(plan.changed, joints)) for device in group}
    with transaction.atomic():
        record = PlanRecord.objects.create(
            checksum=plan.full_checksum,
            title=around.title,
            undoes=around.undoes,
            who=around.author.who,
            door=around.author.door,
            at=around.at,
            missed=[dict(one) for one in around.missed],
            joints=[[*one.mine, *one.yours] for one in joints if one.mine[0] in steps and one.yours[0] in steps],
            breaches=[{"node": one.node, "sentence": one.sentence} for one in around.breaches],
            job_id=around.job,
        )
        PlannedDevice.objects.bulk_create(
            _row(record, device, around.sites.get(device.node, ""), step=steps.get(device.node))
            for device in plan.devices
        )
    return record


def _row(record: PlanRecord, device: DevicePlan, site: str, *, step: int | None) -> PlannedDevice:
    return PlannedDevice(
        plan=record,
        node=device.node,
        site=site,
        driver=device.driver,
        text=device.text if step is not None else "",
        before_text=device.before_text if step is not None else "",
        diff=device.diff if step is not None else "",
        undo_timer=device.abilities.undo_timer,
        lines_added=device.lines_added,
        lines_removed=device.lines_removed,
        sessions_before=device.sessions_before,
        sessions_removed=list(device.sessions_removed),
        together=step or 0,
        still_wanted=still_wanted_tree(device.still_wanted),
    )


def still_wanted_tree(wanted: StillWanted) -> dict[str, list[list[Any]]]:
    """Return what verification insists on as plain lists."""
    return {
        "sessions": sorted([vrf, str(address)] for vrf, address in wanted.sessions),
        "neighbours": sorted([*key] for key in wanted.neighbours),
    }


def still_wanted_from(tree: Mapping[str, Any]) -> StillWanted:
    """Return what `still_wanted_tree` was made of."""
    return StillWanted(
        sessions=frozenset((vrf, ip_address(address)) for vrf, address in tree.get("sessions", ())),
        neighbours=frozenset((version, port, router) for version, port, router in tree.get("neighbours", ())),
    )


def plan_of(rows: Iterable[PlannedDevice], abilities: Callable[[str], Abilities]) -> Plan:
    """Return the plan that was put down; `abilities` are those of a driver's name."""
    return Plan(
        devices=tuple(
            DevicePlan(
                node=row.node,
                driver=row.driver,
                text=row.text,
                before_text=row.before_text,
                diff=row.diff,
                abilities=abilities(row.driver),
                sessions_before=row.sessions_before,
                sessions_removed=tuple(row.sessions_removed),
                still_wanted=still_wanted_from(row.still_wanted),
            )
            for row in rows
        )
    )


def joints_of(record: PlanRecord) -> tuple[Joint, ...]:
    """Return what has to change together."""
    return tuple(Joint(mine=(one, port), yours=(other, far)) for one, port, other, far in record.joints)


def get(number: int) -> PlanRecord:
    """Return the plan of that number, its jobs with it. One query.

    :raises NoSuchPlan:
    """
    try:
        return PlanRecord.objects.select_related("job", "rollout").get(pk=number)
    except PlanRecord.DoesNotExist as error:
        raise NoSuchPlan(f"no plan {number} is on record") from error


def of_checksum(checksum: str) -> PlanRecord | None:
    """Return the latest plan of this checksum that nobody has applied. One query."""
    return PlanRecord.objects.filter(checksum=checksum, applied_at=None).order_by("-pk").first()


def take(number: int, *, at: datetime) -> bool:
    """Let the plan be applied, once; False: it was before."""
    return bool(PlanRecord.objects.filter(pk=number, applied_at=None).update(applied_at=at))


def rolled_out_by(number: int, job: int) -> None:
    """Put down which job applies a plan that was taken, unless one does already."""
    PlanRecord.objects.filter(pk=number, rollout=None).exclude(applied_at=None).update(rollout=job)


def belongs_to(number: int, job: int) -> bool:
    """Say whether the plan is that job's to apply; one that was taken and has no job yet becomes its."""
    rolled_out_by(number, job)
    return PlanRecord.objects.filter(pk=number, rollout=job).exists()


def records(sites: Iterable[str] | None = None) -> QuerySet[PlanRecord]:
    """Return the plans, the latest first; with `sites` those that touch a router at one of them."""
    rows = PlanRecord.objects.order_by("-pk").defer("joints", "missed")
    return rows if sites is None else rows.filter(devices__site__in=list(sites)).distinct()


def is_at(record: PlanRecord, sites: Iterable[str]) -> bool:
    """Say whether a router of the plan is at one of `sites`. One query."""
    return record.devices.filter(site__in=list(sites)).exists()


def devices_of(record: PlanRecord, sites: Iterable[str] | None = None) -> tuple[PlannedDevice, ...]:
    """Return the routers of a plan by name, with `sites` those at one of them. One query."""
    return tuple(_devices(record, sites))


def shown_devices(record: PlanRecord, sites: Iterable[str] | None = None) -> tuple[PlannedDevice, ...]:
    """Return the same without the texts: a plan may have a thousand routers. One query."""
    return tuple(_devices(record, sites).defer("text", "before_text", "still_wanted"))


def changed_at(record: PlanRecord) -> dict[str, int]:
    """Return how many routers of a plan would change, by site. One query."""
    rows = record.devices.exclude(diff="").values("site").annotate(count=Count("pk")).order_by("site")
    return {row["site"]: row["count"] for row in rows}


def _devices(record: PlanRecord, sites: Iterable[str] | None) -> QuerySet[PlannedDevice]:
    rows = record.devices.order_by("node")
    return rows if sites is None else rows.filter(site__in=list(sites))


def part_of(record: PlanRecord, node: str) -> PlannedDevice | None:
    """Return one router's part of a plan. One query."""
    return record.devices.filter(node=node).first()
