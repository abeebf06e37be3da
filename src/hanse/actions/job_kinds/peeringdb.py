"""Reading what PeeringDB says."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.peering.keeping_equal import keep_equal
from hanse.actions.peeringdb import NoPeeringdb, Step, SyncWish, sync
from hanse.actions.rights import Right
from hanse.actions.world import World
from hanse.network.known.peeringdb import PeeringdbKind

SHOWN: Final = 5  # rows of one kind that the log says were passed over


def run(job: RunningJob, world: World) -> Outcome:
    """Sync. It is well if every kind was read and taken; where there is no PeeringDB to be asked all is well."""
    waited_for: set[PeeringdbKind] = set()

    def told(step: Step) -> None:
        job.stop_if_asked()
        job.progress(step.done, len(PeeringdbKind))
        if step.wait and step.kind not in waited_for:
            waited_for.add(step.kind)
            job.tell(f"{step.kind}: waiting {step.wait.total_seconds():.0f} seconds, as PeeringDB asks")

    words = {name: bool(job.arguments[name]) for name in ("full", "accept") if name in job.arguments}
    try:
        synced = sync(job.person, world=world, wish=SyncWish(**words), told=told)
    except NoPeeringdb as nobody:
        return Outcome(is_well=True, result={"sentence": str(nobody)})
    for one in synced:
        for why in one.passed_over[:SHOWN]:
            job.tell(f"passed over {why}")
        job.tell(str(one))
    job.progress(len(synced), len(PeeringdbKind))
    for difference in keep_equal(world):
        job.tell(f"not taken: {difference}: {difference.refused}")
    wrong = {one.kind.value: one.refused or one.error for one in synced if not one.is_well}
    rows = {one.kind.value: one.rows for one in synced if one.is_well}
    return Outcome(is_well=not wrong, result={"rows": rows, **({"wrong": wrong} if wrong else {})})


PEERINGDB: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(hours=3),
    meaning="read what PeeringDB says of networks and exchanges",
)
