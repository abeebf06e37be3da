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
    OVERDUE = "overdue"  # past its time limit and asked to stop in vain; its worker has not let go of the device yet
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # asked to, it stopped where it safely could
    LOST = "lost"  # its worker died; what it did until then is in its log
    CANCELLED = "cancelled"  # before it began


class JobEvent(StrEnum):
    """What happens to a job."""

    CLAIMED = "claimed"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"
    TIME_RAN_OUT = "given up after its time limit"
    WORKER_DIED = "lost with its worker"
    CANCELLED = "cancelled"


STEPS: Final[dict[JobState, dict[JobEvent, JobState]]] = {
    JobState.QUEUED: {JobEvent.CLAIMED: JobState.RUNNING, JobEvent.CANCELLED: JobState.CANCELLED},
    JobState.RUNNING: {
        JobEvent.FINISHED: JobState.DONE,
        JobEvent.FAILED: JobState.FAILED,
        JobEvent.STOPPED: JobState.STOPPED,
        JobEvent.TIME_RAN_OUT: JobState.OVERDUE,
        JobEvent.WORKER_DIED: JobState.LOST,
    },
    JobState.OVERDUE: {
        JobEvent.FINISHED: JobState.FAILED,
        JobEvent.FAILED: JobState.FAILED,
        JobEvent.STOPPED: JobState.FAILED,
        JobEvent.WORKER_DIED: JobState.FAILED,
    },
    JobState.DONE: {},
    JobState.FAILED: {},
    JobState.STOPPED: {},
    JobState.LOST: {},
    JobState.CANCELLED: {},
}
HOLDING: Final = frozenset({JobState.RUNNING, JobState.OVERDUE})  # a worker has the device
OPEN: Final = frozenset(state for state, steps in STEPS.items() if steps)


def step(state: JobState, event: JobEvent) -> JobState:
    """Return the state after `event`.

    :raises NoSuchJobStep:
    """
    if event not in STEPS[state]:
        raise NoSuchJobStep(f"a job that is {state} cannot be {event}")
    return STEPS[state][event]
