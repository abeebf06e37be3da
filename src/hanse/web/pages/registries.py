"""What registries are known to say, how fresh that is, and reading it anew."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import registries
from hanse.actions.peeringdb import SyncWish
from hanse.actions.registries import FreshnessState
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, list_page
from hanse.web.person import person_of

KINDS: Final = Table(
    columns=(
        Column("title", "What PeeringDB has"),
        Column("rows", "Rows", cell="lists/cells/number.html", is_number=True, sort=("rows",)),
        Column("state", "State", cell="lists/cells/state.html", sort=("state",)),
        Column("good_at", "As of", cell="lists/cells/when.html", sort=("good_at",)),
        Column("full_at", "Read whole", cell="lists/cells/when.html", sort=("full_at",)),
        Column("why", "Why", cell="registries/cells/why.html"),
    ),
    exported=("kind",),
)


class SyncForm(forms.Form):
    """How to read PeeringDB anew."""

    full = forms.BooleanField(required=False)
    accept = forms.BooleanField(required=False)


@require_safe
def registry_list(request: HttpRequest) -> HttpResponseBase:
    """Show how fresh everything is that registries said."""
    rows, world = registries.peeringdb_standing(person_of(request)), outside()
    more = {
        "may_sync": registries.may_sync(person_of(request)),
        "url": world.peeringdb.registry.url,
        "with_key": world.peeringdb.registry.with_key,
        "is_refused": any(row.state is FreshnessState.REFUSED for row in rows),
    }
    return list_page(request, table=KINDS, rows=rows, template="registries/list.html", more=more)


@require_POST
def peeringdb_sync(request: HttpRequest) -> HttpResponse:
    """Ask a worker to read PeeringDB, and lead to the job."""
    form = SyncForm(request.POST)
    wish = SyncWish(**form.cleaned_data) if form.is_valid() else SyncWish()
    return redirect("job", registries.request_sync(person_of(request), world=outside(), wish=wish))
