"""Asking routers what would change, and keeping their answers for review."""

from datetime import timedelta
from typing import Final

from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob
from hanse.actions.planning import Missed, plan
from hanse.actions.plans import put_down
from hanse.actions.rights import Right
from hanse.actions.settling import settle_lost
from hanse.actions.world import World, chosen
from hanse.deploy.plan import DevicePlan
from hanse.store import snapshot


def run(job: RunningJob, world: World) -> Outcome:
    """Plan. It is well if every router that can be planned for answered."""
    settle_lost(world=world, nodes=job.limit or None)
    total = len(chosen(snapshot.load(), job.limit))
    heard = 0

    def tell(one: DevicePlan | Missed) -> None:
        nonlocal heard
        heard += 1
        job.tell(_line(one))
        job.progress(heard, total)
        job.stop_if_asked()

    reviewed = plan(world=world, limit=job.limit, told=tell)
    record = put_down(reviewed, world=world, author=job.author, title=_title(job), job=job.number)
    changed = [device.node for device in reviewed.plan.changed]
    result = {
        "plan": record.pk,
        "checksum": record.checksum,
        "changed": changed,
        "missed": {one.node: one.why for one in reviewed.missed},
    }
    job.tell(f"plan {record.pk}: {len(changed)} of {len(reviewed.plan.devices)} routers would change")
    return Outcome(is_well=not reviewed.failed, result=result)


def _title(job: RunningJob) -> str:
    limit = job.limit
    return "every router" if not limit else ", ".join(limit) if len(limit) <= 3 else f"{len(limit)} routers"


def _line(one: DevicePlan | Missed) -> str:
    if isinstance(one, Missed):
        return f"{one.node}: {'left out' if one.is_ours else 'not planned'}: {one.why}"
    return f"{one.node}: +{one.lines_added} -{one.lines_removed}" if one.is_changed else f"{one.node}: as wanted"


PLAN: Final = JobKind(
    run=run,
    right=Right.DEPLOY,
    safe_to_repeat=True,
    time_limit=timedelta(minutes=30),
    meaning="ask routers what would change on them; nothing is changed",
)
