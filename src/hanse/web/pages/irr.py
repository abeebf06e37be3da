"""What the IRR told of each AS-SET, how old that is, what became different, and asking again."""

from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import irr, irr_asking
from hanse.actions.irr import NoSuchExpansion
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

NAMES: Final = Table(
    columns=(
        Column("name", "AS-SET or AS", cell="registries/cells/irr_name.html", sort=("name",)),
        Column("ipv4", "IPv4", cell="lists/cells/number.html", sort=("ipv4",), is_number=True),
        Column("ipv6", "IPv6", cell="lists/cells/number.html", sort=("ipv6",), is_number=True),
        Column("origins", "Origins", cell="lists/cells/number.html", sort=("origins",), is_number=True),
        Column("at", "As of", cell="lists/cells/when.html", sort=("at",)),
        Column("changed_at", "Changed", cell="lists/cells/when.html", sort=("changed_at",)),
        Column("sentence", "What is not well", cell="registries/cells/irr_trouble.html"),
    ),
    refreshed=None,
    exported=("asked_at", "bounds", "is_refused", "is_old"),
)
CHANGES: Final = Table(
    columns=(
        Column("at", "When", cell="lists/cells/when.html"),
        Column("name", "AS-SET or AS", cell="registries/cells/irr_name.html"),
        Column("sentence", "What"),
        Column("who", "Asked by"),
    ),
    order=("-at",),
    is_history=True,
    exported=("added_prefixes", "removed_prefixes", "added_origins", "removed_origins"),
)
SHOWN: Final = 1000  # prefixes, and origins, on a page; the command line and the API have all
LATEST: Final = 20  # changes of one name


class UpdateForm(forms.Form):
    """Which name is asked for, and whether much may be gone."""

    name = forms.CharField(required=False, max_length=1000)
    accept = forms.BooleanField(required=False)


@require_safe
def irr_list(request: HttpRequest) -> HttpResponseBase:
    """Show how every name stands."""
    rows = irr.standing_of_names(person_of(request), outside())
    more = {"may_update": irr_asking.may_update(person_of(request)), "empty": "registries/irr_empty.html"}
    return list_page(
        request, table=NAMES, rows=rows, filters=(Words(fields=("name",)),), template="registries/irr.html", more=more
    )


@require_safe
def irr_history(request: HttpRequest) -> HttpResponseBase:
    """Show what became different, of every name."""
    rows = irr.history(person_of(request))
    return list_page(
        request, table=CHANGES, rows=rows, filters=(Words(fields=("name",)),), template="registries/irr_history.html"
    )


@require_safe
def irr_name(request: HttpRequest, as_set: str) -> HttpResponse:
    """Show one name: what was told last, and what became different."""
    person, world = person_of(request), outside()
    standing = next((one for one in irr.standing_of_names(person, world) if one.name == as_set), None)
    if standing is None:
        raise Http404(f"nobody is bounded by {as_set!r}")
    try:
        told = irr.shown(as_set, person)
    except NoSuchExpansion:
        told = None
    context = {
        "standing": standing,
        "told": told,
        "prefixes": told.prefixes[:SHOWN] if told else (),
        "origins": told.origins[:SHOWN] if told else (),
        "shown": SHOWN,
        "changes": irr.history(person, as_set)[:LATEST],
        "may_update": irr_asking.may_update(person),
    }
    return render(request, "registries/irr_name.html", context)


@require_POST
def irr_update(request: HttpRequest) -> HttpResponse:
    """Have a worker ask, and lead to the job."""
    form = UpdateForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else {}
    names = [asked["name"]] if asked.get("name") else []
    number = irr_asking.request_update(
        person=person_of(request), world=outside(), names=names, accept=bool(asked.get("accept"))
    )
    return redirect("job", number)
