"""The links: their list, and each one's page."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions import looking
from hanse.monitor.compare import Condition
from hanse.network.wanted.links import Medium
from hanse.store.snapshot import NothingWanted
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page, words_of
from hanse.web.person import person_of

LINKS: Final = Table(
    columns=(
        Column("name", "Link", cell="links/cells/name.html", sort=("name",)),
        Column("one_node", "From", cell="links/cells/one.html", sort=("one_node", "one_port")),
        Column("other_node", "To", cell="links/cells/other.html", sort=("other_node", "other_port")),
        Column("link_class", "Class", sort=("link_class", "name")),
        Column("medium", "Medium", cell="links/cells/medium.html", sort=("medium", "name")),
        Column("cost", "Cost", sort=("cost", "name"), is_number=True),
        Column("condition", "Condition", cell="lists/cells/state.html", sort=("condition", "name")),
        Column("why", "Why"),
        Column("changed_at", "Since", cell="lists/cells/when.html", sort=("changed_at",)),
    ),
    order=("name",),
    exported=("number", "one_port", "one_site", "other_port", "other_site", "description"),
)

EMPTY: Final = {"empty": "links/empty.html"}


@require_safe
def link_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the links that the person may see."""
    rows = looking.link_list(person_of(request))
    filters = (
        Words(fields=("name", "one_node", "other_node", "description")),
        Choice(name="condition", title="Condition", options=words_of(Condition)),
        Choice(name="class", title="Class", options=_classes(rows), field="link_class"),
        Choice(name="medium", title="Medium", options=words_of(Medium)),
        Words(name="node", title="Router", fields=("one_node", "other_node")),
        Choice(name="site", title="Site", options=(sites := _sites(rows)), where=_at_site),
        Choice(name="other", title="And site", options=sites, where=_at_site),
    )
    return list_page(request, table=LINKS, rows=rows, filters=filters, template="links/list.html", more=EMPTY)


@require_safe
def link_page(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with one link: how it stands, its way over the ground, and how both ends are cabled."""
    try:
        page = looking.link_page(name, person_of(request))
    except (looking.NoSuchLink, NothingWanted) as error:
        raise Http404(str(error)) from error
    return render(request, "links/link.html", {"page": page, "link": page.standing})


def _at_site(site: str) -> Q:
    return Q(one_site=site) | Q(other_site=site)


def _classes(rows: QuerySet[Any, Any]) -> tuple[tuple[str, str], ...]:
    found = rows.order_by("link_class").values_list("link_class", flat=True).distinct()
    return tuple((name, name) for name in found)


def _sites(rows: QuerySet[Any, Any]) -> tuple[tuple[str, str], ...]:
    pairs = rows.order_by().values_list("one_site", "other_site").distinct()
    return tuple((name, name) for name in sorted({name for pair in pairs for name in pair}))
