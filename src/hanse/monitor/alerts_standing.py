"""Alarms about what no look at a router shows: drift, deployments that were undone, jobs that were lost."""

from datetime import datetime

from hanse.monitor.alert_kinds import MEANS, AlarmKind
from hanse.monitor.alerts import Alarm


def drift_alarm(node: str, *, site: str, diff: str, at: datetime, is_quiet: bool) -> Alarm:
    """Return the alarm about a router that runs something else than was installed there."""
    lines = [line for line in diff.splitlines() if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"}]
    more = sum(line.startswith("+") for line in lines)
    counted = f"lines added: {more}, removed: {len(lines) - more}"
    return Alarm(
        kind=AlarmKind.DRIFT,
        node=node,
        name=node,
        site=site,
        sentence=f"{node} runs other text than Hanse installed ({counted}); {MEANS[AlarmKind.DRIFT]}.",
        at=at,
        is_quiet=is_quiet,
    )


def undone_alarm(
    deployment: str, *, node: str, site: str, in_doubt: bool, outcome: str, at: datetime, is_quiet: bool
) -> Alarm:
    """Return the alarm about a deployment that was undone, or of which nobody knows."""
    kind = AlarmKind.DEPLOYMENT_UNDONE
    fate = "is in doubt" if in_doubt else "was undone"
    why = f": {outcome.rstrip('.')}" if outcome else ""
    means = "nobody knows what the router runs" if in_doubt else MEANS[kind]
    return Alarm(
        kind=kind,
        node=node,
        thing=deployment,
        name=deployment,
        site=site,
        sentence=f"{node}: the deployment {deployment} {fate}{why}; {means}.",
        at=at,
        is_quiet=is_quiet,
    )


def lost_job_alarm(number: int, *, kind: str, node: str, site: str, who: str, at: datetime, is_quiet: bool) -> Alarm:
    """Return the alarm about a job whose worker died."""
    about = f"{node}: " if node else ""
    told = f"the worker of job {number} ({kind}, asked for by {who}) died"
    return Alarm(
        kind=AlarmKind.JOB_LOST,
        node=node,
        thing=str(number),
        name=f"job {number}",
        site=site,
        sentence=f"{about}{told}; {MEANS[AlarmKind.JOB_LOST]}.",
        at=at,
        is_quiet=is_quiet,
    )
