"""What has been kept long enough goes, a few rows at a time: nobody waits long for the database meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from hanse.deploy.stages import OPEN as OPEN_STAGES
from hanse.deploy.stages import Stage
from hanse.store.alert_states import DeliveryState
from hanse.store.job_states import OPEN as OPEN_JOBS
from hanse.store.keeping import Keeping
from hanse.store.models import (
    Alert,
    AuditEntry,
    ChangeRecord,
    Delivery,
    Deployment,
    IrrChange,
    Job,
    PlannedDevice,
    PlanRecord,
    Poll,
    Revision,
    SessionSample,
    Sighting,
)
from hanse.store.models.append_only import AppendOnlyRows

AT_ONCE: Final = 1000  # rows in one transaction: some 20 ms
CARRIED: Final = timedelta(days=1)  # what engines remember of jobs' numbers that they have carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """One kind of thing that goes: how long it is kept, which rows are old, and how they go (deleted, if not said)."""

    name: str
    kept: Callable[[Keeping], timedelta | None]
    rows: Callable[[datetime], QuerySet[Any]]  # older than that moment
    empty: dict[str, Any] | None = None  # these columns lose what they hold, and the row stays


def old_rows(one: Old, keeping: Keeping, at: datetime) -> QuerySet[Any] | None:
    """Return the rows that are to go at a moment; None if they are kept for ever."""
    kept = one.kept(keeping)
    return None if kept is None else one.rows(at - kept)


def remove_some(one: Old, rows: QuerySet[Any]) -> int:
    """Let the oldest few of `rows` go and return how many: fewer than AT_ONCE, and there are no more."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    few = rows.filter(pk__in=numbers)
    if one.empty is not None:
        few.update(**one.empty)
    elif isinstance(few, AppendOnlyRows):
        few.prune()
    else:
        few.delete()
    return len(numbers)


def _deployments(before: datetime) -> QuerySet[Deployment]:
    """Those that have ended and still hold texts; what a router runs, the last that was kept there, never."""
    later = Deployment.objects.filter(node=OuterRef("node"), stage=Stage.KEPT, ended_at__gt=OuterRef("ended_at"))
    rows = Deployment.objects.filter(ended_at__lt=before).exclude(stage__in=OPEN_STAGES)
    return rows.exclude(text="", diff="", before_text="").filter(Exists(later) | ~Q(stage=Stage.KEPT))


def _planned(before: datetime) -> QuerySet[PlannedDevice]:
    """Those of plans that were applied, as old as texts get, on which nothing is open."""
    still = Deployment.objects.filter(plan=OuterRef("plan"), stage__in=OPEN_STAGES)
    rows = PlannedDevice.objects.filter(plan__applied_at__lt=before).exclude(Exists(still))
    return rows.exclude(text="", diff="", before_text="")


def _plans(before: datetime) -> QuerySet[PlanRecord]:
    return PlanRecord.objects.filter(at__lt=before, applied_at=None, deployments=None)


def _jobs(before: datetime) -> QuerySet[Job]:
    """Those that have ended, but for the ones that made a plan or rolled it out: they go when it does."""
    rows = Job.objects.filter(ended_at__lt=before, plan=None, rolled_out=None)
    return rows.exclude(state__in=OPEN_JOBS)


def _deliveries(before: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(created_at__lt=before).exclude(state=DeliveryState.WAITING)


def _revisions(before: datetime) -> QuerySet[Revision]:
    """All but the latest, which what is wanted is known by."""
    newer = Revision.objects.filter(number__gt=OuterRef("number"))
    return Revision.objects.filter(Exists(newer), at__lt=before)


NO_TEXTS: Final[dict[str, Any]] = {"text": "", "diff": "", "before_text": ""}
OLD: Final = (
    Old(
        name="changes on routers",
        kept=lambda keeping: keeping.changes,
        rows=lambda before: ChangeRecord.objects.filter(at__lt=before),
    ),
    Old(
        name="things that routers have no more",
        kept=lambda keeping: keeping.changes,
        rows=lambda before: Sighting.objects.filter(is_there=False, changed_at__lt=before),
    ),
    Old(
        name="alerts that are over",
        kept=lambda keeping: keeping.changes,
        rows=lambda before: Alert.objects.filter(cleared_at__lt=before),
    ),
    Old(
        name="changes of the IRR",
        kept=lambda keeping: keeping.changes,
        rows=lambda before: IrrChange.objects.filter(at__lt=before),
    ),
    Old(name="revisions", kept=lambda keeping: keeping.changes, rows=_revisions),
    Old(
        name="polls",
        kept=lambda keeping: keeping.samples,
        rows=lambda before: Poll.objects.filter(at__lt=before),
    ),
    Old(
        name="samples of sessions",
        kept=lambda keeping: keeping.samples,
        rows=lambda before: SessionSample.objects.filter(at__lt=before),
    ),
    Old(name="plans that nobody applied", kept=lambda keeping: keeping.jobs, rows=_plans),
    Old(name="jobs", kept=lambda keeping: keeping.jobs, rows=_jobs),
    Old(name="deliveries", kept=lambda keeping: keeping.jobs, rows=_deliveries),
    Old(name="texts of deployments", kept=lambda keeping: keeping.texts, rows=_deployments, empty=NO_TEXTS),
    Old(name="texts of plans", kept=lambda keeping: keeping.texts, rows=_planned, empty=NO_TEXTS),
    Old(
        name="audit entries",
        kept=lambda keeping: keeping.audit,
        rows=lambda before: AuditEntry.objects.filter(at__lt=before),
    ),
    Old(
        name="log-ins that have expired",
        kept=lambda keeping: timedelta(0),
        rows=lambda before: Session.objects.filter(expire_date__lt=before),
    ),
    Old(
        name="numbers that the engine has carried",
        kept=lambda keeping: CARRIED,
        rows=lambda before: DBTaskResult.objects.filter(finished_at__lt=before),
    ),
)
