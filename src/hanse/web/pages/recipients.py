"""Who is told of alerts: recipients, their tests, and everything that was sent."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import recipients
from hanse.actions.recipients import Wish
from hanse.actions.targets import LONGEST
from hanse.conf.outside import outside
from hanse.monitor.alert_kinds import AlarmKind
from hanse.monitor.telling.message import Told
from hanse.monitor.telling.targets import Means
from hanse.store.alert_states import DeliveryState
from hanse.web.pages.at_form import said_at
from hanse.web.pages.lists import Choice, Column, Moment, Table, Words, list_page, words_of
from hanse.web.person import person_of

RECIPIENTS: Final = Table(
    columns=(
        Column("name", "Name", cell="recipients/cells/name.html", sort=("name",)),
        Column("means", "By", sort=("means", "name")),
        Column("shown", "Where"),
        Column("kinds", "Told of", cell="recipients/cells/kinds.html"),
        Column("is_on", "On", cell="lists/cells/flag.html", sort=("is_on", "name")),
        Column("", "What to do", cell="recipients/cells/test.html", is_title_hidden=True, is_exported=False),
    ),
    order=("name",),
    refreshed=None,
)
DELIVERIES: Final = Table(
    columns=(
        Column("state", "State", cell="recipients/cells/state.html"),
        Column("event", "What", cell="recipients/cells/what.html"),
        Column("recipient.name", "To"),
        Column("created_at", "Queued", cell="lists/cells/when.html"),
        Column("sent_at", "Sent", cell="recipients/cells/sent.html"),
        Column("attempts", "Tries", cell="lists/cells/number.html", is_number=True),
        Column("error", "Why not"),
        Column("", "What to do", cell="recipients/cells/again.html", is_title_hidden=True, is_exported=False),
    ),
    is_history=True,
    exported=("pk", "alert_id", "next_try"),
)
FILTERS: Final = (
    Words(fields=("recipient__name", "error"), title="Recipient"),
    Choice(name="state", title="State", options=words_of(DeliveryState)),
    Choice(name="event", title="What", options=words_of(Told)),
    Moment(name="from", title="From", field="created_at"),
    Moment(name="to", title="To", field="created_at", is_end=True),
)


TEXT: Final = {"class": "form-control", "autocomplete": "off"}


class RecipientForm(forms.Form):
    """A recipient, as one writes it."""

    name = forms.CharField(max_length=recipients.LONGEST_NAME, widget=forms.TextInput(attrs=TEXT))
    means = forms.ChoiceField(
        label="Told by",
        choices=[(Means.WEBHOOK.value, "Webhook"), (Means.EMAIL.value, "E-mail")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    target = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="Where",
        help_text="https://host/path, or name@host.",
        widget=forms.TextInput(attrs=TEXT),
    )
    secret = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={**TEXT, "autocomplete": "new-password"}),
        label="Secret that signs a webhook",
        help_text="Empty: as it is; for a new webhook Hanse makes one and shows it once.",
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        choices=words_of(AlarmKind),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        label="Only of these kinds of alert",
        help_text="None: of all.",
    )
    is_on = forms.BooleanField(
        required=False,
        initial=True,
        label="It is told",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def wish(self, target: str = "") -> Wish:
        """Return what was written; `target` stays if none was written."""
        said = self.cleaned_data
        return Wish(
            name=said["name"],
            means=Means(said["means"]),
            target=said["target"] or target,
            secret=said["secret"] or None,
            kinds=tuple(said["kinds"]),
            is_on=said["is_on"],
        )


@require_safe
def recipient_list(request: HttpRequest) -> HttpResponseBase:
    """Show who is told."""
    return list_page(
        request,
        table=RECIPIENTS,
        rows=recipients.recipient_list(person_of(request)),
        filters=(Words(fields=("name",)),),
        template="recipients/list.html",
        more={"empty": "recipients/empty.html"},
    )


@never_cache
@sensitive_post_parameters("secret")
def recipient_new(request: HttpRequest) -> HttpResponse:
    """Add one; a secret that Hanse makes is shown this once."""
    person = person_of(request)
    recipients.recipient_list(person)
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            added = recipients.add_recipient(form.wish(), person, world=outside())
            if added.secret:
                shown = {"name": added.recipient.name, "secret": added.secret}
                return render(request, "recipients/secret.html", shown)
            return redirect("recipient", added.recipient.name)
    return render(request, "recipients/recipient.html", {"form": form, "heading": "New recipient"})


@never_cache
@sensitive_post_parameters("secret")
def recipient(request: HttpRequest, name: str) -> HttpResponse:
    """Show one, and change it."""
    row = _recipient(request, name)
    before: dict[str, Any] = {"name": name, "means": row.means, "kinds": row.kinds, "is_on": row.is_on}
    form = RecipientForm(request.POST or None, initial=before)
    form.fields["target"].help_text = f"Now {row.shown}. Empty: as it is."
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            changed = recipients.change_recipient(name, form.wish(row.target), person_of(request), world=outside())
            messages.success(request, f"{changed.name} is kept.")
            return redirect("recipients")
    return render(request, "recipients/recipient.html", {"form": form, "heading": name, "row": row})


@require_POST
def recipient_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Tell this one no more."""
    recipients.remove_recipient(name, person_of(request), world=outside())
    messages.success(request, f"{name} is told no more.")
    return redirect("recipients")


@require_POST
def recipient_test(request: HttpRequest, name: str) -> HttpResponse:
    """Send a test."""
    recipients.send_test(name, person_of(request), world=outside())
    messages.success(request, f"A test to {name} is on its way: what becomes of it stands here.")
    return redirect("deliveries")


@require_safe
def delivery_list(request: HttpRequest) -> HttpResponseBase:
    """Show everything that was sent, or is to be."""
    return list_page(
        request,
        table=DELIVERIES,
        rows=recipients.delivery_list(person_of(request)),
        filters=FILTERS,
        template="recipients/deliveries.html",
        more={"empty": "recipients/nothing_sent.html"},
    )


@require_POST
def delivery_again(request: HttpRequest, number: int) -> HttpResponse:
    """Try once more what was given up."""
    recipients.send_again(number, person_of(request), world=outside())
    messages.success(request, "It is tried again.")
    return redirect("deliveries")


def _recipient(request: HttpRequest, name: str) -> Any:
    try:
        return recipients.recipient(name, person_of(request))
    except recipients.NoSuchRecipient as error:
        raise Http404(str(error)) from error
