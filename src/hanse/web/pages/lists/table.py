"""What a list shows: its columns, and by which it can be sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

Rows = QuerySet[Any, Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of the row (`plan.title` follows), its title, and the template of its cells.

    A cell's template sees `value` and `row`. Ours are below templates/lists/cells.
    """

    field: str  # empty: the template takes what it needs of `row`
    title: str
    cell: str = "lists/cells/text.html"
    sort: tuple[str, ...] = ()  # fields, the first counts most; empty: nobody can sort by it
    is_exported: bool = True  # under the name of its field
    is_number: bool = False
    is_title_hidden: bool = False  # of a column of buttons: only readers hear its title

    @property
    def key(self) -> str:
        """Return what the URL calls this column."""
        return self.field.replace(".", "-") or self.title.lower()

    def value(self, row: Any) -> Any:
        """Return what the row has in this column."""
        value = row
        for name in self.field.split(".") if self.field else ():
            value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        return value() if callable(value) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The columns of a list, in order."""

    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()  # fields; as long as nobody sorts
    is_history: bool = False  # the table grows for ever: it cannot be sorted, and is counted only to an end
    refreshed: timedelta | None = timedelta(seconds=10)  # how often the page asks anew; None: never
    exported: tuple[str, ...] = ()  # more fields, of no column

    def sorted(self, rows: Rows, asked: str) -> tuple[Rows, str]:
        """Return the rows in the order that the URL asks for (`node`, `-node`), and what is asked if it can be."""
        fields = () if self.is_history else self._fields(asked.removeprefix("-"))
        asked = asked if fields else ""
        falling = asked.startswith("-")
        if isinstance(rows, QuerySet):
            order = tuple(_turned(name) if falling else name for name in fields) or self.order
            return (rows.order_by(*order, "pk") if order else rows), asked
        return _sorted_values(rows, fields, falling), asked

    def _fields(self, key: str) -> tuple[str, ...]:
        return next((column.sort for column in self.columns if column.sort and column.key == key), ())


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _sorted_values(rows: Sequence[Any], fields: tuple[str, ...], falling: bool) -> Sequence[Any]:
    for name in reversed(fields):
        column = Column(name.removeprefix("-").replace("__", "."), "")
        turned = falling != name.startswith("-")
        rows = sorted(rows, key=lambda row, column=column: _comparable(column.value(row)), reverse=turned)  # type: ignore[misc]
    return rows


def _comparable(value: Any) -> tuple[bool, Any]:
    return value is not None, "" if value is None else value
