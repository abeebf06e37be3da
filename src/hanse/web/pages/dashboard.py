"""What needs attention, first thing in the morning and at 3 a.m."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions.looking import dashboard
from hanse.actions.rights import Right
from hanse.actions.seen_sites import ROUTERS
from hanse.web.person import person_of


@require_safe
def dashboard_page(request: HttpRequest) -> HttpResponse:
    """Answer with the dashboard, or its inner part for htmx."""
    is_part = request.headers.get("HX-Target") == "attention"
    person = person_of(request)
    may_poll = person.scope(Right.DEPLOY, ROUTERS).everything
    context = {"board": dashboard(person), "may_poll": may_poll}
    return render(request, "dashboard/attention.html" if is_part else "dashboard/page.html", context)
