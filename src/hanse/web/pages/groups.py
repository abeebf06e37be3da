"""Groups: people who are granted the same."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import grants
from hanse.actions.accounts import user_list
from hanse.actions.rights import Person
from hanse.conf.outside import outside
from hanse.web.pages.at_form import said_at
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

GROUPS: Final = Table(
    columns=(
        Column("name", "Name", cell="people/group_cell.html", sort=("name",)),
        Column("", "Members", cell="people/group_members.html", is_exported=False),
        Column("", "What they may do", cell="people/group_grants.html", is_exported=False),
    ),
    order=("name",),
    refreshed=None,
)


class GroupForm(forms.Form):
    """A group and who is in it."""

    name = forms.CharField(max_length=100)
    members = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def offer(self, person: Person) -> None:
        """Offer everybody as a member."""
        names = user_list(person).values_list("username", flat=True)
        field = self.fields["members"]
        field.choices = [(name, name) for name in names]  # type: ignore[attr-defined]


@require_safe
def group_list(request: HttpRequest) -> HttpResponseBase:
    """List all groups."""
    rows = grants.group_list(person_of(request))
    return list_page(
        request, table=GROUPS, rows=rows, filters=(Words(fields=("name",)),), template="people/groups.html"
    )


def group_new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    return _group_form(request, {}, heading="New group")


def group_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a group, and change who is in it."""
    found = _group(request, name)
    members = [user.username for user in found.user_set.all()]
    return _group_form(request, {"name": name, "members": members}, heading=name)


@require_POST
def group_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Remove a group."""
    _group(request, name)
    grants.remove_group(name=name, person=person_of(request), clock=outside().clock)
    messages.success(request, f"{name} was removed.")
    return redirect("groups")


def _group_form(request: HttpRequest, before: dict[str, object], *, heading: str) -> HttpResponse:
    person = person_of(request)
    form = GroupForm(request.POST or None, initial=before)
    form.offer(person)
    if before:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        with said_at(form):
            grants.put_group(**form.cleaned_data, person=person, clock=outside().clock)
            messages.success(request, f"{form.cleaned_data['name']} was kept.")
            return redirect("groups")
    context = {"form": form, "heading": heading, "verb": "Keep the group", "remove": "group-remove" if before else ""}
    return render(request, "people/form.html", context)


def _group(request: HttpRequest, name: str) -> Any:
    try:
        return grants.group(name, person_of(request))
    except grants.NoSuchGroup as error:
        raise Http404(str(error)) from error
