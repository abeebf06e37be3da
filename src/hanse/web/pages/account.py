"""One's own account: how one logs in, what one may do, one's tokens."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import tokens
from hanse.actions.grant_words import in_words
from hanse.actions.people import lacks_second_factor
from hanse.conf.outside import outside
from hanse.web.pages.at_form import said_at
from hanse.web.person import person_of


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(max_length=100, help_text="What it is for.")
    may_write = forms.BooleanField(required=False, label="May change things", help_text="Else it may only look.")
    networks = forms.CharField(
        required=False,
        label="Only from",
        help_text="Prefixes with commas: 192.0.2.0/24, 2001:db8::/32. Empty: from anywhere.",
    )
    expires = forms.DateField(
        required=False,
        label="Good until",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day, in UTC. Empty: for ever.",
    )

    def wanted(self) -> dict[str, Any]:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        day = said["expires"]
        return {
            "name": said["name"],
            "may_write": said["may_write"],
            "networks": [text.strip() for text in said["networks"].split(",") if text.strip()],
            "expires": datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC) if day else None,
        }


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    person = person_of(request)
    context = {
        "tokens": tokens.token_list(person),
        "allowed": tuple(map(in_words, person.granted)),
        "lacks_second_factor": lacks_second_factor(request.user),
        "now": outside().clock.now(),
    }
    return render(request, "people/account.html", context)


@never_cache
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            text = tokens.make(**form.wanted(), person=person_of(request), clock=outside().clock)
            return render(request, "people/token_made.html", {"text": text, "name": form.cleaned_data["name"]})
    return render(request, "people/form.html", {"form": form, "heading": "New token", "verb": "Make the token"})


@require_POST
def token_revoke(request: HttpRequest, key: str) -> HttpResponse:
    """End a token."""
    tokens.revoke(key=key, person=person_of(request), clock=outside().clock)
    return redirect("account")
