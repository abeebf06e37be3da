"""Other networks: where do we meet, what do we have, whom do we write to."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import irr
from hanse.actions.looking import networks
from hanse.actions.peering import joining, remembering, requests
from hanse.actions.peering.remembering import KIND, NoSuchAs
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.wanted.levels import ParentStatus
from hanse.web.pages.draft_choice import DraftChoice
from hanse.web.pages.lists import Choice, Column, Number, Table, Words, list_page, words_of
from hanse.web.pages.peer_forms import JoinForm, NoteForm, NotFilledIn, insist_on, is_number, led_to
from hanse.web.person import person_of

CELLS: Final = "peering/cells"
SESSIONS: Final = 50  # of one network on its page; the list of sessions has them all
NETWORKS: Final = Table(
    columns=(
        Column("asn", "AS", cell=f"{CELLS}/network.html", sort=("asn",)),
        Column("as_set", "AS-SET", sort=("as_set", "asn")),
        Column("status", "Status", cell="lists/cells/state.html", sort=("status", "asn")),
        Column("sessions", "Sessions", cell="lists/cells/number.html", sort=("sessions",), is_number=True),
        Column("down", "Down", cell=f"{CELLS}/network_down.html", sort=("down",), is_number=True),
        Column("exchanges", "Exchanges", cell=f"{CELLS}/exchanges.html"),
        Column("contacts", "Contacts", cell="lists/cells/number.html", sort=("contacts",), is_number=True),
        Column("tags", "Tags", cell="lists/cells/tags.html"),
    ),
    order=("asn",),
    exported=("name", "own"),
)


@require_safe
def network_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the networks that are wanted."""
    person = person_of(request)
    return list_page(
        request,
        table=NETWORKS,
        rows=networks.network_list(person),
        filters=(
            Words(fields=("asn", "name", "as_set", "tags")),
            Choice(name="status", title="Status", options=words_of(ParentStatus)),
            Number(name="asn", title="AS number"),
            Words(name="exchange", title="Exchange", fields=("exchanges",)),
        ),
        template="peering/networks.html",
        more={"may_change": person.may_any(Right.CHANGE, KIND), "empty": "peering/no_networks.html"},
    )


@require_safe
def network_page(request: HttpRequest, asn: int) -> HttpResponse:
    """Answer with one network."""
    person = person_of(request)
    try:
        page = networks.network_page(asn, person)
    except NoSuchAs as error:
        raise Http404(str(error)) from error
    may_change = person.may(Right.CHANGE, KIND, asn=asn)
    may_join = person.may_any(Right.CHANGE, "sessions")
    context = {
        "page": page,
        "sessions": page.sessions[:SESSIONS],
        "count": page.sessions.count(),
        "irr": irr.standing_of(page.wanted, outside()) if page.wanted else None,
        "asked": networks.asked(page.unseen),
        "may_change": may_change,
        "may_join": may_join,
        "choice": DraftChoice(request) if may_join else None,
        "join": JoinForm(),
        "note": NoteForm(),
    }
    return render(request, "peering/network.html", context)


@require_POST
def network_add(request: HttpRequest, asn: int) -> HttpResponse:
    """Add the sessions that lack with one network, at the exchanges that are ticked."""
    person = person_of(request)
    person.insist_any(Right.CHANGE, "sessions")
    chosen = request.POST.getlist("exchange")
    if not chosen:
        raise NotFilledIn("no exchange is chosen: tick one first")
    joined = joining.add_peers(
        peers=dict.fromkeys(chosen, (asn,)),
        wish=JoinForm(request.POST).wish(request),
        person=person,
        world=outside(),
    )
    messages.success(request, f"{len(joined.sessions)} sessions with AS{asn} are added.")
    return led_to(joined)


@require_POST
def network_note(request: HttpRequest, asn: int) -> HttpResponse:
    """Note something of a network."""
    person = person_of(request)
    person.insist(Right.CHANGE, KIND, asn=asn)
    form = NoteForm(request.POST)
    insist_on(form)
    remembering.add_note(asn=asn, text=form.cleaned_data["text"], person=person, world=outside())
    messages.success(request, "It is noted.")
    return redirect("network", asn)


@require_POST
def network_contact(request: HttpRequest, asn: int) -> HttpResponse:
    """Make a contact of somebody whom PeeringDB shows."""
    person = person_of(request)
    person.insist(Right.CHANGE, KIND, asn=asn)
    number = request.POST.get("number", "")
    if not is_number(number):
        raise NotFilledIn("nobody is chosen")
    remembering.take_contact(asn=asn, number=int(number), person=person, world=outside())
    messages.success(request, "They are a contact now: mail can go there.")
    return redirect("network", asn)


@require_POST
def network_request(request: HttpRequest, asn: int) -> HttpResponse:
    """Write the mail that asks a network for sessions, and lead to it: it is not sent yet."""
    row = requests.write_request(
        asn=asn, contact=request.POST.get("contact", ""), person=person_of(request), world=outside()
    )
    return redirect("peering-request", row.pk)
