"""Filters of the lists of objects: one for each field with few values, or that names an object of a kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from hanse.actions import objects
from hanse.actions.rights import Person
from hanse.network.wanted.shape import Field, Sort
from hanse.web.pages.lists import Filter
from hanse.web.pages.lists.table import Rows
from hanse.web.pages.object_forms.parts import label_of
from hanse.web.pages.object_rows import ObjectRows

NAMED: Final = frozenset({"connections", "exchanges", "groups", "nodes", "platforms", "sites", "tags", "vrfs"})
OFFERED: Final = 100  # names; where there are more somebody writes one


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """The value must be what the field holds, or one of what it holds."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    template: str

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        assert isinstance(rows, ObjectRows)
        return rows.holding(self.name, value)


def object_filters(fields: tuple[Field, ...], person: Person) -> tuple[Filter, ...]:
    """Return the filters for objects with `fields`."""
    return tuple(_filters(fields, lambda kind: objects.names(refers=kind, person=person, most=OFFERED + 1)))


def _filters(fields: tuple[Field, ...], names: Callable[[str], tuple[str, ...]]) -> Iterator[Filter]:
    for field in fields:
        if field.sort in {Sort.CHOICE, Sort.CHOICES}:
            yield _choice(field, field.choices)
        elif field.refers in NAMED:
            found = names(field.refers)
            yield _choice(field, found) if len(found) <= OFFERED else _written(field)


def _choice(field: Field, names: tuple[str, ...]) -> Holds:
    options = tuple((name, name) for name in names)
    return Holds(name=field.name, title=label_of(field.name), options=options, template="lists/filters/choice.html")


def _written(field: Field) -> Holds:
    return Holds(name=field.name, title=label_of(field.name), options=(), template="lists/filters/words.html")
