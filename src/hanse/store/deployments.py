"""Deployment rows: begun together or not at all, taken over from a dead worker, and read."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from django.db import IntegrityError, transaction

from hanse.deploy.plan import DevicePlan
from hanse.deploy.stages import OPEN, Stage
from hanse.network.errors import OutsideError
from hanse.store.audit import Author
from hanse.store.models import Deployment, DeploymentStep


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


WORDS: Final = tuple(field.name for field in fields(Deployed))


def begin(
    devices: Iterable[DevicePlan], *, checksum: str, author: Author, worker: str, at: datetime
) -> dict[str, Deployment]:
    """Put down one planned deployment a device, all or none, and return them by node.

    The unique constraint on open deployments is the claim: from here on nobody else touches these routers.

    :raises AlreadyDeploying:
    """
    planned = tuple(devices)
    try:
        with transaction.atomic():
            return {device.node: _row(device, checksum, author, worker, at) for device in planned}
    except IntegrityError as error:
        busy = Deployment.objects.filter(stage__in=OPEN, node__in=[device.node for device in planned])
        told = ", ".join(f"{row.node} ({row.stage} since {row.created_at:%H:%M:%S} by {row.who})" for row in busy)
        raise AlreadyDeploying(f"being deployed already: {told or 'one of these routers'}") from error


def _row(device: DevicePlan, checksum: str, author: Author, worker: str, at: datetime) -> Deployment:
    return Deployment.objects.create(
        name=f"{device.node.replace('.', '-')}-{at:%Y%m%d-%H%M%S}-{token_hex(3)}",
        node=device.node,
        driver=device.driver,
        checksum=checksum,
        text=device.text,
        diff=device.diff,
        before_text=device.before_text,
        who=author.who,
        door=author.door,
        created_at=at,
        worker=worker,
        heartbeat_at=at,
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


def _deployed(row: tuple[Any, ...]) -> Deployed:
    words = dict(zip(WORDS, row, strict=True))
    return Deployed(**{**words, "stage": Stage(words["stage"])})
