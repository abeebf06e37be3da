"""What stands in other rows and people have to know: drift, deployments that were undone, jobs that were lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from hanse.deploy.journal import Word
from hanse.deploy.stages import Stage
from hanse.monitor.alert_kinds import SEEN
from hanse.store.alerts import open_ones
from hanse.store.job_states import JobState
from hanse.store.models import Alert, Deployment, Job, RouterStanding

NEWS: Final = timedelta(days=1)  # what is older when it is first found is history
UNSURE: Final = (Stage.REVERTED, Stage.IN_DOUBT)


def open_standing() -> tuple[Alert, ...]:
    """Return the open alerts about what no look shows. One query."""
    return tuple(open_ones().exclude(kind__in=sorted(SEEN)).order_by("pk"))


def drifted(without: Iterable[str]) -> tuple[RouterStanding, ...]:
    """Return the routers that run something else than was installed, but those `without`. One query."""
    rows = RouterStanding.objects.exclude(drift=None).exclude(drift="").exclude(node__in=list(without))
    return tuple(rows.order_by("node"))


def without_drift(nodes: Iterable[str]) -> frozenset[str]:
    """Return those of `nodes` that run what was installed. One query."""
    return frozenset(RouterStanding.objects.filter(node__in=list(nodes), drift="").values_list("node", flat=True))


def undone(since: datetime) -> tuple[Deployment, ...]:
    """Return the deployments since then that are undone or in doubt, not by somebody's word. One query."""
    rows = Deployment.objects.filter(stage__in=UNSURE, created_at__gte=since).exclude(word=Word.UNDO)
    return tuple(rows.defer("text", "diff", "before_text").order_by("pk"))


def stages_of(names: Iterable[str]) -> dict[str, Deployment]:
    """Return deployments by name, as far as they are there. One query."""
    rows = Deployment.objects.filter(name__in=list(names)).defer("text", "diff", "before_text")
    return {row.name: row for row in rows}


def last_kept(nodes: Iterable[str]) -> Mapping[str, tuple[str, datetime]]:
    """Return the name and the beginning of each router's last kept deployment. One query."""
    rows = Deployment.objects.filter(node__in=list(nodes), stage__in=(Stage.KEPT, Stage.UNCHANGED))
    found = rows.order_by("created_at", "pk").values_list("node", "name", "created_at")
    return {node: (name, at) for node, name, at in found}


def lost_jobs(since: datetime) -> tuple[Job, ...]:
    """Return the jobs that were lost with their worker since then. One query."""
    return tuple(Job.objects.filter(state=JobState.LOST, ended_at__gte=since).defer("log").order_by("pk"))


def made_good(numbers: Iterable[int]) -> frozenset[int]:
    """Return those of these jobs that were run again and ended well. One query."""
    rows = Job.objects.filter(retry_of__in=list(numbers), state=JobState.DONE)
    return frozenset(number for number in rows.values_list("retry_of", flat=True) if number is not None)
