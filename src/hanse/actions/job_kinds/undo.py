"""Taking back what is on trial on a router, or planning the way back to what ran there before."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.plans import put_down
from hanse.actions.rights import Right
from hanse.actions.undoing import deployment_to_undo, plan_undo, stop_open
from hanse.actions.world import World


def run(job: RunningJob, world: World) -> Outcome:
    """Undo what is open; if nothing is, plan the way back. That plan is looked at and applied like any other."""
    stopped = stop_open(node=job.device, world=world)
    if stopped is not None:
        job.tell(f"{stopped.node}: {stopped.stage}: {stopped.outcome or 'told to undo'}")
        return Outcome(is_well=True, result={"deployment": stopped.name, "stage": stopped.stage.value})
    undone = deployment_to_undo(job.device)
    reviewed = plan_undo(node=job.device, world=world)
    title = f"{job.device} back to before {undone}"
    record = put_down(reviewed, world=world, author=job.author, title=title, undoes=undone, job=job.number)
    for missed in reviewed.missed:
        job.tell(f"{missed.node}: not planned: {missed.why}")
    job.tell(f"plan {record.pk}: {title}")
    return Outcome(is_well=not reviewed.missed, result={"plan": record.pk, "checksum": record.checksum})


UNDO: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=10),
    meaning="take back what is on trial on a router, or plan the way back to what ran before",
)
