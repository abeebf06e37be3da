"""The states of a job, as a table: what is not in it cannot happen."""

from enum import StrEnum
from typing import Final

from hanse.network.errors import HanseError


class NoSuchJobStep(HanseError):
    """A job was to take a step that its state does not know."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"  # claimed by one worker
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"  # its worker died; what it did until then is in its log
    CANCELLED = "cancelled"  # before it began


class JobEvent(StrEnum):
    """What happens to a job."""

    CLAIMED = "claimed"
    FINISHED = "finished"
    FAILED = "failed"
    WORKER_DIED = "worker died"
    CANCELLED = "cancelled"


STEPS: Final[dict[JobState, dict[JobEvent, JobState]]] = {
    JobState.QUEUED: {JobEvent.CLAIMED: JobState.RUNNING, JobEvent.CANCELLED: JobState.CANCELLED},
    JobState.RUNNING: {
        JobEvent.FINISHED: JobState.DONE,
        JobEvent.FAILED: JobState.FAILED,
        JobEvent.WORKER_DIED: JobState.LOST,
    },
    JobState.DONE: {},
    JobState.FAILED: {},
    JobState.LOST: {},
    JobState.CANCELLED: {},
}


def step(state: JobState, event: JobEvent) -> JobState:
    """Return the state after `event`.

    :raises NoSuchJobStep:
    """
    if event not in STEPS[state]:
        raise NoSuchJobStep(f"a job that is {state} cannot be {event}")
    return STEPS[state][event]
