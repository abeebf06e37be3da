"""Short lists that are no tables: schedules, secrets' names, people. They are filtered and paged where they are."""

from collections.abc import Callable, Iterable
from dataclasses import fields

from rest_framework.response import Response

from hanse.web.api.filters import columns_of, ordering, parameters
from hanse.web.api.lists import Row, limit_of, neighbours, offset_of, reduced, wanted_fields
from hanse.web.api.operations import Asked, Operation
from hanse.web.api.shapes import given, page_of
from hanse.web.api.wanted_search import asked_tests, in_order, listed_values


def listed_rows(form: type, rows: Callable[[Asked], Iterable[Row]], summary: str) -> Operation:
    """Return the operation that gives a page of `rows`, each of which is a `form`."""

    def answer(asked: Asked) -> Response:
        return Response(_page(asked, form, rows(asked)))

    return Operation(
        answer=answer,
        summary=summary,
        gives=page_of(given(form)),
        parameters=tuple(parameters(columns_of(form), is_searched=True, is_paged_by_id=False)),
    )


def _page(asked: Asked, form: type, rows: Iterable[Row]) -> Row:
    query = asked.request.query_params
    columns = columns_of(form)
    tests = asked_tests(query, columns)
    text = query.get("q", "").lower()
    found = [
        row
        for row in rows
        if all(test(listed_values(row[field])) for field, test in tests) and text in str(row["display"]).lower()
    ]
    for word in reversed(ordering(query, columns, ())):
        found.sort(key=lambda row: in_order(row[word.removeprefix("-")]), reverse=word.startswith("-"))
    limit, offset = limit_of(query), offset_of(query)
    only = wanted_fields(query, [one.name for one in fields(form)])
    return {
        "count": len(found),
        **neighbours(asked, offset, limit, is_more=offset + limit < len(found)),
        "results": [reduced(row, only) for row in found[offset : offset + limit]],
    }
