"""Peering requests, looked at before they are sent; and networks that are not suggested for a while."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hanse.actions.peering import hiding, requests
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.errors import OutsideError
from hanse.store.peering import NoSuchRequest
from hanse.store.request_states import RequestState
from hanse.web.pages.draft_choice import DraftChoice, chosen_draft
from hanse.web.pages.lists import Choice, Column, Number, Table, Words, list_page, words_of
from hanse.web.pages.peer_forms import LetterForm, NotFilledIn, insist_on, is_number
from hanse.web.person import person_of

CELLS: Final = "peering/cells"
REQUESTS: Final = Table(
    columns=(
        Column("pk", "Number", cell=f"{CELLS}/request.html", sort=("pk",)),
        Column("asn", "AS", cell=f"{CELLS}/asn.html", sort=("asn", "pk")),
        Column("state", "State", cell="lists/cells/state.html", sort=("state", "pk")),
        Column("address", "To", sort=("address",)),
        Column("who", "By", sort=("who", "pk")),
        Column("changed_at", "Last step", cell="lists/cells/when.html", sort=("changed_at",)),
        Column("sent_at", "Sent", cell="lists/cells/when.html", sort=("sent_at",)),
    ),
    order=("-changed_at",),
    exported=("contact", "subject", "sessions", "sent_by", "error"),
)
HIDDEN: Final = Table(
    columns=(
        Column("asn", "AS", cell=f"{CELLS}/asn.html", sort=("asn",)),
        Column("exchange", "Exchange", cell=f"{CELLS}/hidden_at.html", sort=("exchange", "asn")),
        Column("until", "Until", cell="lists/cells/text.html", sort=("until", "asn")),
        Column("why", "Why"),
        Column("who", "By", sort=("who", "asn")),
        Column("", "What to do", cell=f"{CELLS}/show_again.html", is_title_hidden=True, is_exported=False),
    ),
    order=("asn", "exchange"),
    refreshed=None,
)


@require_safe
def request_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the requests."""
    return list_page(
        request,
        table=REQUESTS,
        rows=requests.request_list(person_of(request)),
        filters=(
            Words(fields=("subject", "address", "who")),
            Choice(name="state", title="State", options=words_of(RequestState)),
            Number(name="asn", title="AS number"),
        ),
        template="peering/requests.html",
        more={"empty": "peering/no_requests.html"},
    )


@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the mail as it would go out; let it say something else."""
    person = person_of(request)
    row = _row(request, number)
    if request.method == "POST":
        person.insist(Right.CHANGE, requests.KIND, asn=row.asn)
        form = LetterForm(request.POST)
        insist_on(form)
        said = form.cleaned_data
        requests.reword(number=number, subject=said["subject"], text=said["text"], person=person, world=outside())
        messages.success(request, "It says so now. It is not sent yet.")
        return redirect("peering-request", number)
    may_change = person.may(Right.CHANGE, requests.KIND, asn=row.asn)
    context = {
        "row": row,
        "may_change": may_change,
        "is_drafted": row.state == RequestState.DRAFTED,
        "can_be_sent": requests.is_waiting(row),
        "is_out": row.state in {RequestState.SENT, RequestState.SENDING, RequestState.EXPIRED},
        "form": LetterForm(initial={"subject": row.subject, "text": row.text}),
        "choice": DraftChoice(request) if may_change else None,
        "sender": outside().telling.post.sender,
        "has_server": bool(outside().telling.post.host),
    }
    return render(request, "peering/request.html", context)


@require_POST
def request_send(request: HttpRequest, number: int) -> HttpResponse:
    """Send it."""
    _row(request, number)
    try:
        row = requests.send_request(number=number, person=person_of(request), world=outside())
    except (OutsideError, requests.NothingToSendBy) as error:
        messages.error(request, f"It was not sent. {error}")
    else:
        messages.success(request, f"It is sent to {row.address}.")
    return redirect("peering-request", number)


@require_POST
def request_accept(request: HttpRequest, number: int) -> HttpResponse:
    """Say that they want to peer."""
    _row(request, number)
    draft = requests.accept_request(
        number=number,
        draft=chosen_draft(request),
        at_once=request.POST.get("deed") != "draft",
        person=person_of(request),
        world=outside(),
    )
    if draft is not None:
        return redirect("draft", draft)
    messages.success(request, "Accepted: the sessions that it was about are provisioning. Plan and apply come next.")
    return redirect("peering-request", number)


@require_POST
def request_decline(request: HttpRequest, number: int) -> HttpResponse:
    """Say that they do not want to peer."""
    _row(request, number)
    requests.decline_request(number=number, person=person_of(request), world=outside())
    return redirect("peering-request", number)


@require_POST
def request_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Throw it away."""
    _row(request, number)
    requests.withdraw_request(number=number, person=person_of(request), world=outside())
    return redirect("peering-requests")


@require_safe
def hidden_list(request: HttpRequest) -> HttpResponseBase:
    """Answer with the networks that are not suggested today."""
    person = person_of(request)
    return list_page(
        request,
        table=HIDDEN,
        rows=hiding.hidden_list(person, world=outside()),
        filters=(Words(fields=("why", "who", "exchange")), Number(name="asn", title="AS number")),
        template="peering/hidden.html",
        more={"empty": "peering/nobody_hidden.html", "may_change": person.may_any(Right.CHANGE, "sessions")},
    )


@require_POST
def hidden_show(request: HttpRequest) -> HttpResponse:
    """Suggest a network again."""
    person = person_of(request)
    person.insist_any(Right.CHANGE, "sessions")
    number = request.POST.get("asn", "")
    if not is_number(number):
        raise NotFilledIn("no network is named")
    hiding.show(asn=int(number), exchange=request.POST.get("exchange", ""), person=person, world=outside())
    messages.success(request, f"AS{number} is suggested again.")
    return redirect("hidden-peers")


def _row(request: HttpRequest, number: int) -> Any:
    try:
        return requests.request(number, person_of(request))
    except NoSuchRequest as error:
        raise Http404(str(error)) from error
