"""The forms by which peers are added, hidden, noted and written to."""

from datetime import timedelta
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from hanse.actions.peering.joining import STATUSES, Joined, Wish
from hanse.network.errors import WantedError
from hanse.network.wanted.sessions import Relationship, SessionStatus
from hanse.web.pages.draft_choice import chosen_draft

TEXT: Final = {"class": "form-control", "autocomplete": "off"}
SELECT: Final = {"class": "form-select"}
HIDDEN_FOR: Final = timedelta(days=90)  # unless somebody says otherwise
MEANINGS: Final = {
    SessionStatus.REQUESTED: "requested: ask them first",
    SessionStatus.PROVISIONING: "provisioning: they agreed",
}


class NotFilledIn(WantedError):
    """A form lacks something, or holds what cannot be read."""


class JoinForm(forms.Form):
    """How sessions are added."""

    status = forms.ChoiceField(
        choices=[(one.value, MEANINGS[one]) for one in STATUSES],
        initial=SessionStatus.REQUESTED.value,
        label="The sessions begin as",
        widget=forms.Select(attrs=SELECT),
    )
    relationship = forms.ChoiceField(
        required=False,
        choices=[
            ("", "as PeeringDB says"),
            *((one.value, one.value.replace("-", " ")) for one in (Relationship.PEER, Relationship.ROUTE_SERVER)),
        ],
        label="They are",
        widget=forms.Select(attrs=SELECT),
    )

    def wish(self, request: HttpRequest) -> Wish:
        """Return how sessions are to be added.

        :raises NotFilledIn:
        """
        insist_on(self)
        said = self.cleaned_data
        return Wish(
            status=SessionStatus(said["status"]),
            relationship=Relationship(said["relationship"]) if said["relationship"] else None,
            draft=chosen_draft(request),
            at_once=request.POST.get("deed") == "now",
        )


class HideForm(forms.Form):
    """Until when, and why, networks are not suggested."""

    until = forms.DateField(label="Until", widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}))
    why = forms.CharField(required=False, max_length=300, label="Why", widget=forms.TextInput(attrs=TEXT))


class NoteForm(forms.Form):
    """A note."""

    text = forms.CharField(
        label="New note", max_length=10_000, widget=forms.Textarea(attrs={"class": "form-control", "rows": 3})
    )


class LetterForm(forms.Form):
    """A mail before it is sent."""

    subject = forms.CharField(max_length=300, widget=forms.TextInput(attrs=TEXT))
    text = forms.CharField(
        strip=False, max_length=20_000, widget=forms.Textarea(attrs={"class": "form-control", "rows": 22})
    )


def hide_form() -> HideForm:
    """Return the form with a usual day in it."""
    return HideForm(initial={"until": (timezone.now() + HIDDEN_FOR).date()})


def insist_on(form: forms.Form) -> None:
    """Return if the form is filled in.

    :raises NotFilledIn:
    """
    if not form.is_valid():
        name, wrong = next(iter(form.errors.items()))
        raise NotFilledIn(f"{form.fields[name].label or name}: {wrong[0]}")


def numbers_in(request: HttpRequest, name: str) -> tuple[int, ...]:
    """Return the AS numbers that are ticked."""
    return tuple(int(text) for text in request.POST.getlist(name) if is_number(text))


def is_number(text: str) -> bool:
    """Say whether a text is a number, and none that is longer than an AS number."""
    return text.isascii() and text.isdigit() and len(text) < 11


def led_to(joined: Joined) -> HttpResponse:
    """Lead to what was added: to the draft, or the change set."""
    if joined.draft is not None:
        return redirect("draft", joined.draft)
    return redirect("change-set", joined.change_set) if joined.change_set else redirect("sessions")
