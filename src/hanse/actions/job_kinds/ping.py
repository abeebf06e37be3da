"""Asking routers whether they answer."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.pinging import Pinged, ping
from hanse.actions.rights import Right
from hanse.actions.world import World, chosen
from hanse.store import snapshot


def run(job: RunningJob, world: World) -> Outcome:
    """Ask. It is well if every one answers."""
    total = len(chosen(snapshot.load(), job.limit))
    told: list[Pinged] = []

    def tell(pinged: Pinged) -> None:
        told.append(pinged)
        job.tell(_line(pinged))
        job.progress(len(told), total)
        job.stop_if_asked()

    answers = ping(world=world, limit=job.limit, told=tell)
    silent = {one.node: one.error for one in answers if one.error}
    return Outcome(is_well=not silent, result={"asked": len(answers), "silent": silent})


def _line(pinged: Pinged) -> str:
    if pinged.error or pinged.took is None:
        return f"{pinged.node} does not answer: {pinged.error}"
    return f"{pinged.node} answers after {pinged.took.total_seconds() * 1000:.0f} ms: {pinged.version}"


PING: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=5),
    meaning="ask routers whether they answer",
)
