"""Looking at one router, at some, or at all."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.polling import Polled, poll
from hanse.actions.rights import Right
from hanse.actions.world import World, chosen
from hanse.monitor.look import Unanswered
from hanse.store import snapshot
from hanse.store.snapshot import NothingWanted

TOLD: Final = 10  # changes of one router that the log names


def run(job: RunningJob, world: World) -> Outcome:
    """Look. One router that does not answer is a failed job; of many, each is a line of the log.

    While nothing is wanted there is nobody to look at, which is well if nobody in particular was named.
    """
    try:
        total = len(chosen(snapshot.load(), job.limit))
    except NothingWanted as nothing:
        if job.limit:
            raise
        return Outcome(is_well=True, result={"asked": 0, "sentence": str(nothing)})
    told: list[Polled] = []

    def tell(polled: Polled) -> None:
        told.append(polled)
        lines = _lines(polled)
        if lines:
            job.tell("\n".join(lines))
        job.progress(len(told), total)
        job.stop_if_asked()

    polled = poll(world=world, limit=job.limit, told=tell)
    silent = {one.look.node: one.look.reason for one in polled if isinstance(one.look, Unanswered)}
    if job.device and silent:
        return Outcome(is_well=False, result={"error": silent[job.device]})
    changes = sum(len(one.happenings) for one in polled)
    return Outcome(is_well=True, result={"asked": len(polled), "silent": silent, "changes": changes})


def _lines(polled: Polled) -> list[str]:
    """Return what is worth telling of one router; the changes themselves are on record elsewhere."""
    look = polled.look
    lines = [f"{look.node} does not answer: {look.reason}"] if isinstance(look, Unanswered) else []
    lines += map(str, polled.happenings[:TOLD])
    more = len(polled.happenings) - TOLD
    return [*lines, f"{look.node}: {more} more changes"] if more > 0 else lines


POLL: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=15),
    meaning="look at routers and put down what they report",
)
