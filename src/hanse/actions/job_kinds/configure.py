"""Bringing routers to what is wanted in one go, as `manage.py configure_routers --tasks` asks for."""

from datetime import timedelta
from typing import Final

from hanse.actions.applying import Insistence
from hanse.actions.configuring import Configured, configure
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.world import World


def run(job: RunningJob, world: World) -> Outcome:
    """Configure, telling each router's result."""
    words = {name: bool(job.arguments[name]) for name in ("force", "commit_check") if name in job.arguments}
    results = configure(
        world=world,
        limit=job.limit,
        insistence=Insistence(**words),
        author=job.author,
        told=lambda one: _tell(job, one),
    )
    sentences = {one.node: one.sentence for one in results}
    return Outcome(is_well=all(one.is_well for one in results), result={"sentences": sentences})


def _tell(job: RunningJob, one: Configured) -> None:
    job.tell(f"{one.node}: {one.sentence}")


CONFIGURE: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=False,
    time_limit=timedelta(hours=2),
    meaning="bring routers to what is wanted, in one go",
    why_not_again="what it did on each router is in its deployments: look there, then plan anew",
)
