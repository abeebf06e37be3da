"""One page of a list: read the URL, filter, sort, cut, render."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hanse.web.pages.lists.choosing import chosen_columns
from hanse.web.pages.lists.exports import FORMATS, export
from hanse.web.pages.lists.filters import Filter, filtered
from hanse.web.pages.lists.table import Column, Rows, Table

SIZES: Final = (25, 50, 100, 250)
COUNTED: Final = 10_000  # of a history no more rows are counted or paged through: its filters lead farther back
PART: Final = "rows"  # the id of what htmx swaps


class CappedPaginator(Paginator[Any]):
    """Pages of a history: it counts to an end, so that a million rows cost as much as ten thousand."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, or one more than are counted."""
        rows = self.object_list
        return rows[: COUNTED + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def is_capped(self) -> bool:
        """Say whether there are more rows than were counted."""
        return self.count > COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's title as the page shows it."""

    column: Column
    sorted: str  # as `aria-sort` has it; empty: not by this
    next_sort: str  # what a click asks for


def list_page(
    request: HttpRequest,
    *,
    table: Table,
    rows: Rows,
    filters: Sequence[Filter] = (),
    template: str = "lists/list.html",
    more: Mapping[str, Any] = {},
) -> HttpResponseBase:
    """Answer with the list, or its rows alone for htmx, or all of it as the file that `?export=` asks for.

    `more` is what the template shows besides.
    """
    left = filtered(rows, filters, request.GET)
    ordered, sort = table.sorted(left.rows, request.GET.get("sort", ""))
    if (form := request.GET.get("export", "")) in FORMATS:
        return export(table, ordered, form=form, name=_name(request))
    page = _page(request, table, ordered)
    columns = chosen_columns(request, table)
    context = {
        "table": table,
        "heads": tuple(_head(column, sort, table) for column in columns.shown),
        "lines": tuple(
            (row, tuple((column, column.value(row)) for column in columns.shown)) for row in page.object_list
        ),
        "columns": columns,
        "page": page,
        "pages": tuple(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "is_capped": isinstance(page.paginator, CappedPaginator) and page.paginator.is_capped,
        "sizes": SIZES,
        "fields": left.fields,
        "is_narrowed": left.is_narrowed,
        "every": int(table.refreshed.total_seconds()) if table.refreshed else 0,
        "formats": tuple(FORMATS),
        **more,
    }
    is_part = request.headers.get("HX-Target") == PART
    answer = render(request, "lists/rows.html" if is_part else template, context)
    answer.headers["Vary"] = "HX-Target"
    return answer


def _page(request: HttpRequest, table: Table, rows: Rows) -> Page[Any]:
    size = request.GET.get("size", "")
    kind = CappedPaginator if table.is_history else Paginator[Any]
    paginator = kind(rows, int(size) if size in map(str, SIZES) else SIZES[1])
    return paginator.get_page(request.GET.get("page", "1"))


def _head(column: Column, sort: str, table: Table) -> Head:
    is_by_this = sort.removeprefix("-") == column.key and bool(sort)
    falling = sort.startswith("-")
    can = bool(column.sort) and not table.is_history
    return Head(
        column=column,
        sorted=("descending" if falling else "ascending") if is_by_this else "",
        next_sort=(column.key if falling or not is_by_this else f"-{column.key}") if can else "",
    )


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name if match else None) or "list"
