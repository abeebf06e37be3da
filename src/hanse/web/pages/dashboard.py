"""What needs attention, first thing in the morning and at 3 a.m."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions.looking import dashboard
from hanse.web.person import person_of


@require_safe
def dashboard_page(request: HttpRequest) -> HttpResponse:
    """Answer with the dashboard, or its inner part for htmx."""
    is_part = request.headers.get("HX-Target") == "attention"
    context = {"board": dashboard(person_of(request))}
    return render(request, "dashboard/attention.html" if is_part else "dashboard/page.html", context)
