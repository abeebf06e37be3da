"""BGP sessions: their list, and what each carried over time."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions import looking
from hanse.actions.rights import Right
from hanse.monitor.compare import Condition
from hanse.monitor.happenings import Subject, session_name
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState
from hanse.network.wanted.sessions import Relationship, SessionStatus
from hanse.web.pages.lists import Choice, Column, Number, Table, Words, list_page, words_of
from hanse.web.person import person_of

CELLS: Final = "sessions/cells"
SESSIONS: Final = Table(
    columns=(
        Column("", "Chosen", cell=f"{CELLS}/chosen.html", is_title_hidden=True, is_exported=False),
        Column("remote_address", "Neighbour", cell=f"{CELLS}/neighbour.html", sort=("remote_sort", "node")),
        Column("remote_asn", "AS", cell=f"{CELLS}/asn.html", sort=("remote_asn", "remote_sort")),
        Column("node", "Router", cell="cells/router.html", sort=("node", "remote_sort")),
        Column("condition", "Condition", cell=f"{CELLS}/condition.html", sort=("condition", "since")),
        Column("since", "Since", cell="lists/cells/when.html", sort=("since",)),
        Column("relationship", "Relationship", cell=f"{CELLS}/relationship.html", sort=("relationship", "exchange")),
        Column("accepted", "Accepted", cell=f"{CELLS}/routes.html", sort=("accepted",), is_number=True),
        Column("sent", "Sent", cell=f"{CELLS}/routes.html", sort=("sent",), is_number=True),
    ),
    order=("node", "remote_sort"),
    exported=(
        "name", "state", "exchange", "connection", "group", "tags", "vrf", "family", "local_asn", "remote_as_name",
        "local_address", "is_internal", "status", "why", "received", "site", "description",
    ),
)  # fmt: skip
EMPTY: Final = {"empty": "sessions/empty.html"}
FAMILIES: Final = (("4", "IPv4"), ("6", "IPv6"))
CHANGES: Final = 20  # the latest
ROWS: Final = 200  # of samples, in the table beside the chart
SPANS: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@require_safe
def session_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the sessions that the person may see."""
    rows = looking.session_list(person_of(request))
    filters = (
        Words(fields=("name", "node", "remote_address", "remote_as_name", "description")),
        Choice(name="condition", title="Condition", options=words_of(Condition)),
        Choice(name="state", title="State", options=words_of(BgpState)),
        Choice(name="relationship", title="Relationship", options=words_of(Relationship)),
        Choice(name="family", title="Family", options=FAMILIES),
        Choice(name="exchange", title="Exchange", options=_values(rows, "exchange")),
        Choice(name="vrf", title="VRF", options=_values(rows, "vrf")),
        Choice(name="site", title="Site", options=_values(rows, "site")),
        Choice(name="status", title="Status", options=words_of(SessionStatus)),
        Choice(name="group", title="Group", options=_values(rows, "group")),
        Choice(name="tag", title="Tag", options=_tags(rows), where=_with_tag),
        Number(name="asn", title="AS number", field="remote_asn"),
        Words(name="node", title="Router", fields=("node",)),
    )
    more = {**EMPTY, "may_change": person_of(request).may_any(Right.CHANGE, "sessions")}
    return list_page(request, table=SESSIONS, rows=rows, filters=filters, template="sessions/list.html", more=more)


@require_safe
def session(request: HttpRequest, node: str, address: str) -> HttpResponse:
    """Answer with one session: how it stands, what changed, what it carried."""
    person = person_of(request)
    row = _session(request, node, address)
    span = request.GET.get("span", "")
    span = span if span in SPANS else "day"
    samples = looking.session_history(
        person, node=node, address=address, vrf=row.vrf, since=datetime.now(UTC) - SPANS[span]
    )
    context = {
        "session": row,
        "vrf": "" if row.vrf == GLOBAL_VRF else row.vrf,
        "in_force": looking.session_in_force(row.name, row.family),
        "changes": looking.change_list(person, node=node, subject=Subject.SESSION.value).filter(
            key=session_name(row.vrf, ip_address(row.remote_address))
        )[:CHANGES],
        "samples": samples.reverse()[:ROWS],
        "count": samples.count(),
        "spans": tuple(SPANS),
        "span": span,
    }
    return render(request, "sessions/session.html", context)


@require_safe
def session_samples(request: HttpRequest, node: str, address: str) -> JsonResponse:
    """Answer with what a session carried, for the chart: columns of numbers, the times in seconds since 1970."""
    row = _session(request, node, address)
    since = datetime.now(UTC) - SPANS.get(request.GET.get("span", ""), SPANS["day"])
    samples = looking.session_history(person_of(request), node=node, address=address, vrf=row.vrf, since=since)
    columns: list[list[float]] = [[], [], [], []]
    for at, *counts in samples.values_list("at", "received", "accepted", "sent"):
        for column, value in zip(columns, (at.timestamp(), *counts), strict=True):
            column.append(value)
    return JsonResponse({"names": ["received", "accepted", "sent"], "columns": columns})


def _session(request: HttpRequest, node: str, address: str) -> Any:
    """Return the session in the VRF that the address names; without one that in the global table, if there is one."""
    rows = looking.session_list(person_of(request)).filter(node=node, remote_address=address)
    found = rows.filter(vrf=request.GET.get("vrf", GLOBAL_VRF)).first()
    if found is None and "vrf" not in request.GET:
        found = rows.first()
    if found is None:
        raise Http404(f"no session of {node} with {address}")
    return found


def _tags(rows: QuerySet[Any, Any]) -> tuple[tuple[str, str], ...]:
    """Return the tags that sessions have: few different texts hold them all."""
    texts = rows.exclude(tags="").order_by().values_list("tags", flat=True).distinct()
    return tuple((tag, tag) for tag in sorted({tag for text in texts for tag in text.split()}))


def _with_tag(tag: str) -> Q:
    """Return the condition that a tag is one of those that stand with blanks between."""
    return Q(tags=tag) | Q(tags__startswith=f"{tag} ") | Q(tags__endswith=f" {tag}") | Q(tags__contains=f" {tag} ")


def _values(rows: QuerySet[Any, Any], field: str) -> tuple[tuple[str, str], ...]:
    found = rows.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    return tuple((value, value) for value in found)
