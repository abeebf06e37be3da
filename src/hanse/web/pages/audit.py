"""Who changed what, when, through which door, and what stood there before and after."""

from difflib import unified_diff
from typing import Any, Final

import yaml
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions import looking
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page
from hanse.web.person import person_of

AUDIT: Final = Table(
    columns=(
        Column("at", "When", cell="lists/cells/when.html"),
        Column("who", "Who"),
        Column("door", "Door", cell="audit/cells/door.html"),
        Column("action", "Did"),
        Column("kind", "To a", cell="audit/cells/kind.html"),
        Column("name", "Called", cell="audit/cells/name.html"),
        Column("", "Change", cell="audit/cells/change.html", is_exported=False),
    ),
    is_history=True,
    exported=("before", "after", "change_set_id"),
)
DOORS: Final = tuple((door, door) for door in ("page", "api", "cli", "manage", "job"))
FILTERS: Final = (
    Words(name="who", title="Who", fields=("who",)),
    Choice(name="door", title="Door", options=DOORS),
    Words(name="kind", title="Kind", fields=("kind",)),
    Words(name="name", title="Called", fields=("name",)),
    Words(fields=("action", "kind", "name", "who")),
    Moment(name="from", title="From", field="at"),
    Moment(name="until", title="Until", field="at", is_end=True),
)


@require_safe
def audit_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the entries that the person may see."""
    rows = looking.audit_list(person_of(request))
    return list_page(request, table=AUDIT, rows=rows, filters=FILTERS, template="audit/list.html")


@require_safe
def audit_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with one entry: before and after as a diff."""
    entry = looking.audit_list(person_of(request)).filter(pk=number).first()
    if entry is None:
        raise Http404(f"no entry {number}")
    diff = tuple(unified_diff(_lines(entry.before), _lines(entry.after), "before", "after", lineterm=""))
    return render(request, "audit/entry.html", {"entry": entry, "diff": diff})


def _lines(body: Any) -> list[str]:
    text = "" if body is None else yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120)
    return text.splitlines()
