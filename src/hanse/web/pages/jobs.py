"""Jobs: the list, one with its log while it runs, stopped and repeated."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import jobs
from hanse.actions.job_kinds.table import KINDS
from hanse.conf.outside import outside
from hanse.store.job_states import OPEN, JobState
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page, words_of
from hanse.web.person import person_of

JOBS: Final = Table(
    columns=(
        Column("pk", "Job", cell="jobs/cells/job.html"),
        Column("device", "Router", cell="jobs/cells/device.html"),
        Column("state", "State", cell="jobs/cells/state.html"),
        Column("progress", "Latest"),
        Column("created_at", "Asked", cell="lists/cells/when.html"),
        Column("ended_at", "Ended", cell="jobs/cells/ended.html"),
        Column("who", "By", cell="jobs/cells/who.html"),
    ),
    is_history=True,
    exported=("kind", "schedule", "started_at", "done", "total"),
)
ELSEWHERE: Final = frozenset({"plan", "checksum", "routers"})  # of a result: the page leads there
LARGE: Final = ("log", "result")
FILTERS: Final = (
    Choice(name="kind", title="Kind", options=tuple((name, name) for name in sorted(KINDS))),
    Choice(name="state", title="State", options=words_of(JobState)),
    Words(name="device", title="Router", fields=("device",)),
    Words(name="who", title="By", fields=("who", "schedule")),
    Moment(name="from", title="From", field="created_at"),
    Moment(name="to", title="To", field="created_at", is_end=True),
)


@require_safe
def job_list(request: HttpRequest) -> HttpResponseBase:
    """Show the jobs."""
    rows = jobs.job_list(person_of(request)).defer(*LARGE)
    more = {"empty": "jobs/empty.html"}
    return list_page(request, table=JOBS, rows=rows, filters=FILTERS, template="jobs/list.html", more=more)


@require_safe
def job(request: HttpRequest, number: int) -> HttpResponse:
    """Show one job; htmx asks for the live part alone."""
    row = jobs.job(number, person_of(request))
    is_part = request.headers.get("HX-Target") == "live"
    if made := _plan_to_go_to(request, row.result):
        return HttpResponse(headers={"HX-Redirect": resolve_url("plan", made)}) if is_part else redirect("plan", made)
    kind = KINDS.get(row.kind)
    context = {
        "job": row,
        "kind": kind,
        "is_open": JobState(row.state) in OPEN,
        "may_run": kind is not None and person_of(request).may_any(kind.right, jobs.OBJECT),
        "results": _results(row.result),
    }
    return render(request, "jobs/live.html" if is_part else "jobs/job.html", context)


def _plan_to_go_to(request: HttpRequest, result: object) -> int:
    """Return the plan that the person waits for here (`?then=plan`), once it is made; else 0."""
    found = result.get("plan") if isinstance(result, dict) and request.GET.get("then") == "plan" else None
    return found if isinstance(found, int) else 0


@require_POST
def poll_all(request: HttpRequest) -> HttpResponse:
    """Ask that every router be looked at now."""
    return redirect("job", jobs.ask(kind="poll", person=person_of(request), world=outside()))


@require_POST
def job_stop(request: HttpRequest, number: int) -> HttpResponse:
    """Take a job out of the queue, or ask it to stop."""
    jobs.stop(number, person_of(request), world=outside())
    return redirect("job", number)


@require_POST
def job_retry(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the same once more."""
    return redirect("job", jobs.retry(number, person_of(request), world=outside()))


def _results(result: object) -> tuple[tuple[str, str], ...]:
    """Return what came of a job as words and what they say, without what the page leads to by a button."""
    found = result if isinstance(result, dict) else {}
    shown = ((word.replace("_", " "), _said(value)) for word, value in found.items() if word not in ELSEWHERE)
    return tuple((word, text) for word, text in shown if text)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_said(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    return str(value)
