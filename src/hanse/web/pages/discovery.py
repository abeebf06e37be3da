"""Sessions that routers have and nobody wrote down: which routers have some, and accepting them."""

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import jobs, looking
from hanse.actions.discovery import (
    Acceptance,
    LookIsOld,
    NeverSeen,
    NothingChosen,
    NotOnOffer,
    Result,
    accept,
    result,
)
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.monitor.discovery.findings import Sort
from hanse.network.errors import WantedError
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.sessions import Relationship
from hanse.render.vendor_words import NotExpressible
from hanse.store.snapshot import NothingWanted
from hanse.web.pages.draft_choice import DraftChoice, chosen_draft
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page
from hanse.web.person import person_of

ROUTERS: Final = Table(
    columns=(
        Column("node", "Router", cell="discovery/cells/node.html", sort=("node",)),
        Column("site", "Site", sort=("site", "node")),
        Column("answered", "Looked at", cell="routers/cells/answered.html", sort=("answered_at",)),
        Column("sessions_wanted", "Sessions wanted", sort=("sessions_wanted",), is_number=True),
        Column("unwanted", "Nobody wants", sort=("unwanted",), is_number=True),
    ),
    order=("-unwanted", "node"),
)
FILTERS: Final = (
    Words(fields=("node", "site")),
    Choice(
        name="unwanted", title="Has more than is wanted", options=(("yes", "yes"),), where=lambda _: Q(unwanted__gt=0)
    ),
)
EACH: Final = "as "  # before the key of a session: what its neighbour is to us


@require_safe
def discovery_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the routers that the person may see, those first that have most which nobody wants."""
    person = person_of(request)
    more = {"empty": "routers/empty.html", "may_look": person.may(Right.DEPLOY, "nodes")}
    rows = looking.router_list(person)
    return list_page(request, table=ROUTERS, rows=rows, filters=FILTERS, template="discovery/list.html", more=more)


@require_POST
def discovery_look(request: HttpRequest) -> HttpResponse:
    """Ask that all routers be looked at now."""
    return redirect("job", jobs.ask(kind="discover", person=person_of(request), world=outside()))


@require_safe
def discovery(request: HttpRequest, node: str) -> HttpResponse:
    """Answer with what one router has that nobody wrote down, and what is wanted that it has not."""
    return _page(request, node)


@require_POST
def discovery_accept(request: HttpRequest, node: str) -> HttpResponse:
    """Write down what was ticked, at once or into a draft; what stands against it is shown on the page."""
    at_once = request.POST.get("deed") == "now"
    draft = None if at_once else chosen_draft(request)
    try:
        done = accept(
            node=node,
            acceptance=_acceptance(request),
            draft=draft,
            at_once=at_once,
            person=person_of(request),
            world=outside(),
        )
    except (Contradictory, LookIsOld, NotExpressible, NotOnOffer, NothingChosen) as error:
        return _page(request, node, error)
    if done.change_set is None:
        return redirect("draft", done.draft)
    count = len(done.sessions)
    messages.success(request, f"{count} session{'' if count == 1 else 's'} of {node} are wanted now. Plan to install.")
    return redirect("change-set", done.change_set)


def _acceptance(request: HttpRequest) -> Acceptance:
    keys = None if "all" in request.POST else frozenset(request.POST.getlist("key"))
    said = {
        name.removeprefix(EACH): Relationship(word)
        for name, word in request.POST.items()
        if name.startswith(EACH) and word in set(Relationship)
    }
    for_all = request.POST.get("relationship", "")
    default = Relationship(for_all) if for_all in set(Relationship) else Relationship.PEER
    return Acceptance(keys=keys, relationship=default, relationships=said)


def _page(request: HttpRequest, node: str, problem: WantedError | None = None) -> HttpResponse:
    found = _result(request, node)
    context: dict[str, Any] = {
        "node": node,
        "result": found,
        "new": found.of(Sort.NEW) if found else (),
        "others": [one for one in found.findings if one.sort is not Sort.NEW] if found else (),
        "chosen": frozenset(request.POST.getlist("key")),
        "relationships": tuple(Relationship),
        "problem": problem,
        "choice": DraftChoice(request),
        "may_accept": person_of(request).may_any(Right.CHANGE, "sessions"),
        "may_look": _may_look(request, node),
    }
    return render(request, "discovery/router.html", context, status=422 if problem else 200)


def _result(request: HttpRequest, node: str) -> Result | None:
    """Return what the last look found; None: nobody has looked yet."""
    try:
        return result(node=node, person=person_of(request), now=datetime.now(UTC))
    except (NoSuchNode, NothingWanted) as error:
        raise Http404(str(error)) from error
    except NeverSeen:
        return None


def _may_look(request: HttpRequest, node: str) -> bool:
    person = person_of(request)
    site = looking.router_list(person).filter(node=node).values_list("site", flat=True).first()
    return person.may(Right.DEPLOY, "nodes", site=site)
