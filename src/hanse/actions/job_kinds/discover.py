"""Looking at routers for sessions that nobody wrote down."""

from datetime import timedelta
from typing import Final

from hanse.actions.discovery import Discovered, discover
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.world import World, chosen
from hanse.monitor.discovery.findings import Sort
from hanse.store import snapshot
from hanse.store.snapshot import NothingWanted


def run(job: RunningJob, world: World) -> Outcome:
    """Look and compare. One router that does not answer is a failed job; of many, each is a line of the log."""
    try:
        total = len(chosen(snapshot.load(), job.limit))
    except NothingWanted as nothing:
        if job.limit:
            raise
        return Outcome(is_well=True, result={"asked": 0, "sentence": str(nothing)})
    done: list[Discovered] = []

    def tell(one: Discovered) -> None:
        done.append(one)
        job.tell(_line(one))
        job.progress(len(done), total)
        job.stop_if_asked()

    found = discover(world=world, limit=job.limit, told=tell)
    silent = {one.node: one.error for one in found if one.error}
    if job.device and silent:
        return Outcome(is_well=False, result={"error": silent[job.device]})
    counted = {one.node: len(one.result.of(Sort.NEW)) for one in found if one.result}
    new = {node: count for node, count in counted.items() if count}
    return Outcome(is_well=True, result={"asked": len(found), "silent": silent, "new": new})


def _line(one: Discovered) -> str:
    if one.result is None:
        return f"{one.node} does not answer: {one.error}"
    new, left, absent = (len(one.result.of(sort)) for sort in (Sort.NEW, Sort.LEFT_OUT, Sort.ABSENT))
    return f"{one.node}: {new} new, {left} left out, {absent} absent, {one.result.agreed} on both sides"


DISCOVER: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=15),
    meaning="look at routers for sessions that nobody wrote down",
)
