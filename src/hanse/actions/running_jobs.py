"""Running a job whose number was carried to this worker: once, one a device, within its time limit."""

import logging
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from hanse.actions.job_kinds.kind import Outcome, RunningJob, StopAsked
from hanse.actions.jobs import kind_of
from hanse.actions.workers import is_gone, me
from hanse.actions.world import World
from hanse.network.errors import HanseError
from hanse.store import jobs
from hanse.store.job_states import JobEvent
from hanse.store.journal import close_own_connection
from hanse.store.models import Job
from hanse.store.outages import OUTAGES, through_outage

PULSE: Final = 5.0  # seconds between two signs of life
GRACE: Final = timedelta(seconds=60)  # that a job has to stop, once its time limit asked it to
CLOCK: Final = "its time limit"  # who asks a job to stop that takes too long
HERE: Final[set[tuple[int, int]]] = set()  # the jobs that this process runs or is claiming: number, thread
LOG: Final = logging.getLogger(__name__)


class Ran(Enum):
    """What came of a number that was carried here."""

    ENDED = auto()
    BUSY = auto()  # another job runs on the device: whoever ends that carries the next
    NOT_OURS = auto()  # it has ended already, or another worker runs it


def run(number: int, *, world: World) -> Ran:
    """Run the job, or that whose turn it is on the same device. How it ended is on record; nothing is raised for it."""
    claimed = _claim(number, world)
    if not isinstance(claimed, Job):
        return claimed
    try:
        with _pulse(claimed, world):
            event, result = _outcome(claimed, world)
        through_outage(lambda: jobs.end(claimed, event, result=result, at=world.clock.now()))
    finally:
        HERE.discard((claimed.pk, threading.get_ident()))
    if claimed.device:
        through_outage(lambda: carry_next(claimed.device, world))
    return Ran.ENDED


def _claim(number: int, world: World) -> Job | Ran:
    """Claim, or leave a note for whoever runs on the device that a number came in vain."""
    while True:
        carried = jobs.find(number)
        job = jobs.next_in_line(carried) if carried else None
        if job is None:
            return Ran.NOT_OURS
        if _claim_here(job, world):
            return job
        if not job.device:
            return Ran.NOT_OURS
        jobs.put_aside(job)
        if jobs.is_busy(job.device):  # asked after the note: whoever ends there from now on sees it
            return Ran.BUSY


def _claim_here(job: Job, world: World) -> bool:
    mark = (job.pk, threading.get_ident())  # two threads may claim the same job, and one fails
    HERE.add(mark)
    claimed = False
    try:
        claimed = jobs.claim(job, worker=me(), at=world.clock.now())
    finally:
        if not claimed:
            HERE.discard(mark)
    return claimed


def is_lost(job: Job, since: datetime, now: datetime) -> bool:
    """Say whether nobody runs `job` any more: its worker is gone, or is this one, which could not put down its end.

    Silence of a worker on another machine counts from `since`.
    """
    if job.worker == me():
        return all(number != job.pk for number, _ in HERE.copy())
    return is_gone(job.worker, max(job.heartbeat_at or job.created_at, since), now)


def carry_next(device: str, world: World) -> None:
    """Carry the next job for a device that has become free, if its number came in vain before."""
    waiting = jobs.aside_on(device)
    if waiting is not None and jobs.take_up(waiting, at=world.clock.now()):
        world.carry(waiting.pk)


def _outcome(row: Job, world: World) -> tuple[JobEvent, Mapping[str, Any]]:
    running = RunningJob(row, world.clock)
    try:
        outcome = kind_of(row.kind).run(running, world)
    except StopAsked as asked:
        return JobEvent.STOPPED, {"sentence": str(asked)}
    except HanseError as error:
        sentence = str(error)
    except OUTAGES as error:
        LOG.warning("job %s failed with the database: %s", row.pk, error)
        sentence = f"the database did not answer: {error}"
    except Exception as error:
        LOG.exception("job %s failed: this is a mistake in Hanse", row.pk)
        sentence = f"a mistake in Hanse: {type(error).__name__}: {error}"
    else:
        return _event(outcome), outcome.result
    through_outage(lambda: running.tell(sentence))
    return JobEvent.FAILED, {"error": sentence}


def _event(outcome: Outcome) -> JobEvent:
    if outcome.stopped:
        return JobEvent.STOPPED
    return JobEvent.FINISHED if outcome.is_well else JobEvent.FAILED


@contextmanager
def _pulse(job: Job, world: World) -> Generator[None]:
    """Say from a thread that the worker lives, while it waits for a device; and watch the time limit."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, world, over), name=f"pulse of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(job: Job, world: World, over: threading.Event) -> None:
    while not over.wait(PULSE):
        try:
            _sign_of_life(job, world.clock.now())
        except OUTAGES as error:
            LOG.warning("job %s cannot say that it lives: %s", job.pk, error)
            close_own_connection()
    close_own_connection()


def _sign_of_life(job: Job, now: datetime) -> None:
    jobs.pulse(job, at=now)
    if job.time_limit is None or job.started_at is None:
        return
    late = now - job.started_at - job.time_limit
    if late > timedelta(0) and jobs.ask_to_stop(job, who=CLOCK):
        jobs.tell(job, f"asked to stop: it takes longer than {job.time_limit}", at=now)
    if late > GRACE and jobs.give_up(jobs.get(job.pk), result={"error": f"it took longer than {job.time_limit}"}):
        LOG.error("job %s does not stop; its worker ends once nothing else runs in it", job.pk)
