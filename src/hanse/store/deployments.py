"""Deployment rows: begun together or not at all, taken over from a dead worker, and read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from hanse.deploy.plan import DevicePlan
from hanse.deploy.stages import OPEN, Event, Stage
from hanse.network.errors import OutsideError, WantedError
from hanse.store.audit import Author
from hanse.store.durable import durable
from hanse.store.models import Deployment, DeploymentStep
from hanse.store.standings import note_deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A deployment as it stands on record, without its texts."""

    name: str
    node: str
    stage: Stage
    outcome: str
    who: str
    door: str
    created_at: datetime
    ended_at: datetime | None


class AlreadyDeploying(OutsideError):
    """Another deployment is open on the router: wait for its end, or `hanse undo` it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """On whose behalf routers are claimed, for which plan on record (its number; None: none), and by which process."""

    author: Author
    worker: str
    at: datetime
    checksum: str
    plan: int | None = None
    by_hand: bool = False
    sites: Mapping[str, str] = field(default_factory=dict)  # by node


class NoSuchDeployment(WantedError):
    """No deployment of that name is on record, or it is not for this person to see."""


LARGE: Final = ("text", "before_text", "diff", "checks_before", "checks_after")
WORDS: Final = tuple(one.name for one in fields(Deployed))


def begin(devices: Iterable[DevicePlan], claim: Claim) -> dict[str, Deployment]:
    """Put down one planned deployment a device, all or none, and return them by node.

    The unique constraint on open deployments is the claim: from here on nobody else touches these routers.

    :raises AlreadyDeploying:
    """
    planned = tuple(devices)
    try:
        with durable(), transaction.atomic():
            rows = {device.node: _row(device, claim) for device in planned}
            for node, row in rows.items():
                note_deployment(node, row.name, row.stage, row.created_at)
            return rows
    except IntegrityError as error:
        nodes = [device.node for device in planned]
        busy = Deployment.objects.filter(stage__in=OPEN, node__in=nodes).order_by("node")
        told = ", ".join(f"{row.node} ({row.stage} since {row.created_at:%H:%M:%S} by {row.who})" for row in busy)
        raise AlreadyDeploying(f"being deployed already: {told or 'one of these routers'}") from error


def _row(device: DevicePlan, claim: Claim) -> Deployment:
    return Deployment.objects.create(
        name=f"{device.node.replace('.', '-')}-{claim.at:%Y%m%d-%H%M%S}-{token_hex(3)}",
        node=device.node,
        site=claim.sites.get(device.node, ""),
        driver=device.driver,
        plan_id=claim.plan,
        by_hand=claim.by_hand,
        checksum=claim.checksum,
        text=device.text,
        diff=device.diff,
        before_text=device.before_text,
        who=claim.author.who,
        door=claim.author.door,
        created_at=claim.at,
        worker=claim.worker,
        heartbeat_at=claim.at,
    )


def open_deployments(nodes: Iterable[str] | None = None) -> tuple[Deployment, ...]:
    """Return the open deployments, on `nodes` only if given, the oldest first. One query."""
    rows = Deployment.objects.filter(stage__in=OPEN)
    if nodes is not None:
        rows = rows.filter(node__in=list(nodes))
    return tuple(rows.order_by("pk"))


def take_over(deployment: Deployment, *, worker: str, at: datetime) -> bool:
    """Become the worker of an open deployment; False if its record moved meanwhile."""
    same = Deployment.objects.filter(
        pk=deployment.pk, stage=deployment.stage, worker=deployment.worker, heartbeat_at=deployment.heartbeat_at
    )
    return bool(same.update(worker=worker, heartbeat_at=at))


def release(names: Iterable[str], *, worker: str) -> None:
    """Let go of what is still open: from now on nobody drives it, and whoever comes next may settle it."""
    Deployment.objects.filter(name__in=list(names), stage__in=OPEN, worker=worker).update(worker="")


def last_kept(node: str) -> Deployment | None:
    """Return the deployment whose text the router is to run: the last one kept."""
    return Deployment.objects.filter(node=node, stage=Stage.KEPT).order_by("-ended_at", "-pk").first()


def last_kept_texts() -> dict[str, str]:
    """Return the text that was last kept on each router, by node. One query."""
    rows = Deployment.objects.filter(stage=Stage.KEPT).order_by("ended_at", "pk").values_list("node", "text")
    return dict(rows)


def last_kept_at() -> dict[str, datetime]:
    """Return when the text that was last kept on each router was written, by node. One query.

    That is before any secret in it was read: one that is given another value from then on is not in it for sure.
    """
    rows = Deployment.objects.filter(stage=Stage.KEPT).order_by().values_list("node").annotate(Max("created_at"))
    return dict(rows)


def last_of_each() -> dict[str, Deployed]:
    """Return each router's latest deployment. One query."""
    rows = Deployment.objects.values_list(*WORDS).order_by("created_at", "pk")
    return {row[1]: _deployed(row) for row in rows}


def steps_of(deployment: Deployment) -> tuple[DeploymentStep, ...]:
    """Return what happened to `deployment`, in order. One query."""
    return tuple(deployment.steps.order_by("pk"))


def by_name(name: str) -> Deployed:
    """Return the deployment of that name. One query."""
    return _deployed(Deployment.objects.values_list(*WORDS).get(name=name))


def open_ones(nodes: Iterable[str]) -> tuple[Deployed, ...]:
    """Return the open deployments on `nodes`, the oldest first. One query."""
    rows = Deployment.objects.filter(stage__in=OPEN, node__in=list(nodes)).order_by("pk")
    return tuple(map(_deployed, rows.values_list(*WORDS)))


def records(sites: Iterable[str] | None = None) -> QuerySet[Deployment]:
    """Return the deployments without their texts, the latest first; with `sites` those on routers that were there."""
    rows = Deployment.objects.order_by("-pk").defer(*LARGE)
    return rows if sites is None else rows.filter(site__in=list(sites))


def row(name: str) -> Deployment:
    """Return the deployment of that name, with its texts. One query.

    :raises NoSuchDeployment:
    """
    try:
        return Deployment.objects.select_related("plan__rollout").get(name=name)
    except Deployment.DoesNotExist as error:
        raise NoSuchDeployment(f"no deployment is called {name}") from error


def of_plan(number: int) -> QuerySet[Deployment]:
    """Return the deployments of a plan without their texts, in the order in which they were put down."""
    return Deployment.objects.filter(plan=number).order_by("pk").defer(*LARGE)


def speak(deployment: Deployment, *, word: str, who: str) -> bool:
    """Put down what somebody says about an open deployment; False: it has ended, or somebody spoke before.

    That it is to be undone may be said after that it is to be kept.
    """
    rows = Deployment.objects.filter(pk=deployment.pk, stage__in=OPEN)
    rows = rows.exclude(word="undo") if word == "undo" else rows.filter(word="")
    return bool(rows.update(word=word, word_by=who))


def steps_of_plan(number: int, *, at_most: int) -> tuple[DeploymentStep, ...]:
    """Return what happened last to the deployments of a plan, in order. One query."""
    return tuple(DeploymentStep.objects.filter(deployment__plan=number).order_by("-pk")[:at_most])[::-1]


def harms_of_plan(number: int) -> dict[int, str]:
    """Return why deployments of a plan were condemned, by their numbers. One query."""
    rows = DeploymentStep.objects.filter(deployment__plan=number, event__in=[Event.HARMFUL, Event.COMMIT_FAILED])
    return dict(rows.order_by("pk").values_list("deployment", "detail"))


def _deployed(row: tuple[Any, ...]) -> Deployed:
    words = dict(zip(WORDS, row, strict=True))
    return Deployed(**{**words, "stage": Stage(words["stage"])})
