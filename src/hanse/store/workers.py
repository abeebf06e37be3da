"""Worker processes, as they say that they live."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.store.models import Worker

KEPT: Final = timedelta(hours=1)  # after its last sign of life


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSign:
    """A worker's last sign of life."""

    name: str  # host:pid:start
    threads: int
    started_at: datetime
    heartbeat_at: datetime


def sign_in(name: str, *, threads: int, at: datetime) -> None:
    """Put a worker down, and forget those that were silent for long."""
    Worker.objects.filter(heartbeat_at__lt=at - KEPT).delete()
    Worker.objects.update_or_create(name=name, defaults={"threads": threads, "started_at": at, "heartbeat_at": at})


def pulse(name: str, *, at: datetime) -> None:
    """Say that the worker lives."""
    Worker.objects.filter(name=name).update(heartbeat_at=at)


def sign_out(name: str) -> None:
    """Forget a worker."""
    Worker.objects.filter(name=name).delete()


def signs() -> tuple[WorkerSign, ...]:
    """Return every worker's last sign of life, the latest first. One query."""
    words = ("name", "threads", "started_at", "heartbeat_at")
    return tuple(WorkerSign(**row) for row in Worker.objects.order_by("-heartbeat_at").values(*words))
