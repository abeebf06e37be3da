"""Once a day: letting go of what has been kept long enough, and of hopes for answers to peering requests."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.peering.requests import expire_requests
from hanse.actions.pruning import Pruned, prune
from hanse.actions.rights import Right
from hanse.actions.world import World


def run(job: RunningJob, world: World) -> Outcome:
    """Prune, telling each kind of which something went."""

    def tell(pruned: Pruned) -> None:
        job.stop_if_asked()

    pruned = prune(job.person, world=world, each=tell)
    gone = {one.name: one.count for one in pruned if one.count}
    for name, count in gone.items():
        job.tell(f"{count} {name}")
    for number in expire_requests(world=world):
        job.tell(f"peering request {number} is given up: nobody answered")
    return Outcome(is_well=True, result={"gone": gone})


PRUNE: Final = JobKind(
    run=run,
    right=Right.ADMINISTER,
    safe_to_repeat=True,
    time_limit=timedelta(hours=2),
    meaning="let go of what has been kept long enough",
)
