"""Cables that are wanted against what LLDP tells, end by end."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hanse.actions import looking
from hanse.monitor.cabling import Cabled
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page, words_of
from hanse.web.person import person_of

CELLS: Final = "cabling/cells"
CABLES: Final = Table(
    columns=(
        Column("link", "Link", cell=f"{CELLS}/link.html", sort=("link",)),
        Column("here", "Port", cell=f"{CELLS}/end.html", sort=("here", "link")),
        Column("wanted", "Wanted there", cell=f"{CELLS}/end.html", sort=("wanted", "link")),
        Column("cabled", "Cabled", cell="lists/cells/state.html", sort=("cabled", "link")),
        Column("why", "Why"),
    ),
    order=("link",),
)


@require_safe
def cable_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with both ends of every link that is a cable."""
    return list_page(
        request,
        table=CABLES,
        rows=looking.cabling(person_of(request)),
        filters=(
            Words(fields=("link", "here", "wanted", "why")),
            Choice(name="cabled", title="Cabled", options=words_of(Cabled)),
        ),
        template="cabling/list.html",
        more={"empty": "cabling/empty.html"},
    )
