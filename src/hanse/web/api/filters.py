"""Filters in the address: `?node=core1&node=core2`, `?remote_asn__gte=64500`, `?why__ic=hold`, `?ordering=-since`.

What a list can be asked for follows from the type of each of its columns. A word that no column knows is refused: a
misspelled filter that is ignored would be answered with everything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

from django.db.models import Q
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from hanse.network.wanted.sentences import one_of
from hanse.web.api.shapes import Schema, Unreadable

PAGING: Final = ("limit", "offset", "start", "ordering", "q", "brief", "fields", "format")
LARGEST: Final = 2**63 - 1  # what both databases hold as a whole number


def whole_number(text: str) -> int:
    """Return a number that the database can hold.

    :raises Unreadable:
    """
    try:
        number = int(text)
    except ValueError as error:
        raise Unreadable(f"{text[:40]!r} is not a whole number") from error
    if not -LARGEST <= number <= LARGEST:
        raise Unreadable(f"{text[:40]} is too large")
    return number


def flag(text: str) -> bool:
    """Return what a yes or no says.

    :raises Unreadable:
    """
    words = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in words:
        raise Unreadable(f"{text[:40]!r} is neither true nor false")
    return words[text.lower()]


def moment(text: str) -> datetime:
    """Return a moment as ISO 8601 writes it; without a zone it is UTC.

    :raises Unreadable:
    """
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that the address lost
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{text[:40]!r} is not a moment: 2026-01-31T12:00:00Z") from error


def words(text: str) -> str:
    """Return a text that the database can be asked for.

    :raises Unreadable:
    """
    if "\x00" in text:
        raise Unreadable("a filter holds a NUL character")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A type of column: how a value is read from the address, its schema, and Django's lookups by ours."""

    read: Callable[[str], Any]
    schema: Schema
    lookups: Mapping[str, str]


ORDERED: Final = {"gt": "gt", "gte": "gte", "lt": "lt", "lte": "lte"}
NUMBER: Final = Sort(read=whole_number, schema={"type": "integer"}, lookups=ORDERED)
MOMENT: Final = Sort(read=moment, schema={"type": "string", "format": "date-time"}, lookups=ORDERED)
FLAG: Final = Sort(read=flag, schema={"type": "boolean"}, lookups={})
WORDS: Final = Sort(
    read=words,
    schema={"type": "string"},
    lookups={"ic": "icontains", "ie": "iexact", "isw": "istartswith", "iew": "iendswith"},
)
SORTS: Final[tuple[tuple[type, Sort], ...]] = (
    (bool, FLAG),
    (int, NUMBER),
    (datetime, MOMENT),
    (StrEnum, WORDS),
    (str, WORDS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a list's rows that can be asked for."""

    name: str
    sort: Sort
    may_be_empty: bool  # null

    @property
    def knows_empty(self) -> bool:
        """Say whether it can be asked for having nothing."""
        return self.may_be_empty or self.sort is WORDS

    @property
    def empty(self) -> Q:
        """Return the condition that there is nothing in it."""
        nothing = Q(**{f"{self.name}__isnull": True}) if self.may_be_empty else Q(pk__in=[])
        return nothing | Q(**{self.name: ""}) if self.sort is WORDS else nothing


def columns_of(form: type) -> dict[str, Column]:
    """Return the columns of a row's dataclass; lists and mappings are none."""
    found = {}
    for name, hint in get_type_hints(form).items():
        kinds = [one for one in get_args(hint) or (hint,) if one is not NoneType]
        if len(kinds) != 1 or not isinstance(kinds[0], type) or name in {"url", "display"}:
            continue
        sort = next((sort for kind, sort in SORTS if issubclass(kinds[0], kind)), None)
        if sort is not None:
            found[name] = Column(name=name, sort=sort, may_be_empty=NoneType in get_args(hint))
    return found


def conditions(query: QueryDict, columns: Mapping[str, Column]) -> Q:
    """Return what the address asks for, as a condition on rows.

    :raises Unreadable:
    """
    found = Q()
    for word in query:
        if word not in PAGING:
            found &= _condition(word, query.getlist(word), columns)
    return found


def _condition(word: str, texts: list[str], columns: Mapping[str, Column]) -> Q:
    name, _, lookup = word.partition("__")
    if name not in columns:
        raise Unreadable(f"there is no filter {word[:60]!r}: {one_of(columns, name)}")
    column = columns[name]
    if lookup == "empty" and column.knows_empty:
        return column.empty if flag(texts[-1]) else ~column.empty
    if lookup in {"", "n"}:
        among = _among(column, texts)
        return ~among if lookup == "n" else among
    if lookup not in column.sort.lookups:
        raise Unreadable(f"{name} cannot be asked for by {lookup[:60]!r}")
    there = Q()
    for text in texts:
        there |= Q(**{f"{name}__{column.sort.lookups[lookup]}": column.sort.read(text)})
    return there


def _among(column: Column, texts: Iterable[str]) -> Q:
    """Return the condition that the column has one of the values; "null" stands for none, where that can be."""
    listed = list(texts)
    found = Q(**{f"{column.name}__in": [column.sort.read(one) for one in listed if one != "null"]})
    return found | Q(**{f"{column.name}__isnull": True}) if column.may_be_empty and "null" in listed else found


def ordering(query: QueryDict, columns: Iterable[str], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """Return by which columns the rows are sorted; a minus sign turns one around.

    :raises Unreadable:
    """
    asked = tuple(part for text in query.getlist("ordering") for part in text.split(",") if part)
    for one in asked:
        if one.removeprefix("-") not in columns:
            raise Unreadable(f"rows cannot be sorted by {one[:60]!r}: {one_of(columns, one)}")
    return asked or otherwise


def parameters(columns: Mapping[str, Column], *, is_searched: bool, is_paged_by_id: bool) -> list[OpenApiParameter]:
    """Return what the address of a list takes, as OpenAPI says it."""
    found = [
        OpenApiParameter("limit", int, description="rows a page: 50 unless told, 1,000 at most, which 0 stands for"),
        OpenApiParameter("offset", int, description="rows left out before the page"),
        OpenApiParameter("ordering", str, description="columns to sort by; a minus sign turns one around"),
        OpenApiParameter("brief", bool, description="id, url and display only"),
        OpenApiParameter("fields", str, description="names of fields, with commas between: only these"),
    ]
    if is_searched:
        found.append(OpenApiParameter("q", str, description="a part of its names, in any case"))
    if is_paged_by_id:
        found.append(OpenApiParameter("start", int, description="pages by id, from this one on: fast however deep"))
    for column in columns.values():
        many = {"type": "array", "items": column.sort.schema}
        found.append(OpenApiParameter(column.name, many, description="one of these"))
        for lookup in (*column.sort.lookups, "n", "empty"):
            if lookup == "empty" and not column.knows_empty:
                continue
            schema = {"type": "boolean"} if lookup == "empty" else many if lookup == "n" else column.sort.schema
            found.append(OpenApiParameter(f"{column.name}__{lookup}", schema))
    return found
