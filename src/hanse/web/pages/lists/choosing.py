"""Which columns of a list are shown: all that it has, or those that the person chose once."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hanse.actions.columns import choose_columns, columns_of
from hanse.web.pages.lists.table import Column, Table
from hanse.web.person import person_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenColumns:
    """The columns that are shown, and all that can be chosen, each with whether it is."""

    name: str  # of the list, under which the choice is remembered
    shown: tuple[Column, ...]
    choices: tuple[tuple[Column, bool], ...]


def chosen_columns(request: HttpRequest, table: Table) -> ChosenColumns:
    """Return the columns for whoever asks. The first with a title always stays, and those of buttons and boxes."""
    name = list_name(request)
    titled = tuple(column for column in table.columns if column.field and not column.is_title_hidden)
    chosen = set(columns_of(name, person_of(request))) & {column.key for column in titled}
    kept = {column.key for column in titled[:1]} | (chosen or {column.key for column in titled})
    shown = tuple(column for column in table.columns if column not in titled or column.key in kept)
    return ChosenColumns(name=name, shown=shown, choices=tuple((column, column.key in kept) for column in titled[1:]))


def list_name(request: HttpRequest) -> str:
    """Return what a list is called: by its address, and the kind of objects that it lists."""
    match = request.resolver_match
    name = (match.url_name if match else None) or "list"
    kind = match.kwargs.get("kind", "") if match else ""
    return f"{name} {kind}".strip()


@require_POST
def columns_choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice, and go back to the list."""
    choose_columns(request.POST.get("list", ""), request.POST.getlist("column"), person_of(request))
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "dashboard")
