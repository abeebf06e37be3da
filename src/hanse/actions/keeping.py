"""What workers do besides their jobs: lost work is found, waiting work is carried, schedules are fired."""

import logging
from datetime import datetime, timedelta
from typing import Final

from hanse.actions.job_kinds.table import KINDS
from hanse.actions.jobs import again
from hanse.actions.running_jobs import carry_next, is_lost
from hanse.actions.schedules import TIMER, ensure_usual, fire_due
from hanse.actions.workers import is_gone, me
from hanse.actions.world import World
from hanse.store import deployments, jobs, workers
from hanse.store.job_states import JobState
from hanse.store.models import Job

ATTEMPTS: Final = 3  # of a job that is safe to repeat, if its workers die; perhaps it is the job that kills them
FORGOTTEN: Final = timedelta(seconds=60)  # after which the number of a queued job is carried again
AT_MOST: Final = 200  # numbers carried again in one round
SETTLING: Final = timedelta(seconds=60)  # between two looks at what a lost worker left on routers
LOG: Final = logging.getLogger(__name__)


def keep(*, world: World, since: datetime) -> None:
    """Do one round. Any number of workers may do it at once: each step is taken by the first.

    `since` is when this worker began to watch without a break: who is silent on another machine is judged by no more,
    for after an outage of the database everybody was silent.
    """
    at = world.clock.now()
    workers.pulse(me(), at=at)
    give_up_lost(world=world, since=since)
    settle_what_is_left(world=world, since=since)
    carry_forgotten(world=world)
    fire_due(world=world)


def give_up_lost(*, world: World, since: datetime) -> tuple[Job, ...]:
    """Mark the jobs of dead workers as lost, and ask for those once more that are safe to repeat. Return the lost."""
    at = world.clock.now()
    lost = jobs.give_up_lost(lambda job: is_lost(job, since, at), at=at)
    for job in lost:
        LOG.warning("job %s (%s %s) is %s: its worker is gone", job.pk, job.kind, job.device, job.state)
        kind = KINDS.get(job.kind)
        if kind and kind.safe_to_repeat and JobState(job.state) is JobState.LOST and jobs.attempts(job) < ATTEMPTS:
            again(job, who=job.who, world=world)
        if job.device:
            carry_next(job.device, world)
    return lost


def settle_what_is_left(*, world: World, since: datetime) -> int | None:
    """Ask for a job that looks at the deployments whose worker died, if there are any; return its number."""
    at = world.clock.now()
    if not any(is_gone(one.worker, max(one.heartbeat_at, since), at) for one in deployments.open_deployments()):
        return None
    last = jobs.newest_of("settle")
    if last is not None and at - last.created_at < SETTLING:
        return None
    job = jobs.put_down_alone(
        schedule="settle",
        kind="settle",
        device="",
        arguments={},
        who=TIMER,
        at=at,
        time_limit=KINDS["settle"].time_limit,
    )
    if job is None:
        return None
    world.carry(job.pk)
    return job.pk


def carry_forgotten(*, world: World) -> tuple[int, ...]:
    """Carry the numbers again that an engine or a dead worker may have lost; return them."""
    at = world.clock.now()
    found = jobs.forgotten(before=at - FORGOTTEN, at_most=AT_MOST)
    taken = tuple(job.pk for job in found if jobs.take_up(job, at=at))
    for number in taken:
        world.carry(number)
    return taken


def sign_in(*, threads: int, at: datetime) -> None:
    """Begin as a worker: from now on others can see that somebody works. The usual schedules are seen to."""
    workers.sign_in(me(), threads=threads, at=at)
    ensure_usual(at=at)


def sign_out() -> None:
    """End as a worker."""
    workers.sign_out(me())


def alive(*, at: datetime) -> tuple[workers.WorkerSign, ...]:
    """Return the workers that live. One query."""
    return tuple(one for one in workers.signs() if not is_gone(one.name, one.heartbeat_at, at))


def hangs(worker: str) -> bool:
    """Say whether `worker` has a job that it cannot get rid of. One query."""
    return bool(jobs.overdue_of(worker))


def runs(worker: str) -> bool:
    """Say whether `worker` runs a job that it may still get rid of. One query."""
    return bool(jobs.running_of(worker))
