"""Alerts: the list, one with its parts and what led to it, acknowledged and cleared with a note."""

from collections.abc import Callable
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import alerts
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.conf.outside import outside
from hanse.monitor.alert_kinds import AlarmKind
from hanse.store.alert_states import OPEN, AlertState
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page, words_of
from hanse.web.person import person_of

ALERTS: Final = Table(
    columns=(
        Column("state", "State", cell="alerts/cells/state.html"),
        Column("sentence", "What", cell="alerts/cells/sentence.html"),
        Column("node", "Router", cell="alerts/cells/node.html"),
        Column("site", "Site"),
        Column("fired_at", "Since", cell="lists/cells/when.html"),
        Column("cleared_at", "Over", cell="alerts/cells/over.html"),
        Column("acknowledged_by", "Looked after by"),
    ),
    is_history=True,
    exported=("pk", "key", "kind", "name", "asn", "count", "is_quiet", "part_of_id", "last_at", "cleared_why", "note"),
)
PARTS: Final = Choice(
    name="parts",
    title="Parts of others",
    options=(("shown", "shown too"), ("only", "only these")),
    where=alerts.with_parts,
    template="alerts/parts_filter.html",
)
FILTERS: Final = (
    Words(fields=("sentence", "node", "name")),
    Choice(name="state", title="State", options=words_of(AlertState)),
    Choice(name="kind", title="Kind", options=words_of(AlarmKind)),
    PARTS,
    Moment(name="from", title="From", field="fired_at"),
    Moment(name="to", title="To", field="fired_at", is_end=True),
)
CHANGES: Final = 50  # as many as anybody reads
Step = Callable[..., object]


class NoteForm(forms.Form):
    """What somebody says to an alert."""

    note = forms.CharField(
        required=False,
        max_length=alerts.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="What you found, or what you are about to do. Whoever was told of the alert is told this too.",
    )


@require_safe
def alert_list(request: HttpRequest) -> HttpResponseBase:
    """Show the alerts, open ones first; what is part of another only to who asks for it."""
    rows = alerts.alert_list(person_of(request))
    return list_page(
        request,
        table=ALERTS,
        rows=rows if request.GET.get("parts") else rows.filter(part_of=None),
        filters=FILTERS,
        template="alerts/list.html",
        more={"empty": "alerts/empty.html"},
    )


@require_safe
def alert(request: HttpRequest, number: int) -> HttpResponse:
    """Show one alert; htmx asks for the live part alone."""
    person = person_of(request)
    row = alerts.alert(number, person)
    is_open = AlertState(row.state) in OPEN
    context = {
        "alert": row,
        "is_open": is_open,
        "form": NoteForm(),
        "may_take": is_open and _may(person, row.site, row.asn),
        "parts": alerts.parts_of(row, person),
        "changes": alerts.changes_of(row, person)[:CHANGES],
        "deliveries": alerts.told_of(row),
        "is_from_changes": AlarmKind(row.kind).is_seen_by_looks,
    }
    is_part = request.headers.get("HX-Target") == "live"
    return render(request, "alerts/live.html" if is_part else "alerts/alert.html", context)


@require_POST
def alert_acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one looks after it."""
    return _take(request, number, alerts.acknowledge, "You look after it.")


@require_POST
def alert_clear(request: HttpRequest, number: int) -> HttpResponse:
    """Say that it is over."""
    return _take(request, number, alerts.clear, "It is over. If it is not, the next change raises it anew.")


def _take(request: HttpRequest, number: int, step: Step, said: str) -> HttpResponse:
    world: World = outside()
    step(number, person_of(request), world=world, note=request.POST.get("note", "").strip())
    messages.success(request, said)
    return redirect("alert", number)


def _may(person: Person, site: str, asn: int | None) -> bool:
    return person.may(Right.DEPLOY, alerts.OBJECT, site=site or None, asn=asn)
