"""Applying a plan on record. Ask for it by `actions.deploying.request_apply`, which sees to it that it happens once."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.rollouts import AppliedBefore, Wish, carry_out
from hanse.actions.world import World
from hanse.deploy import journal
from hanse.store import jobs, plans


def run(job: RunningJob, world: World) -> Outcome:
    """Roll out. Asked to stop it begins no further router; it is well if every router runs what was wanted."""
    number = int(job.arguments.get("plan", 0))
    if not plans.belongs_to(number, job.number):
        raise AppliedBefore(f"plan {number} was not given to this job: ask for it to be applied")
    total = len(job.limit)
    heard: list[journal.Outcome] = []

    def tell(outcome: journal.Outcome) -> None:
        heard.append(outcome)
        job.tell(f"{outcome.node}: {outcome.stage}: {outcome.sentence}")
        job.progress(len(heard), total)

    job.tell("comparing with what is wanted and what runs")
    wish = Wish(force=job.arguments.get("force", ""), by_hand=bool(job.arguments.get("by_hand")))
    outcomes = carry_out(
        number, world=world, author=job.author, wish=wish, told=tell, go_on=lambda: not _is_stopped(job)
    )
    is_well = all(one.is_well for one in outcomes)
    stages = {one.node: {"stage": one.stage.value, "sentence": one.sentence} for one in outcomes}
    return Outcome(
        is_well=is_well, stopped=_is_stopped(job) and not is_well, result={"plan": number, "routers": stages}
    )


def _is_stopped(job: RunningJob) -> bool:
    """Say whether it was asked to stop, as the row says at this moment: the next wave must not begin after that."""
    return bool(jobs.stop_asked_by(jobs.get(job.number)))


APPLY: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=False,
    time_limit=timedelta(hours=12),
    meaning="install a reviewed plan; each router undoes by itself what does harm",
    why_not_again="what it did on each router is in its deployments: look there, then plan anew",
)
