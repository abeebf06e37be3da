"""Job rows: put down, claimed by conditional update, ended, and given up when their worker died."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from hanse.store.job_states import JobEvent, JobState, step
from hanse.store.models import Job


def put_down(*, kind: str, device: str, arguments: Mapping[str, Any], who: str, at: datetime) -> Job:
    """Put a job into the queue."""
    return Job.objects.create(kind=kind, device=device, arguments=dict(arguments), who=who, created_at=at)


def get(pk: int) -> Job:
    """Return the job of that number."""
    return Job.objects.get(pk=pk)


def claim(job: Job, *, worker: str, at: datetime) -> bool:
    """Become the one who runs `job`; False if another does or did, or another job runs on its device."""
    if JobState(job.state) is not JobState.QUEUED:
        return False
    try:
        with transaction.atomic():
            return _move(job, JobEvent.CLAIMED, worker=worker, started_at=at, heartbeat_at=at)
    except IntegrityError:
        return False


def end(job: Job, event: JobEvent, *, result: Any, at: datetime) -> bool:
    """Put down how `job` ended; False if it was given up for lost meanwhile."""
    return _move(job, event, result=result, ended_at=at)


def _move(job: Job, event: JobEvent, **changes: Any) -> bool:
    after = step(JobState(job.state), event)
    rows = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker)
    if not rows.update(state=after.value, **changes):
        return False
    job.refresh_from_db()
    return True


def tell(job: Job, line: str, *, at: datetime) -> None:
    """Add a line to the job's log; it is its progress too, and a sign of life."""
    log = Concat("log", Value(f"{line}\n"))
    Job.objects.filter(pk=job.pk).update(log=log, progress=line[:200], heartbeat_at=at)


def pulse(job: Job, *, at: datetime) -> None:
    """Say that the worker lives."""
    Job.objects.filter(pk=job.pk, worker=job.worker, state=JobState.RUNNING).update(heartbeat_at=at)


def give_up_lost(is_gone: Callable[[str, datetime, datetime], bool], *, at: datetime) -> tuple[Job, ...]:
    """Mark the running jobs whose worker is gone as lost: they are never repeated blindly. Return them."""
    running = Job.objects.filter(state=JobState.RUNNING).order_by("pk")
    return tuple(
        job
        for job in running
        if is_gone(job.worker, job.heartbeat_at or job.created_at, at) and _move(job, JobEvent.WORKER_DIED, ended_at=at)
    )


def cancel(job: Job, *, at: datetime) -> bool:
    """Take a job out of the queue; False if it has begun."""
    return JobState(job.state) is JobState.QUEUED and _move(job, JobEvent.CANCELLED, ended_at=at)


def by_numbers(numbers: list[int]) -> tuple[Job, ...]:
    """Return the jobs of these numbers, in order. One query."""
    return tuple(Job.objects.filter(pk__in=numbers).order_by("pk"))
