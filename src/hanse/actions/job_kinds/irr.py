"""Asking the IRR what the neighbours that it bounds may announce."""

from datetime import timedelta
from typing import Final

from hanse.actions.irr import LookedUp, Outcome, chosen_names, update
from hanse.actions.job_kinds.kind import JobKind, RunningJob
from hanse.actions.job_kinds.kind import Outcome as Ended
from hanse.actions.rights import Right
from hanse.actions.world import World
from hanse.store import snapshot
from hanse.store.snapshot import NothingWanted


def run(job: RunningJob, world: World) -> Ended:
    """Ask. It is well if every name was answered; what changed waits for a plan."""
    names = tuple(job.arguments.get("names", ()))
    try:
        total = len(chosen_names(snapshot.load(), names))
    except NothingWanted as nothing:
        return Ended(is_well=True, result={"asked": 0, "sentence": str(nothing)})
    heard: list[LookedUp] = []

    def tell(one: LookedUp) -> None:
        heard.append(one)
        if one.outcome is not Outcome.SAME:
            job.tell(f"{one.name}: {one.outcome}: {one.sentence}")
        job.progress(len(heard), total)
        job.stop_if_asked()

    accept = bool(job.arguments.get("accept"))
    found = update(person=job.person, world=world, names=names, accept=accept, told=tell)
    wrong = {one.name: one.sentence for one in found if one.outcome in {Outcome.REFUSED, Outcome.FAILED}}
    changed = [one.name for one in found if one.outcome is Outcome.CHANGED]
    return Ended(is_well=not wrong, result={"asked": len(found), "changed": changed, "not taken": wrong})


IRR: Final = JobKind(
    run=run,
    right=Right.CHANGE,
    safe_to_repeat=True,
    time_limit=timedelta(hours=1),
    meaning="ask the IRR what the neighbours that it bounds may announce",
)
