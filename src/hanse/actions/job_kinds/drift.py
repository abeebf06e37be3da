"""Comparing what routers run with what Hanse installed there last."""

from datetime import timedelta
from typing import Final

from hanse.actions.discovering import Drifted, drifts
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.world import World
from hanse.store.snapshot import NothingWanted


def run(job: RunningJob, world: World) -> Outcome:
    """Compare. A router that differs is told, and is no failure of the job. While nothing is wanted all is well."""
    try:
        found = drifts(world=world, limit=job.limit)
    except NothingWanted as nothing:
        if job.limit:
            raise
        return Outcome(is_well=True, result={"asked": 0, "sentence": str(nothing)})
    for one in found:
        line = _line(one)
        if line:
            job.tell(line)
    job.progress(len(found), len(found))
    silent = {one.node: one.error for one in found if one.error}
    drifted = [one.node for one in found if one.diff]
    is_well = not (job.device and silent)
    return Outcome(is_well=is_well, result={"asked": len(found), "silent": silent, "drifted": drifted})


def _line(one: Drifted) -> str:
    if one.error:
        return f"{one.node} does not answer: {one.error}"
    return f"{one.node} runs other text than was installed" if one.diff else ""


DRIFT: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=30),
    meaning="compare what routers run with what was installed",
)
