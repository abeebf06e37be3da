"""What needs attention first, and how everything stands in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, QuerySet

from hanse.actions.alerts import alert_list
from hanse.actions.deployments import deployment_list
from hanse.actions.jobs import job_list
from hanse.actions.looking.lists import change_list, link_list, router_list, session_list
from hanse.actions.rights import NotAllowed, Person
from hanse.deploy.stages import OPEN, Stage
from hanse.monitor.compare import Condition
from hanse.network.wanted.nodes import NodeStatus
from hanse.store.alert_states import OPEN as OPEN_ALERTS
from hanse.store.job_states import JobState
from hanse.store.models import (
    Alert,
    ChangeRecord,
    Deployment,
    Job,
    LinkStanding,
    RouterStanding,
    SessionStanding,
)

SHOWN: Final = 10  # of each list
NOT_WELL: Final = (Condition.DOWN.value, Condition.ABSENT.value)
ASKED: Final = Q(status__in=[one.value for one in NodeStatus if one.is_asked])
UNDONE: Final = Q(stage__in=[Stage.REVERTED.value, Stage.IN_DOUBT.value])


class Verdict(StrEnum):
    """What the whole amounts to. Unknown is never well."""

    WRONG = "wrong"  # something needs attention
    UNSEEN = "unseen"  # nobody has looked at any router yet
    PARTLY_SEEN = "partly seen"  # nothing is wrong where somebody has looked
    NOBODY_ASKED = "nobody asked"  # every router is planned or offline
    WELL = "well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """What needs attention, at most ten of each with how many there are, and the whole in numbers."""

    routers: int
    answering: int
    silent_count: int  # asked, and without an answer the last time
    never_asked: int
    not_asked: int  # planned or offline
    in_maintenance: int
    drifted_count: int
    never_compared: int  # with what was installed last
    undone_count: int  # whose latest deployment was undone, or is in doubt
    sessions: Mapping[str, int]  # by condition
    links: Mapping[str, int]
    oldest_poll: datetime | None  # of the routers that are asked: the one not looked at for longest
    latest_poll: datetime | None
    silent: tuple[RouterStanding, ...]
    sessions_down: tuple[SessionStanding, ...]
    links_down: tuple[LinkStanding, ...]
    drifted: tuple[RouterStanding, ...]
    undone: tuple[RouterStanding, ...]
    open_deployments: tuple[Deployment, ...]
    lost_jobs: tuple[Job, ...]
    alerts: tuple[Alert, ...]  # open ones that stand for themselves
    changes: tuple[ChangeRecord, ...]

    @property
    def sessions_down_count(self) -> int:
        """Return how many wanted sessions are not up on routers that answer."""
        return sum(self.sessions.get(condition, 0) for condition in NOT_WELL)

    @property
    def links_down_count(self) -> int:
        """Return how many links are known to be down."""
        return self.links.get(Condition.DOWN.value, 0)

    @property
    def sessions_unknown(self) -> int:
        """Return of how many sessions nobody knows whether they are up."""
        return self.sessions.get(Condition.UNKNOWN.value, 0)

    @property
    def links_unknown(self) -> int:
        """Return of how many links nobody knows whether they are up."""
        return self.links.get(Condition.UNKNOWN.value, 0)

    @property
    def verdict(self) -> Verdict:
        """Return what it all amounts to."""
        lists = (self.silent, self.drifted, self.undone, self.open_deployments, self.lost_jobs, self.alerts)
        if any(lists) or self.sessions_down_count or self.links_down_count:
            return Verdict.WRONG
        if self.routers == self.not_asked:
            return Verdict.NOBODY_ASKED
        if self.latest_poll is None:
            return Verdict.UNSEEN
        return Verdict.PARTLY_SEEN if self.never_asked else Verdict.WELL

    @property
    def is_well(self) -> bool:
        """Say whether everything was looked at and nothing needs attention."""
        return self.verdict is Verdict.WELL


def dashboard(person: Person) -> Dashboard:
    """Return what needs attention of what the person may see. A fixed number of queries."""
    routers, sessions, links = router_list(person), session_list(person), link_list(person)
    drifted = routers.exclude(Q(drift="") | Q(drift=None))
    silent = routers.filter(ASKED, answered=False)
    undone = routers.filter(UNDONE)
    down = {"condition__in": NOT_WELL, "is_wanted": True}
    lost = job_list(person).filter(state=JobState.LOST.value, retries=None).defer("log")
    alerts = alert_list(person).filter(state__in=OPEN_ALERTS, part_of=None)
    return Dashboard(
        **_numbers(routers),
        sessions=_by_condition(sessions),
        links=_by_condition(links),
        silent=tuple(silent.order_by("answered_at", "node")[:SHOWN]),
        sessions_down=tuple(sessions.filter(**down).order_by("is_internal", "-since", "pk")[:SHOWN]),
        links_down=tuple(links.filter(condition=Condition.DOWN.value).order_by("-changed_at", "name")[:SHOWN]),
        drifted=tuple(drifted.order_by("-drift_at", "node")[:SHOWN]),
        undone=tuple(undone.order_by("-deployed_at", "node")[:SHOWN]),
        open_deployments=_open_deployments(person),
        lost_jobs=tuple(lost.order_by("-pk")[:SHOWN]),
        alerts=tuple(alerts.order_by("-fired_at", "-pk")[:SHOWN]),
        changes=tuple(change_list(person)[:SHOWN]),
    )


def _open_deployments(person: Person) -> tuple[Deployment, ...]:
    try:
        return tuple(deployment_list(person).filter(stage__in=OPEN)[:SHOWN])
    except NotAllowed:
        return ()


def _numbers(routers: QuerySet[RouterStanding]) -> dict[str, Any]:
    drifted = Q(drift__isnull=False) & ~Q(drift="")
    return routers.order_by().aggregate(
        routers=Count("pk"),
        answering=Count("pk", filter=ASKED & Q(answered=True)),
        silent_count=Count("pk", filter=ASKED & Q(answered=False)),
        never_asked=Count("pk", filter=ASKED & Q(answered=None)),
        not_asked=Count("pk", filter=~ASKED),
        in_maintenance=Count("pk", filter=Q(status=NodeStatus.MAINTENANCE.value)),
        drifted_count=Count("pk", filter=drifted),
        never_compared=Count("pk", filter=ASKED & Q(drift=None)),
        undone_count=Count("pk", filter=UNDONE),
        oldest_poll=Min("polled_at", filter=ASKED),
        latest_poll=Max("polled_at", filter=ASKED),
    )


def _by_condition(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("condition").annotate(Count("pk")))
