"""Lists of rows in NetBox's shape: filtered, sorted and paged in the database, and one row by its number."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.response import Response

from hanse.web.api.filters import Column, columns_of, conditions, flag, ordering, parameters, whole_number, words
from hanse.web.api.operations import NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Unreadable, given, page_of

USUAL: Final = 50
MOST: Final = 1000
COUNTED: Final = 10_000  # rows of a list without end: it is not counted farther, nor paged deeper than that by offset
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list: whose rows somebody may see, what a row looks like, and the address of one.

    `row` is a dataclass; its fields are columns of the table, but for `url` and `display`.
    """

    route: str  # the name of one row's address, which takes its `id`
    row: type
    rows: Callable[[Asked], QuerySet[Any]]  # that the asker may see
    display: str  # with names of columns in braces
    order: tuple[str, ...]
    searched: tuple[str, ...] = ()
    is_endless: bool = False
    finish: Callable[[Row], Row] = field(default=lambda row: row)

    @property
    def columns(self) -> dict[str, Column]:
        """Return what can be asked for."""
        return columns_of(self.row)

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the names of the fields that are columns of the table."""
        return tuple(one.name for one in fields(self.row) if one.name not in {"url", "display"})


def listed(listing: Listing, summary: str) -> Operation:
    """Return the operation that gives a page of the list."""

    def answer(asked: Asked) -> Response:
        return Response(page(asked, listing))

    return Operation(
        answer=answer,
        summary=summary,
        gives=page_of(given(listing.row)),
        parameters=tuple(parameters(listing.columns, is_searched=bool(listing.searched), is_paged_by_id=True)),
    )


def shown(listing: Listing, summary: str) -> Operation:
    """Return the operation that gives one row."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(one_row(asked, listing, number))

    return Operation(answer=answer, summary=summary, gives=given(listing.row), failures=NOT_HERE)


def one_row(asked: Asked, listing: Listing, number: int) -> Row:
    """Return the row of that number.

    :raises Http404: it is not there, or not for this person
    """
    found = listing.rows(asked).prefetch_related(None).filter(pk=number).values(*listing.stored).first()
    if found is None:
        raise Http404
    return finished(asked, listing, found)


def finished(asked: Asked, listing: Listing, row: Row) -> Row:
    """Return a row with its address and what stands for it in a sentence."""
    url = asked.request.build_absolute_uri(reverse(listing.route, args=[row["id"]]))
    return listing.finish({"id": row["id"], "url": url, "display": listing.display.format_map(row), **row})


def page(asked: Asked, listing: Listing) -> Row:
    """Return the page that the address asks for. Two queries.

    :raises Unreadable:
    """
    query = asked.request.query_params
    found = listing.rows(asked).prefetch_related(None).filter(conditions(query, listing.columns))
    if text := query.get("q", "").strip():
        found = found.filter(searched(listing.searched, text))
    limit = limit_of(query)
    if "start" in query:
        rows, links = _from_id(asked, found, listing, limit)
    else:
        rows, links = _from_offset(asked, found, listing, limit)
    only = wanted_fields(query, [one.name for one in fields(listing.row)])
    return {**links, "results": [reduced(finished(asked, listing, row), only) for row in rows]}


def searched(columns: tuple[str, ...], text: str) -> Q:
    """Return the condition that one of the columns holds `text`.

    :raises Unreadable: there is none to look in
    """
    if not columns:
        raise Unreadable("this list cannot be searched by q: use its filters")
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": words(text)})
    return found


def wanted_fields(query: Mapping[str, str], known: Collection[str]) -> frozenset[str]:
    """Return the fields that are asked for; empty: all.

    :raises Unreadable:
    """
    if flag(query.get("brief") or "false"):
        return frozenset({"id", "url", "display"})
    asked = frozenset(filter(None, query.get("fields", "").split(",")))
    if unknown := sorted(asked - set(known)):
        raise Unreadable(f"there is no field {unknown[0][:60]!r}")
    return asked


def reduced(row: Row, only: frozenset[str]) -> Row:
    """Return the row with these fields; empty: with all."""
    return {name: value for name, value in row.items() if name in only} if only else row


def limit_of(query: Mapping[str, str]) -> int:
    """Return how many rows a page has.

    :raises Unreadable:
    """
    limit = whole_number(query.get("limit") or str(USUAL))
    if limit < 0:
        raise Unreadable("limit is a number of rows")
    return min(limit or MOST, MOST)


def _from_id(asked: Asked, found: QuerySet[Any], listing: Listing, limit: int) -> tuple[list[Row], Row]:
    query = asked.request.query_params
    if "offset" in query or "ordering" in query:
        raise Unreadable("start pages by id: it goes with neither offset nor ordering")
    later = found.filter(pk__gte=whole_number(query["start"])).order_by("pk")
    rows = list(later.values(*listing.stored)[: limit + 1])
    more = address(asked, start=rows[limit - 1]["id"] + 1, limit=limit) if len(rows) > limit else None
    return rows[:limit], {"count": None, "next": more, "previous": None}


def _from_offset(asked: Asked, found: QuerySet[Any], listing: Listing, limit: int) -> tuple[list[Row], Row]:
    query = asked.request.query_params
    offset = offset_of(query)
    if listing.is_endless and offset > COUNTED:
        raise Unreadable(f"this list is not paged deeper than {COUNTED} by offset: ask for start=ID or filter by time")
    order = ordering(query, listing.columns, listing.order)
    rows = list(found.order_by(*order).values(*listing.stored)[offset : offset + limit + 1])
    count: int | None = found.order_by()[: COUNTED + 1].count() if listing.is_endless else found.order_by().count()
    count = None if listing.is_endless and count is not None and count > COUNTED else count
    return rows[:limit], {"count": count, **neighbours(asked, offset, limit, is_more=len(rows) > limit)}


def offset_of(query: Mapping[str, str]) -> int:
    """Return how many rows are left out before the page.

    :raises Unreadable:
    """
    offset = whole_number(query.get("offset") or "0")
    if not 0 <= offset < 2**32:
        raise Unreadable("offset is a number of rows")
    return offset


def neighbours(asked: Asked, offset: int, limit: int, *, is_more: bool) -> Row:
    """Return the addresses of the pages before and after."""
    return {
        "next": address(asked, limit=limit, offset=offset + limit) if is_more else None,
        "previous": address(asked, limit=limit, offset=max(0, offset - limit)) if offset else None,
    }


def address(asked: Asked, **words: int) -> str:
    """Return the address that was asked, with other words in it."""
    query = asked.request.query_params.copy()
    for word, value in words.items():
        query[word] = str(value)
    return asked.request.build_absolute_uri(f"?{query.urlencode()}")
