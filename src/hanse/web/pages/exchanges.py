"""Exchanges: how we stand there, what is down, what changed, and whom we could peer with."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hanse.actions.looking import exchanges
from hanse.actions.peering import finding, hiding, joining
from hanse.actions.peering.finding import NoSuchExchange
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.wanted.levels import ParentStatus
from hanse.web.pages.draft_choice import DraftChoice
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page, words_of
from hanse.web.pages.lists.filters import filtered
from hanse.web.pages.peer_filters import peer_filters, unhidden
from hanse.web.pages.peer_forms import HideForm, JoinForm, NotFilledIn, hide_form, insist_on, led_to, numbers_in
from hanse.web.person import person_of

CELLS: Final = "peering/cells"
EXCHANGES: Final = Table(
    columns=(
        Column("name", "Exchange", cell=f"{CELLS}/exchange.html", sort=("name",)),
        Column("status", "Status", cell="lists/cells/state.html", sort=("status", "name")),
        Column("routers", "Routers", cell=f"{CELLS}/routers.html"),
        Column("peers", "Peers", cell="lists/cells/number.html", sort=("peers",), is_number=True),
        Column("sessions", "Sessions", cell="lists/cells/number.html", sort=("sessions",), is_number=True),
        Column("up", "Up", cell="lists/cells/number.html", sort=("up",), is_number=True),
        Column("down", "Down", cell=f"{CELLS}/down.html", sort=("down",), is_number=True),
        Column("lan", "LAN", cell=f"{CELLS}/lines.html"),
    ),
    order=("name",),
    exported=("connections", "description"),
)
PEERS: Final = Table(
    columns=(
        Column("", "Chosen", cell=f"{CELLS}/chosen.html", is_title_hidden=True, is_exported=False),
        Column("asn", "AS", cell=f"{CELLS}/peer.html", sort=("asn",)),
        Column("policy", "Policy", sort=("policy", "asn")),
        Column("kind", "Type", sort=("kind", "asn")),
        Column("prefixes4", "Prefixes", cell=f"{CELLS}/prefixes.html", sort=("prefixes4",), is_number=True),
        Column("speed", "Port", cell=f"{CELLS}/speed.html", sort=("speed",), is_number=True),
        Column("route_servers", "At route servers", cell="lists/cells/text.html", sort=("route_servers", "asn")),
        Column("addresses", "Sessions that lack", cell=f"{CELLS}/lacking.html"),
    ),
    order=("asn",),
    refreshed=None,
    exported=("name", "prefixes6", "as_set", "connections", "has", "hidden_until", "hidden_why"),
)


@require_safe
def exchange_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the exchanges."""
    return list_page(
        request,
        table=EXCHANGES,
        rows=exchanges.exchange_list(person_of(request)),
        filters=(
            Words(fields=("name", "description", "lan", "routers")),
            Choice(name="status", title="Status", options=words_of(ParentStatus)),
        ),
        template="peering/exchanges.html",
        more={"empty": "peering/no_exchanges.html", "may_change": person_of(request).may_any(Right.CHANGE)},
    )


@require_safe
def exchange_page(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one exchange: the list is of those whom we could peer with there."""
    person = person_of(request)
    try:
        page = exchanges.exchange_page(name, person, world=outside())
    except NoSuchExchange as error:
        raise Http404(str(error)) from error
    may_change = person.may_any(Right.CHANGE, "sessions")
    more: dict[str, Any] = {
        "exchange": page,
        "empty": "peering/no_peers.html",
        "may_change": may_change,
        "choice": DraftChoice(request) if may_change else None,
        "join": JoinForm(),
        "hide": hide_form(),
        "hidden": sum(peer.is_hidden for peer in page.peers),
    }
    return list_page(
        request,
        table=PEERS,
        rows=unhidden(page.peers, request.GET.get("hidden", "")),
        filters=peer_filters(page.peers),
        template="peering/exchange.html",
        more=more,
    )


@require_POST
def exchange_add(request: HttpRequest, name: str) -> HttpResponse:
    """Add the sessions that lack with those that are ticked, or with all that the filters in the address leave."""
    person = person_of(request)
    person.insist_any(Right.CHANGE, "sessions")
    asns = _chosen(request, name)
    joined = joining.add_peers(
        peers={name: asns}, wish=JoinForm(request.POST).wish(request), person=person, world=outside()
    )
    messages.success(request, f"{len(joined.sessions)} sessions with {len(joined.asns)} networks are added.")
    return led_to(joined)


@require_POST
def exchange_hide(request: HttpRequest, name: str) -> HttpResponse:
    """Do not suggest those that are ticked for a while."""
    person = person_of(request)
    person.insist_any(Right.CHANGE, "sessions")
    form = HideForm(request.POST)
    asns = _chosen(request, name)
    insist_on(form)
    said = form.cleaned_data
    for asn in asns:
        hiding.hide(asn=asn, exchange=name, until=said["until"], why=said["why"], person=person, world=outside())
    messages.success(request, f"{len(asns)} networks are not suggested at {name} until {said['until']}.")
    return redirect(f"{reverse('exchange', args=[name])}?{request.GET.urlencode()}".rstrip("?"))


def _chosen(request: HttpRequest, name: str) -> tuple[int, ...]:
    """Return the AS numbers that are meant.

    :raises NotFilledIn: nobody is
    """
    asns = numbers_in(request, "asn")
    if request.POST.get("all"):
        peers = finding.possible_peers(name, person_of(request), world=outside())
        left = filtered(unhidden(peers, request.GET.get("hidden", "")), peer_filters(peers), request.GET).rows
        asns = tuple(peer.asn for peer in left)
    if not asns:
        raise NotFilledIn("nobody is chosen: tick the networks first")
    return asns
