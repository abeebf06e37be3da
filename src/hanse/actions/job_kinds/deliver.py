"""Once a minute: alerts that no look raises, and telling people."""

from datetime import timedelta
from typing import Final

from hanse.actions.alert_watch import watch
from hanse.actions.delivering import deliver
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.rights import Right
from hanse.actions.world import World


def run(job: RunningJob, world: World) -> Outcome:
    """Watch, then send. A recipient that does not answer is no failure of the job: its page says so."""
    told = watch(world)
    delivered = deliver(world)
    result = {"alerts": told, "sent": delivered.taken, "not taken": delivered.failed}
    if any(result.values()):
        job.tell(", ".join(f"{count} {what}" for what, count in result.items()))
    return Outcome(is_well=True, result=result)


DELIVER: Final = JobKind(
    run=run,
    right=Right.ADMINISTER,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=10),
    meaning="look for what people have to know, and tell recipients",
)
