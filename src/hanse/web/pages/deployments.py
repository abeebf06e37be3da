"""Deployments: the list, one's record, and what can be said about one that is open."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import deployments
from hanse.actions.deploying import request_undo, say
from hanse.conf.outside import outside
from hanse.deploy.journal import Word
from hanse.deploy.stages import Stage
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page, words_of
from hanse.web.person import person_of

DEPLOYMENTS: Final = Table(
    columns=(
        Column("node", "Router", cell="deployments/cells/node.html"),
        Column("site", "Site"),
        Column("stage", "Stage", cell="deployments/cells/stage.html"),
        Column("outcome", "Outcome", cell="deployments/cells/outcome.html"),
        Column("created_at", "Begun", cell="lists/cells/when.html"),
        Column("ended_at", "Ended", cell="deployments/cells/ended.html"),
        Column("who", "By"),
        Column("plan_id", "Plan", cell="plans/cells/number.html"),
    ),
    is_history=True,
    exported=("name", "door", "checksum", "wave"),
)
FILTERS: Final = (
    Words(fields=("node", "outcome", "name")),
    Choice(name="stage", title="Stage", options=words_of(Stage)),
    Words(name="site", title="Site", fields=("site",)),
    Words(name="who", title="By", fields=("who",)),
    Moment(name="from", title="From", field="created_at"),
    Moment(name="to", title="To", field="created_at", is_end=True),
)


@require_safe
def deployment_list(request: HttpRequest) -> HttpResponseBase:
    """Show the deployments."""
    return list_page(
        request,
        table=DEPLOYMENTS,
        rows=deployments.deployment_list(person_of(request)),
        filters=FILTERS,
        template="deployments/list.html",
        more={"empty": "deployments/empty.html"},
    )


@require_safe
def deployment(request: HttpRequest, name: str) -> HttpResponse:
    """Show one deployment's record; htmx asks for the live part alone."""
    page = deployments.deployment(name, person=person_of(request))
    is_part = request.headers.get("HX-Target") == "live"
    template = "deployments/live.html" if is_part else "deployments/deployment.html"
    return render(request, template, {"page": page, "row": page.row})


@require_POST
def deployment_confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Say that an open deployment is to be kept."""
    say(name, Word.CONFIRM, person=person_of(request), world=outside())
    return _back(request, name)


@require_POST
def deployment_undo(request: HttpRequest, name: str) -> HttpResponse:
    """Say that an open deployment is to be undone."""
    say(name, Word.UNDO, person=person_of(request), world=outside())
    return _back(request, name)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Ask that a router goes back to what ran before."""
    return redirect("job", request_undo(request.POST.get("node", ""), person=person_of(request), world=outside()))


def _back(request: HttpRequest, name: str) -> HttpResponse:
    """Return to the rollout if the button was there, else to the record."""
    number = request.POST.get("rollout", "")
    return redirect("rollout", int(number)) if number.isdecimal() else redirect("deployment", name)
