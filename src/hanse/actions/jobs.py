"""Work for a worker: one row a job. What a job does is an action like any other, on behalf of who asked for it."""

import logging
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, Final

from hanse.actions.applying import Insistence
from hanse.actions.configuring import configure
from hanse.actions.polling import poll
from hanse.actions.workers import is_gone, me
from hanse.actions.world import World
from hanse.monitor.look import Unanswered
from hanse.network.errors import HanseError
from hanse.store import jobs
from hanse.store.audit import Author
from hanse.store.job_states import JobEvent, JobState
from hanse.store.journal import close_own_connection
from hanse.store.models import Job

PULSE: Final = 10.0  # seconds between two signs of life
LOG: Final = logging.getLogger(__name__)


class Ran(Enum):
    """What came of an attempt to run a job."""

    ENDED = auto()
    BUSY = auto()  # another job runs on the device: try again later
    NOT_OURS = auto()  # it has ended already, or another worker runs it


def enqueue(*, kind: str, device: str, arguments: Mapping[str, Any], author: Author, world: World) -> int:
    """Put a job down and return its number, to be carried to a worker."""
    job = jobs.put_down(kind=kind, device=device, arguments=arguments, who=author.who, at=world.clock.now())
    return job.pk


def run(number: int, *, world: World) -> Ran:
    """Run a job and put down how it ended. A job that fails is on record; nothing is raised for it."""
    jobs.give_up_lost(is_gone, at=world.clock.now())
    job = jobs.get(number)
    if JobState(job.state) is not JobState.QUEUED:
        return Ran.NOT_OURS
    if not jobs.claim(job, worker=f"{me()}", at=world.clock.now()):
        return Ran.BUSY
    with _pulse(job, world):
        event, result = _outcome(job, world)
    jobs.end(job, event, result=result, at=world.clock.now())
    return Ran.ENDED


def _outcome(job: Job, world: World) -> tuple[JobEvent, Any]:
    try:
        is_well, result = KINDS[job.kind](job, world)
    except HanseError as error:
        jobs.tell(job, str(error), at=world.clock.now())
        return JobEvent.FAILED, {"error": str(error)}
    except Exception as error:
        LOG.exception("job %s failed: this is a mistake in Hanse", job.pk)
        return JobEvent.FAILED, {"error": f"a mistake in Hanse: {type(error).__name__}: {error}"}
    return JobEvent.FINISHED if is_well else JobEvent.FAILED, result


def _poll(job: Job, world: World) -> tuple[bool, Any]:
    (polled,) = poll(world=world, limit=[job.device])
    for happening in polled.happenings:
        jobs.tell(job, str(happening), at=world.clock.now())
    if isinstance(polled.look, Unanswered):
        return False, {"error": polled.look.reason}
    return True, {"changes": [str(happening) for happening in polled.happenings]}


def _configure(job: Job, world: World) -> tuple[bool, Any]:
    author = Author(who=job.who, door="job")
    (configured,) = configure(world=world, limit=[job.device], insistence=Insistence(**job.arguments), author=author)
    jobs.tell(job, configured.sentence, at=world.clock.now())
    return configured.is_well, {"sentence": configured.sentence}


KINDS: Final[Mapping[str, Callable[[Job, World], tuple[bool, Any]]]] = {"poll": _poll, "configure": _configure}


@contextmanager
def _pulse(job: Job, world: World) -> Generator[None]:
    """Say from a thread that the worker lives, while it waits for a device."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(PULSE):
            jobs.pulse(job, at=world.clock.now())
        close_own_connection()

    thread = threading.Thread(target=beat, name=f"pulse of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
