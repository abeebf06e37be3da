"""Grants: what groups and people may do, on what, and where."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import grants
from hanse.actions.accounts import user_list
from hanse.actions.grant_words import WORDS, in_words
from hanse.actions.people import granted_by
from hanse.actions.rights import Person, Right
from hanse.conf.outside import outside
from hanse.network.wanted.edits import ALL_KINDS
from hanse.web.pages.at_form import said_at
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

GRANTS: Final = Table(
    columns=(
        Column("name", "Name", cell="people/grant_cell.html", sort=("name",)),
        Column("", "What it allows", cell="people/grant_words.html", is_exported=False),
        Column("", "To whom", cell="people/grant_whom.html", is_exported=False),
    ),
    order=("name",),
    refreshed=None,
    exported=("rights", "kinds", "sites", "asns"),
)
BOXES: Final = forms.CheckboxSelectMultiple


class GrantForm(forms.Form):
    """A grant, said in words as one writes it."""

    name = forms.CharField(max_length=100)
    rights = forms.MultipleChoiceField(
        choices=[(right.value, f"{WORDS[right].capitalize()} ({right.value})") for right in Right], widget=BOXES
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        choices=[(kind, kind.replace("_", " ")) for kind in ALL_KINDS],
        widget=BOXES,
        label="Only these kinds of object",
        help_text="None: all kinds.",
    )
    sites = forms.CharField(
        required=False,
        label="Only at these sites",
        help_text="Names with commas. With sites or AS numbers, only what is at one or has one is covered.",
    )
    asns = forms.CharField(required=False, label="Only these own AS numbers", help_text="With commas: 64500, 64501.")
    groups = forms.MultipleChoiceField(required=False, widget=BOXES, label="To these groups")
    users = forms.MultipleChoiceField(required=False, widget=BOXES, label="To these people")

    def offer(self, person: Person) -> None:
        """Offer every group and everybody."""
        for field, rows, name in (
            ("groups", grants.group_list(person), "name"),
            ("users", user_list(person), "username"),
        ):
            choices = [(one, one) for one in rows.values_list(name, flat=True)]
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean_asns(self) -> list[int]:
        """Return the numbers."""
        numbers = []
        for text in _words(self.cleaned_data["asns"]):
            digits = text.upper().removeprefix("AS")
            if not digits.isascii() or not digits.isdigit():
                raise forms.ValidationError(f"{text} is no AS number")
            numbers.append(int(digits))
        return numbers

    def given(self) -> grants.Given:
        """Return what was written.

        :raises NotAGrant:
        """
        said = self.cleaned_data
        granted = grants.granted_from(
            rights=said["rights"], kinds=said["kinds"], sites=_words(said["sites"]), asns=said["asns"]
        )
        return grants.Given(
            name=said["name"], granted=granted, users=tuple(said["users"]), groups=tuple(said["groups"])
        )


@require_safe
def grant_list(request: HttpRequest) -> HttpResponseBase:
    """List all grants."""
    rows = grants.grant_list(person_of(request))
    return list_page(
        request, table=GRANTS, rows=rows, filters=(Words(fields=("name",)),), template="people/grants.html"
    )


def grant_new(request: HttpRequest) -> HttpResponse:
    """Make a grant."""
    return _grant_form(request, {}, heading="New grant", words="")


def grant_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a grant, and change it."""
    found = _grant(request, name)
    before: dict[str, Any] = grants.shown_grant(found)
    before |= {"name": name, "sites": ", ".join(before["sites"]), "asns": ", ".join(map(str, before["asns"]))}
    return _grant_form(request, before, heading=name, words=in_words(granted_by(found)))


@require_POST
def grant_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Remove a grant."""
    _grant(request, name)
    grants.remove_grant(name=name, person=person_of(request), clock=outside().clock)
    messages.success(request, f"{name} was removed.")
    return redirect("grants")


def _grant_form(request: HttpRequest, before: dict[str, Any], *, heading: str, words: str) -> HttpResponse:
    person = person_of(request)
    form = GrantForm(request.POST or None, initial=before)
    form.offer(person)
    if before:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            given = form.given()
            grants.put_grant(given=given, person=person, clock=outside().clock)
            messages.success(request, f"{given.name}: {in_words(given.granted)}")
            return redirect("grants")
    context = {"form": form, "heading": heading, "verb": "Keep the grant", "words": words}
    return render(request, "people/form.html", context | {"remove": "grant-remove" if before else ""})


def _grant(request: HttpRequest, name: str) -> Any:
    try:
        return grants.grant(name, person_of(request))
    except grants.NoSuchGrant as error:
        raise Http404(str(error)) from error


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
