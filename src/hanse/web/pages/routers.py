"""The routers: their list, and each one's page."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import jobs, looking
from hanse.actions.looking import RouterPage
from hanse.actions.looking.written import Why, WrittenFile, WrittenLine
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.deploy.stages import Stage
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.nodes import NodeStatus
from hanse.store.job_states import OPEN, JobState
from hanse.store.snapshot import NothingWanted
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page, words_of
from hanse.web.person import person_of

ROUTERS: Final = Table(
    columns=(
        Column("node", "Router", cell="routers/cells/node.html", sort=("node",)),
        Column("site", "Site", sort=("site", "node")),
        Column("platform", "Platform", sort=("platform", "node")),
        Column("status", "Status", cell="routers/cells/status.html", sort=("status", "node")),
        Column("answered", "Answers", cell="routers/cells/answered.html", sort=("answered", "polled_at")),
        Column("sessions_up", "Sessions", cell="routers/cells/sessions.html", sort=("sessions_up",), is_number=True),
        Column("neighbours_up", "OSPF", cell="routers/cells/neighbours.html", sort=("neighbours_up",), is_number=True),
        Column("drift_at", "Runs what it was given", cell="routers/cells/drift.html", sort=("drift_at",)),
        Column("deployed_at", "Deployed", cell="routers/cells/deployed.html", sort=("deployed_at",)),
    ),
    order=("node",),
    exported=("number", "management", "loopbacks", "sessions_wanted", "neighbours_wanted", "error", "vendor", "model"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Work that is asked for on a router's page."""

    kind: str  # of job
    title: str
    icon: str


BUTTONS: Final = (
    Button(kind="ping", title="Ping", icon="radar"),
    Button(kind="poll", title="Poll now", icon="refresh"),
    Button(kind="discover", title="Discover", icon="radar"),
    Button(kind="drift", title="Compare", icon="file-diff"),
    Button(kind="plan", title="Plan", icon="list-check"),
)
EMPTY: Final = {"empty": "routers/empty.html"}
SESSIONS: Final = 50  # on a router's page; the list of sessions has all
JOBS: Final = 5  # the latest
DRIFTS: Final = (("yes", "yes"), ("no", "no"), ("never", "nobody compared yet"))
ANSWERS: Final = (("yes", "yes"), ("no", "no"), ("never", "nobody looked yet"))


@require_safe
def router_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the routers that the person may see."""
    rows = looking.router_list(person_of(request))
    filters = (
        Words(fields=("node", "site", "management", "model")),
        Choice(name="answers", title="Answers", options=ANSWERS, where=_answering),
        Choice(name="status", title="Status", options=words_of(NodeStatus)),
        Choice(name="site", title="Site", options=_values(rows, "site")),
        Choice(name="platform", title="Platform", options=_values(rows, "platform")),
        Choice(name="drift", title="Changed by hand", options=DRIFTS, where=_drifted),
        Choice(name="stage", title="Deployment", options=words_of(Stage)),
    )
    return list_page(request, table=ROUTERS, rows=rows, filters=filters, template="routers/list.html", more=EMPTY)


def _answering(word: str) -> Q:
    return Q(answered={"yes": True, "no": False, "never": None}[word])


def _drifted(word: str) -> Q:
    none = Q(drift="")
    never = Q(drift__isnull=True)
    return {"yes": ~none & ~never, "no": none, "never": never}[word]


def _values(rows: QuerySet[Any, Any], field: str) -> tuple[tuple[str, str], ...]:
    found = rows.order_by(field).values_list(field, flat=True).distinct()
    return tuple((value, value) for value in found)


@require_safe
def router_page(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with everything about one router, or with a part that htmx asks for: how it stands, or one text."""
    person = person_of(request)
    page = _router(request, name)
    if "text" in request.GET:
        return render(request, "routers/text.html", _text(page, request.GET["text"]))
    context = {
        "page": page,
        "router": page.standing,
        "sessions": page.sessions[:SESSIONS],
        "session_count": page.sessions.count(),
        "may_deploy": person.may(Right.DEPLOY, "nodes", site=page.standing.site),
        "jobs": jobs.job_list(person).filter(device=name).defer("log", "result")[:JOBS],
        "buttons": BUTTONS,
    }
    is_part = request.headers.get("HX-Target") == "standing"
    return render(request, "routers/standing.html" if is_part else "routers/router.html", context)


def _text(page: RouterPage, number: str) -> dict[str, Any]:
    """Return the file of that number in pieces of lines that come from the same object."""
    found = next((file for at, file in enumerate(page.files, 1) if str(at) == number), None)
    if found is None:
        raise Http404(f"no text has the number {number}")
    return {"file": found, "number": number, "blocks": _blocks(found)}


def _blocks(file: WrittenFile) -> tuple[tuple[Why | None, str, str], ...]:
    """Return the lines in pieces of one object each: the object, where in which template a piece begins, its text."""
    blocks = ((why, tuple(lines)) for why, lines in groupby(file.lines, lambda line: line.why))
    return tuple((why, _template_of(lines[0]), "".join(f"{line.text}\n" for line in lines)) for why, lines in blocks)


def _template_of(line: WrittenLine) -> str:
    return f"{line.template}, line {line.template_line}" if line.template else ""


def _router(request: HttpRequest, name: str) -> RouterPage:
    try:
        return looking.router(name, person_of(request), templates=outside().templates)
    except (NoSuchNode, NothingWanted) as error:
        raise Http404(str(error)) from error


@require_POST
def router_do(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Ask for work on one router; answer with the job as it begins."""
    if kind not in {button.kind for button in BUTTONS}:
        raise Http404(f"no button is called {kind}")
    number = jobs.ask(kind=kind, person=person_of(request), world=outside(), device=name)
    if request.headers.get("HX-Request") != "true":
        return redirect("job", number)
    return _job(request, name, number)


@require_safe
def router_job(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Answer with a job of this router, for the place beside its buttons; it asks anew until it has ended."""
    return _job(request, name, number)


def _job(request: HttpRequest, name: str, number: int) -> HttpResponse:
    row = jobs.job(number, person_of(request))
    if row.device != name:
        raise Http404(f"job {number} is not about {name}")
    is_open = JobState(row.state) in OPEN
    answer = render(request, "routers/job.html", {"job": row, "name": name, "is_open": is_open})
    if not is_open:
        answer.headers["HX-Trigger"] = "job-ended"  # how the router stands is asked for anew
    return answer
