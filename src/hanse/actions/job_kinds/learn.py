"""Pinning the SSH host keys that routers show."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.pinging import learn
from hanse.actions.rights import Right
from hanse.actions.world import World
from hanse.network.errors import HanseError


def run(job: RunningJob, world: World) -> Outcome:
    """Learn; with the argument `relearn` known keys are replaced. It is well if no router was silent or differs."""
    relearn = bool(job.arguments.get("relearn"))
    learned = learn(world=world, limit=job.limit, relearn=relearn, author=job.author)
    for node, key in learned.items():
        job.tell(f"{node}: {_line(key)}")
    failed = {node: str(key) for node, key in learned.items() if isinstance(key, HanseError)}
    new = [node for node, key in learned.items() if key and not isinstance(key, HanseError)]
    return Outcome(is_well=not failed, result={"learned": new, "failed": failed})


def _line(key: str | HanseError) -> str:
    if isinstance(key, HanseError):
        return str(key)
    return f"learned {key}" if key else "known already, or it has none"


LEARN: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=5),
    meaning="pin the SSH host keys that routers show",
)
