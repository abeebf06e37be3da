"""Secrets: their names, set and removed; one value is shown to who may see it, after that went on record."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import secrets
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

SECRETS: Final = Table(
    columns=(
        Column("name", "Name", cell="lists/cells/copy.html", sort=("name",)),
        Column("changed_at", "Changed", cell="lists/cells/when.html", sort=("changed_at",)),
        Column("", "What to do", cell="secrets/cells/deeds.html", is_title_hidden=True, is_exported=False),
    ),
    refreshed=None,
)


class SecretForm(forms.Form):
    """A secret to be put down."""

    name = forms.CharField(max_length=100, help_text="Letters, digits, '.', '_' and '-'. Texts name it so.")
    value = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="One line. It takes an older one's place.",
    )


@require_safe
def secret_list(request: HttpRequest) -> HttpResponseBase:
    """Show the names."""
    return _list(request, SecretForm())


@require_POST
@sensitive_post_parameters("value")
def secret_set(request: HttpRequest) -> HttpResponseBase:
    """Put a secret down."""
    form = SecretForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A secret has a name and a value.")
        return redirect("secrets")
    name = form.cleaned_data["name"]
    secrets.set_secret(name, form.cleaned_data["value"], person=person_of(request), clock=outside().clock)
    messages.success(request, f"The secret {name} is set.")
    return redirect("secrets")


@require_POST
def secret_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Forget a secret."""
    secrets.remove_secret(name, person=person_of(request), clock=outside().clock)
    messages.success(request, f"The secret {name} is forgotten.")
    return redirect("secrets")


@require_POST
@never_cache
def secret_reveal(request: HttpRequest, name: str) -> HttpResponse:
    """Show one value, once."""
    value = secrets.reveal(name, person=person_of(request), clock=outside().clock)
    return render(request, "secrets/revealed.html", {"name": name, "value": value})


def _list(request: HttpRequest, form: SecretForm) -> HttpResponseBase:
    person = person_of(request)
    return list_page(
        request,
        table=SECRETS,
        rows=secrets.secret_names(person),
        filters=(Words(fields=("name",)),),
        template="secrets/list.html",
        more={
            "form": form,
            "empty": "secrets/empty.html",
            "may_set": person.may(Right.CHANGE, secrets.OBJECT),
            "may_see": person.may(Right.SEE_SECRETS, secrets.OBJECT),
        },
    )
