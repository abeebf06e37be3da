"""`/healthz` for whoever restarts things, `/metrics` for Prometheus."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hanse.actions import tokens
from hanse.actions.measuring import health, measured
from hanse.actions.rights import NotAllowed, Person
from hanse.conf.outside import outside
from hanse.store.job_states import JobState
from hanse.store.measures import Counts, Measures
from hanse.web.person import person_of

TEXT: Final = "text/plain; charset=utf-8"


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether jobs can be asked for and will run: 200, else 503."""
    found = health(clock=outside().clock)
    tree = {"ok": found.is_well, "database": found.database, "workers": found.workers}
    return JsonResponse(tree, status=200 if found.is_well else 503)


@require_safe
@login_not_required  # a token does as well: see `_asker`
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the numbers to whoever may look at everything."""
    clock = outside().clock
    try:
        found, workers = measured(_asker(request), clock=clock)
    except tokens.NotAToken as error:
        return _refused(str(error), 401)
    except NotAllowed as error:
        return _refused(str(error), 403) if request.user.is_authenticated else _refused("bring a token", 401)
    registry = CollectorRegistry()
    registry.register(Everything(found, len(workers), clock.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _asker(request: HttpRequest) -> Person:
    """Return who asks, by token or log-in.

    :raises NotAToken:
    """
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() not in {"token", "bearer"}:
        return person_of(request)
    return tokens.person_for(text.strip(), get_adapter().get_client_ip(request), outside().clock)


def _refused(sentence: str, status: int) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return HttpResponse(f"{sentence}\n", status=status, headers=headers, content_type=TEXT)


class Everything(Collector):
    """The numbers, as Prometheus wants them."""

    def __init__(self, found: Measures, workers: int, now: datetime) -> None:
        self._found = found
        self._workers = workers
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Yield every family; one that knows nothing yet has no value."""
        found = self._found
        yield _family("sessions", "BGP sessions", ("condition", "state"), found.sessions)
        yield _plain("routers", "Wanted routers.", found.routers)
        yield _plain("routers_reachable", "Wanted routers that answered the last poll.", found.reachable)
        yield _plain("routers_drifted", "Routers that run other text than Hanse installed.", found.drifted)
        yield _plain("last_poll_age_seconds", "Since any router was looked at.", self._age(found.last_poll))
        yield _plain(
            "oldest_poll_age_seconds",
            "Since the router was looked at that waits longest.",
            self._age(found.oldest_poll),
        )
        yield _family("deployments", "Deployments", ("stage",), found.deployments)
        jobs = {(str(state),): 0 for state in JobState} | found.jobs
        yield _family("jobs", "Jobs on record", ("state",), jobs)
        yield _plain(
            "jobs_oldest_queued_age_seconds", "Since the job was asked for that waits longest.", self._waiting()
        )
        yield _family("alerts", "Open alerts", ("kind", "state"), found.alerts)
        yield _plain("workers", "Worker processes that live.", self._workers)

    def _age(self, moment: datetime | None) -> float | None:
        return (self._now - moment).total_seconds() if moment else None

    def _waiting(self) -> float:
        return self._age(self._found.oldest_queued) or 0.0


def _plain(name: str, meaning: str, value: float | None) -> Metric:
    family = GaugeMetricFamily(f"hanse_{name}", meaning)
    if value is not None:
        family.add_metric([], value)
    return family


def _family(name: str, meaning: str, labels: tuple[str, ...], counts: Counts) -> Metric:
    words: Any = labels
    family = GaugeMetricFamily(f"hanse_{name}", f"{meaning}, by {' and '.join(labels)}.", labels=words)
    for values, count in sorted(counts.items()):
        family.add_metric(list(values), count)
    return family
