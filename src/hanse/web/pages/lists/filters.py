"""Filters of lists. Each reads one word of the URL; what it cannot read it says, and nothing is listed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.http import QueryDict

from hanse.network.errors import WantedError
from hanse.web.pages.lists.table import Column, Rows

Options = tuple[tuple[str, str], ...]


class BadFilter(WantedError):
    """A filter of a list holds what it cannot mean."""


class Filter(Protocol):
    """One filter: its name in the URL, its title on the page, the template of its field, and what it leaves."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def template(self) -> str: ...

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit.

        :raises BadFilter:
        """


def words_of(kind: type[StrEnum], *others: str) -> Options:
    """Return the values of an enumeration as the options of a choice."""
    return tuple((value, value.replace("-", " ")) for value in (*map(str, kind), *others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several values; `field` is what must equal it, unless `where` says otherwise."""

    name: str
    title: str
    options: Options  # value in the URL, words on the page
    field: str = ""  # empty: as the name
    where: Callable[[str], Q] | None = None
    template: str = "lists/filters/choice.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        if value not in dict(self.options):
            raise BadFilter(f"{self.title} is none of {', '.join(word for word, _ in self.options)}")
        if isinstance(rows, QuerySet):
            return rows.filter(self.where(value) if self.where else Q(**{self.field or self.name: value}))
        column = Column(_dotted(self.field or self.name), self.title)
        return [row for row in rows if str(column.value(row)) == value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All words must be found, each in one of `fields`."""

    fields: tuple[str, ...]
    name: str = "q"
    title: str = "Text"
    template: str = "lists/filters/words.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        for word in value.split():
            rows = self._with(rows, word)
        return rows

    def _with(self, rows: Rows, word: str) -> Rows:
        if isinstance(rows, QuerySet):
            found = Q()
            for name in self.fields:
                found |= Q(**{f"{name}__icontains": word})
            return rows.filter(found)
        columns = [Column(_dotted(name), "") for name in self.fields]
        return [row for row in rows if any(word.lower() in str(column.value(row)).lower() for column in columns)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A whole number that a field must equal; `AS64500` is read as 64500."""

    name: str
    title: str
    field: str = ""  # empty: as the name
    template: str = "lists/filters/number.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        digits = value.upper().removeprefix("AS")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
            raise BadFilter(f"{self.title}: {value} is no number")
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.field or self.name: int(digits)})
        column = Column(_dotted(self.field or self.name), self.title)
        return [row for row in rows if column.value(row) == int(digits)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time in UTC, from which or up to which the rows are."""

    name: str
    title: str
    field: str
    is_end: bool = False  # rows before it, instead of from it on
    template: str = "lists/filters/moment.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise BadFilter(f"{self.title}: write a time as 2026-01-31T23:59") from error
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if isinstance(rows, QuerySet):
            return rows.filter(**{f"{self.field}__{'lt' if self.is_end else 'gte'}": at})
        column = Column(_dotted(self.field), self.title)
        times: Iterable[tuple[Any, Any]] = ((row, column.value(row)) for row in rows)
        return [row for row, when in times if when is not None and (when < at if self.is_end else when >= at)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A filter as the page shows it."""

    filter: Filter
    value: str
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """What the filters left, and how they stand."""

    rows: Rows
    fields: tuple[Field, ...]

    @property
    def is_narrowed(self) -> bool:
        """Say whether any filter is set."""
        return any(one.value for one in self.fields)


def filtered(rows: Rows, filters: Sequence[Filter], words: QueryDict) -> Filtered:
    """Return what the filters leave of `rows`; one that is wrong leaves nothing."""
    fields = []
    for one in filters:
        value, wrong = words.get(one.name, "").strip(), ""
        if value:
            try:
                rows = one.left(rows, value)
            except BadFilter as error:
                wrong = str(error)
                rows = rows.none() if isinstance(rows, QuerySet) else ()
        fields.append(Field(filter=one, value=value, wrong=wrong))
    return Filtered(rows=rows, fields=tuple(fields))


def _dotted(field: str) -> str:
    return field.replace("__", ".")
