"""Job rows: put down, claimed by conditional update, ended, and given up when their worker died."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Length
from django.db.models.lookups import LessThan

from hanse.store.job_states import HOLDING, OPEN, JobEvent, JobState, step
from hanse.store.models import Job, WantedObject

LONGEST_LINE: Final = 200  # characters of what is shown as progress
LONGEST_LOG: Final = 100_000  # characters; each line rewrites the text
ENOUGH: Final = "(the log is long enough: what follows is not kept)\n"


def put_down(
    *,
    kind: str,
    device: str,
    arguments: Mapping[str, Any],
    who: str,
    at: datetime,
    time_limit: timedelta | None = None,
    schedule: str = "",
    retry_of: int | None = None,
) -> Job:
    """Put a job into the queue; it counts as carried, for whoever does this carries it."""
    return Job.objects.create(
        kind=kind,
        device=device,
        arguments=dict(arguments),
        who=who,
        created_at=at,
        carried_at=at,
        time_limit=time_limit,
        schedule=schedule,
        retry_of_id=retry_of,
    )


def put_down_alone(*, schedule: str, **words: Any) -> Job | None:
    """Put a job of `schedule` into the queue; None if one of that schedule is queued or runs."""
    if Job.objects.filter(schedule=schedule, state__in=OPEN).exists():
        return None
    try:
        with transaction.atomic():
            return put_down(schedule=schedule, **words)
    except IntegrityError:
        return None


def get(pk: int) -> Job:
    """Return the job of that number."""
    return Job.objects.get(pk=pk)


def find(pk: int) -> Job | None:
    """Return the job of that number, None if there is none. One query."""
    return Job.objects.filter(pk=pk).first()


def all_jobs() -> QuerySet[Job]:
    """Return every job, the newest first."""
    return Job.objects.order_by("-pk")


def of(who: str, *, sites: Iterable[str]) -> QuerySet[Job]:
    """Return the jobs that `who` asked for and those about one router at one of `sites`, the newest first."""
    there = WantedObject.objects.filter(kind="nodes", body__site__in=list(sites)).values("name")
    return all_jobs().filter(Q(device__in=there) | Q(who=who))


def sites_of(devices: Iterable[str]) -> dict[str, str]:
    """Return the site of each of `devices` that is wanted. One query."""
    rows = WantedObject.objects.filter(kind="nodes", name__in=list(devices)).values_list("name", "body__site")
    return dict(rows)


def next_in_line(job: Job) -> Job | None:
    """Return the job whose turn it is where the number of `job` was carried: of its device the oldest, else itself."""
    if not job.device:
        return job if JobState(job.state) is JobState.QUEUED else None
    return Job.objects.filter(device=job.device, state=JobState.QUEUED).order_by("pk").first()


def claim(job: Job, *, worker: str, at: datetime) -> bool:
    """Become the one who runs `job`; False if another does or did, or another job runs on its device."""
    if JobState(job.state) is not JobState.QUEUED:
        return False
    try:
        with transaction.atomic():
            return _move(job, JobEvent.CLAIMED, worker=worker, started_at=at, heartbeat_at=at)
    except IntegrityError:
        return False


def is_busy(device: str) -> bool:
    """Say whether a job runs on `device`."""
    return Job.objects.filter(device=device, state__in=HOLDING).exists()


def put_aside(job: Job) -> None:
    """Note that nobody carries the number of `job`: whoever ends the job that runs on its device does it again."""
    Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(carried_at=None)


def take_up(job: Job, *, at: datetime) -> bool:
    """Become the one who carries the number of `job` again; False if somebody else does."""
    same = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, carried_at=job.carried_at)
    return bool(same.update(carried_at=at))


def aside_on(device: str) -> Job | None:
    """Return the oldest job for `device` that nobody carries."""
    return Job.objects.filter(device=device, state=JobState.QUEUED, carried_at=None).order_by("pk").first()


def forgotten(*, before: datetime, at_most: int) -> tuple[Job, ...]:
    """Return queued jobs whose device is free and that nobody carries, or that were given to the engine `before`."""
    taken = Job.objects.filter(state__in=HOLDING).exclude(device="").values("device")
    rows = Job.objects.filter(state=JobState.QUEUED).filter(Q(carried_at=None) | Q(carried_at__lt=before))
    return tuple(rows.exclude(device__in=taken).order_by("pk")[:at_most])


def end(job: Job, event: JobEvent, *, result: Any, at: datetime) -> bool:
    """Put down how `job` ended; False if it was given up for lost meanwhile."""
    if _move(job, event, result=result, ended_at=at):
        return True
    now = find(job.pk)
    if now is None or JobState(now.state) is not JobState.OVERDUE or now.worker != job.worker:
        return False
    return _move(now, event, ended_at=at)  # what it says comes too late: that it was overdue stays its result


def _move(job: Job, event: JobEvent, **changes: Any) -> bool:
    after = step(JobState(job.state), event)
    rows = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker)
    if not rows.update(state=after.value, **changes):
        return False
    for name, value in {**changes, "state": after.value}.items():
        setattr(job, name, value)
    return True


def tell(job: Job, line: str, *, at: datetime) -> None:
    """Add a line to the job's log while that is not too long; it is its progress too, and a sign of life."""
    text = TextField()
    log = Case(
        When(log__endswith=ENOUGH, then="log"),
        When(LessThan(Length("log"), LONGEST_LOG), then=Concat("log", Value(f"{line}\n", text), output_field=text)),
        default=Concat("log", Value(ENOUGH, text), output_field=text),
        output_field=text,
    )
    Job.objects.filter(pk=job.pk).update(log=log, progress=line[:LONGEST_LINE], heartbeat_at=at)


def count(job: Job, done: int, total: int, *, at: datetime) -> None:
    """Put down how far the job is; a sign of life too."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, heartbeat_at=at)


def pulse(job: Job, *, at: datetime) -> None:
    """Say that the worker lives."""
    Job.objects.filter(pk=job.pk, worker=job.worker, state__in=HOLDING).update(heartbeat_at=at)


def ask_to_stop(job: Job, *, who: str) -> bool:
    """Ask a running job to stop; False if it does not run, or was asked already."""
    rows = Job.objects.filter(pk=job.pk, state__in=HOLDING, stop_asked_by="")
    return bool(rows.update(stop_asked_by=who))


def stop_asked_by(job: Job) -> str:
    """Return who asked the job to stop; empty: nobody. One query."""
    return Job.objects.filter(pk=job.pk).values_list("stop_asked_by", flat=True).first() or ""


def give_up(job: Job, *, result: Any) -> bool:
    """Give a running job up: it did not stop. Its device stays taken until its worker lets go or dies."""
    return JobState(job.state) is JobState.RUNNING and _move(job, JobEvent.TIME_RAN_OUT, result=result)


def running_of(worker: str) -> tuple[int, ...]:
    """Return the numbers of the jobs that `worker` runs, without those it cannot get rid of."""
    rows = Job.objects.filter(state=JobState.RUNNING, worker=worker)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def attempts(job: Job) -> int:
    """Return how many jobs `job` repeats, one after the other, and itself. A query each."""
    number, before = 1, job.retry_of
    while before is not None:
        number, before = number + 1, before.retry_of
    return number


def newest_of(kind: str) -> Job | None:
    """Return the job of that kind that was put down last."""
    return Job.objects.filter(kind=kind).order_by("-pk").first()


def overdue_of(worker: str) -> tuple[int, ...]:
    """Return the numbers of the jobs that `worker` cannot get rid of."""
    rows = Job.objects.filter(state=JobState.OVERDUE, worker=worker)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def give_up_lost(is_lost: Callable[[Job], bool], *, at: datetime) -> tuple[Job, ...]:
    """Mark the running jobs that nobody runs any more as lost: they are never repeated blindly. Return them."""
    running = Job.objects.filter(state__in=HOLDING).order_by("pk")
    return tuple(job for job in running if is_lost(job) and _move(job, JobEvent.WORKER_DIED, ended_at=at))


def cancel(job: Job, *, at: datetime) -> bool:
    """Take a job out of the queue; False if it has begun."""
    return JobState(job.state) is JobState.QUEUED and _move(job, JobEvent.CANCELLED, ended_at=at)
