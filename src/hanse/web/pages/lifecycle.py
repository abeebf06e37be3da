"""Draining and restoring routers and links, and what would change if one stood elsewhere in its life."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions.lifecycle import Way, as_if, step
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.nodes import NodeStatus
from hanse.web.pages.lists import words_of
from hanse.web.person import person_of

STATUSES: Final = {"nodes": NodeStatus, "links": LinkStatus}


@require_POST
def step_taken(request: HttpRequest, way: str) -> HttpResponse:
    """Put the step into a new draft, whose page shows what it does to which router."""
    if way not in list(Way):
        raise Http404(f"there is no step {way!r}")
    person = person_of(request)
    person.insist_any(Right.CHANGE)
    thing = request.POST.get("name", "")
    done = step(way=Way(way), thing=thing, at_once=False, person=person, world=outside())
    messages.success(request, f"{done.name} is to be {done.status}. Take the draft, then apply its plan.")
    return redirect("draft", done.draft)


@require_safe
def as_if_page(request: HttpRequest) -> HttpResponse:
    """Show what would change if `?name=` stood at `?status=`; nothing is kept."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    thing, status = request.GET.get("name", ""), request.GET.get("status", "active")
    kind, _, name = thing.partition(".")
    if kind not in STATUSES or not name:
        raise Http404("say which: ?name=nodes.NAME or ?name=links.NAME")
    context = {
        "kind": kind,
        "name": name,
        "thing": thing,
        "status": status,
        "statuses": words_of(STATUSES[kind]),
        "preview": as_if(statuses={thing: status}, person=person, world=outside()),
    }
    return render(request, "lifecycle/as_if.html", context)
