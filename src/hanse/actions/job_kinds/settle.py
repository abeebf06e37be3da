"""Looking what became of deployments whose worker died."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.settling import settle_lost
from hanse.actions.world import World


def run(job: RunningJob, world: World) -> Outcome:
    """Ask the routers; nothing is installed anew. One that does not answer is asked again by a later job."""
    outcomes = settle_lost(world=world, nodes=job.limit or None)
    for outcome in outcomes:
        job.tell(f"{outcome.node}: {outcome.stage}: {outcome.sentence}")
    return Outcome(is_well=True, result={"settled": {one.node: str(one.stage) for one in outcomes}})


SETTLE: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=15),
    meaning="ask routers what became of deployments whose worker died",
)
