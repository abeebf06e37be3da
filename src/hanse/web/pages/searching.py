"""The search: a whole page, and as one types in the dialog that `/` opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions.looking import search
from hanse.web.person import person_of

LONGEST = 200  # characters that are searched for


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Answer with what was found for `?q=`."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = search(words, person_of(request)) if words else ()
    is_part = request.headers.get("HX-Target") == "search-found"
    return render(request, "search/found.html" if is_part else "search/page.html", {"words": words, "groups": groups})
