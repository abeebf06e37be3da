"""What changed on the routers, by what Hanse saw, the latest first."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hanse.actions import looking
from hanse.monitor.changes import Change
from hanse.monitor.happenings import Subject
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page, words_of
from hanse.web.person import person_of

CHANGES: Final = Table(
    columns=(
        Column("at", "Seen", cell="lists/cells/when.html"),
        Column("node", "Router", cell="cells/router.html"),
        Column("sentence", "What", cell="changes/cells/sentence.html"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("why", "Why"),
        Column("since", "By the router's word", cell="changes/cells/since.html"),
    ),
    is_history=True,
    exported=("subject", "key", "kind"),
)
FILTERS: Final = (
    Words(name="node", title="Router", fields=("node",)),
    Choice(name="kind", title="Kind", options=words_of(Change)),
    Choice(name="subject", title="About", options=tuple(one for one in words_of(Subject) if one[0] != Subject.LLDP)),
    Words(fields=("sentence", "key", "why")),
    Moment(name="from", title="From", field="at"),
    Moment(name="until", title="Until", field="at", is_end=True),
)

EMPTY: Final = {"empty": "changes/empty.html"}


@require_safe
def change_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the changes that the person may see."""
    rows = looking.change_list(person_of(request))
    return list_page(request, table=CHANGES, rows=rows, filters=FILTERS, template="changes/list.html", more=EMPTY)
