"""The wanted objects: which kinds there are, the list of each, and the names that a field can refer to."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hanse.actions import objects
from hanse.actions.rights import Right
from hanse.network.wanted.edits import ALL_KINDS, FORMS, GENERAL
from hanse.network.wanted.network import key_of
from hanse.network.wanted.shape import Field, Sort, fields_of
from hanse.web.pages.lists import Column, Table, list_page
from hanse.web.pages.lists.table import Rows
from hanse.web.pages.object_filters import object_filters
from hanse.web.pages.object_forms.parts import label_of
from hanse.web.pages.object_rows import ObjectRows
from hanse.web.person import person_of

NAMELESS: Final = "-"  # stands in an address for the name of what is general
SHOWN: Final = frozenset({Sort.TEXT, Sort.NUMBER, Sort.FRACTION, Sort.CHOICE, Sort.CHOICES, Sort.LINES, Sort.FLAG})
MOST_COLUMNS: Final = 7
MOST_NAMES: Final = 50  # offered at once while somebody writes


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOfObjects:
    """All words must be found, each in the name of the object or in one of `fields`."""

    fields: tuple[str, ...]
    name: str = "q"
    title: str = "Text"
    template: str = "lists/filters/words.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        assert isinstance(rows, ObjectRows)
        return rows.with_words(value, self.fields)


def title_of(kind: str) -> str:
    """Return what a kind is called on pages."""
    return {"network": "The network", "autonomous_systems": "Autonomous systems"}.get(kind, label_of(kind))


def insist_on_kind(kind: str) -> None:
    """Return if there is such a kind.

    :raises Http404:
    """
    if kind not in ALL_KINDS:
        raise Http404(f"there is no kind {kind}")


@require_GET
def kind_list(request: HttpRequest) -> HttpResponseBase:
    """Show the kinds, with how many objects of each the person may see."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    kinds = [(kind, title_of(kind), len(objects.objects(kind=kind, person=person))) for kind in ALL_KINDS]
    return render(
        request, "objects/kinds.html", {"kinds": kinds, "general": GENERAL, "may_change": person.may_any(Right.CHANGE)}
    )


@require_GET
def object_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show the objects of a kind."""
    insist_on_kind(kind)
    if kind == GENERAL:
        return redirect("object", GENERAL, NAMELESS)
    person = person_of(request)
    person.insist_any(Right.VIEW, kind)
    rows = ObjectRows(kind, objects.objects(kind=kind, person=person))
    columns = _columns(kind)
    return list_page(
        request,
        table=Table(columns=columns, order=("key",), refreshed=None, exported=_besides(kind, columns)),
        rows=rows,
        filters=(
            WordsOfObjects(fields=tuple(one.field for one in columns if one.field not in {"", "key"})),
            *object_filters(fields_of(FORMS[kind]), person),
        ),
        template="objects/list.html",
        more={
            "kind": kind,
            "kind_title": title_of(kind),
            "may_change": person.may_any(Right.CHANGE, kind),
            "empty": "objects/empty.html",
        },
    )


def _columns(kind: str) -> tuple[Column, ...]:
    """Return the key and the first fields that fit into a cell."""
    fields = [field for field in fields_of(FORMS[kind]) if field.sort in SHOWN and field.name != key_of(kind)]
    chosen = [field for field in fields if field.name != "description"][:MOST_COLUMNS]
    return (
        Column("", "Chosen", cell="objects/cells/chosen.html", is_title_hidden=True, is_exported=False),
        Column("key", "AS number" if key_of(kind) == "asn" else "Name", cell="objects/cells/name.html", sort=("key",)),
        *(_column(field) for field in chosen),
    )


def _besides(kind: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the fields that fit into no cell: a file has them all."""
    shown = {key_of(kind), *(column.field for column in columns)}
    return tuple(field.name for field in fields_of(FORMS[kind]) if field.name not in shown)


def _column(field: Field) -> Column:
    is_number = field.sort in {Sort.NUMBER, Sort.FRACTION}
    cell = "lists/cells/flag.html" if field.sort is Sort.FLAG else "lists/cells/text.html"
    return Column(field.name, label_of(field.name), cell=cell, sort=(field.name,), is_number=is_number)


@require_GET
def names(request: HttpRequest, refers: str) -> HttpResponseBase:
    """Offer names for what stands in the input that asks."""
    written = next((str(value) for value in request.GET.values()), "")
    found = objects.names(refers=refers, person=person_of(request), like=written, most=MOST_NAMES)
    return render(request, "objects/names.html", {"names": found})
