"""Users: who may log in."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import accounts
from hanse.actions.grant_words import in_words
from hanse.actions.grants import rights_of
from hanse.conf.outside import outside
from hanse.web.pages.at_form import said_at
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

USERS: Final = Table(
    columns=(
        Column("username", "Name", cell="people/user_cell.html", sort=("username",)),
        Column("email", "Mail address", sort=("email",)),
        Column("is_active", "May log in", cell="lists/cells/flag.html", sort=("is_active",)),
        Column("is_superuser", "Administrator", cell="lists/cells/flag.html", sort=("is_superuser",)),
        Column("", "Groups", cell="people/user_groups.html", is_exported=False),
        Column("last_login", "Logged in", cell="lists/cells/when.html", sort=("last_login",)),
        Column("date_joined", "Since", cell="lists/cells/when.html", sort=("date_joined",)),
    ),
    order=("username",),
    refreshed=None,
)


class NewUserForm(forms.Form):
    """Somebody new."""

    username = forms.CharField(max_length=150, label="Name")
    email = forms.EmailField(required=False, label="Mail address", help_text="One can log in with it, too.")
    administrator = forms.BooleanField(
        required=False, help_text="May do everything. Others are given what they may do by groups and grants."
    )


class UserForm(forms.Form):
    """What can be changed about somebody."""

    email = forms.EmailField(required=False, label="Mail address")
    active = forms.BooleanField(
        required=False, label="May log in", help_text="Without it every session and token of theirs ends at once."
    )
    administrator = forms.BooleanField(required=False, help_text="May do everything.")


@require_safe
def user_list(request: HttpRequest) -> HttpResponseBase:
    """List everybody."""
    rows = accounts.user_list(person_of(request))
    filters = (Words(fields=("username", "email")),)
    return list_page(request, table=USERS, rows=rows, filters=filters, template="people/users.html")


@never_cache
def user_new(request: HttpRequest) -> HttpResponse:
    """Make somebody, and show their first password, once."""
    person = person_of(request)
    accounts.user_list(person)
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            made = accounts.add_user(**form.cleaned_data, person=person, clock=outside().clock)
            return render(request, "people/password_made.html", {"made": made})
    return render(request, "people/form.html", {"form": form, "heading": "New user", "verb": "Make the user"})


def user_page(request: HttpRequest, username: str) -> HttpResponse:
    """Show somebody, and change what the form holds."""
    person = person_of(request)
    user = _user(request, username)
    before = {"email": user.email, "active": user.is_active, "administrator": user.is_superuser}
    form = UserForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            accounts.change_user(username=username, **form.cleaned_data, person=person, clock=outside().clock)
            messages.success(request, f"{username} was changed.")
            return redirect("user", username)
    context = {"form": form, "user_shown": user, "allowed": tuple(map(in_words, rights_of(user, person)))}
    return render(request, "people/user.html", context)


@require_POST
@never_cache
def user_password(request: HttpRequest, username: str) -> HttpResponse:
    """Give somebody a new password, and show it, once."""
    _user(request, username)
    made = accounts.set_password(username=username, person=person_of(request), clock=outside().clock)
    return render(request, "people/password_made.html", {"made": made})


@require_POST
def user_second_factor(request: HttpRequest, username: str) -> HttpResponse:
    """Forget somebody's second factor."""
    _user(request, username)
    accounts.forget_second_factor(username=username, person=person_of(request), clock=outside().clock)
    messages.success(request, f"{username} logs in with the password alone.")
    return redirect("user", username)


@require_POST
def user_remove(request: HttpRequest, username: str) -> HttpResponse:
    """Remove somebody."""
    _user(request, username)
    accounts.remove_user(username=username, person=person_of(request), clock=outside().clock)
    messages.success(request, f"{username} was removed.")
    return redirect("users")


def _user(request: HttpRequest, username: str) -> Any:
    try:
        return accounts.user(username, person_of(request))
    except accounts.NoSuchUser as error:
        raise Http404(str(error)) from error
