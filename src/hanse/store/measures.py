"""Counts over everything, for monitoring systems: a fixed number of queries whatever the size."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from hanse.store.alert_states import OPEN as OPEN_ALERTS
from hanse.store.job_states import JobState
from hanse.store.models import Alert, Deployment, Job, RouterStanding, SessionStanding

Counts = dict[tuple[str, ...], int]  # by the values of the labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How everything stands, in numbers."""

    sessions: Counts  # condition, state
    routers: int
    reachable: int
    drifted: int
    last_poll: datetime | None
    oldest_poll: datetime | None  # of the router that was not looked at for longest
    deployments: Counts  # stage
    jobs: Counts  # state
    oldest_queued: datetime | None  # when the job that waits longest was put down
    alerts: Counts  # kind, state; open ones


def measures() -> Measures:
    """Return the counts. Six queries."""
    routers = RouterStanding.objects.aggregate(
        all=Count("pk"),
        reachable=Count("pk", filter=Q(answered=True)),
        drifted=Count("pk", filter=~Q(drift="") & Q(drift__isnull=False)),
        last=Max("polled_at"),
        oldest=Min("polled_at"),
    )
    waiting = Job.objects.filter(state=JobState.QUEUED).aggregate(oldest=Min("created_at"))
    return Measures(
        sessions=_counts(SessionStanding, "condition", "state"),
        routers=routers["all"],
        reachable=routers["reachable"],
        drifted=routers["drifted"],
        last_poll=routers["last"],
        oldest_poll=routers["oldest"],
        deployments=_counts(Deployment, "stage"),
        jobs=_counts(Job, "state"),
        oldest_queued=waiting["oldest"],
        alerts=_counts(Alert, "kind", "state", among=Q(state__in=sorted(map(str, OPEN_ALERTS)))),
    )


def _counts(model: type[SessionStanding | Deployment | Job | Alert], *fields: str, among: Q | None = None) -> Counts:
    rows = model.objects.filter(among or Q()).order_by().values_list(*fields).annotate(count=Count("pk"))
    return {tuple(row[:-1]): row[-1] for row in rows}
