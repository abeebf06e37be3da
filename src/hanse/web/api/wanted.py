"""The wanted network, object by object: lists, single objects, and what holds for the network as a whole."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework.response import Response

from hanse.actions import whereabouts
from hanse.actions.whereabouts import visible
from hanse.store.wanted_rows import WantedRow
from hanse.web.api.filters import parameters
from hanse.web.api.lists import Row, limit_of, neighbours, offset_of, reduced, wanted_fields
from hanse.web.api.operations import NOT_HERE, Asked, Operation
from hanse.web.api.shapes import page_of
from hanse.web.api.wanted_search import asked_ids, matching, sorted_names
from hanse.web.api.wanted_shapes import WHOLE, Kind, field_names, wanted_columns


def listed(kind: Kind) -> Operation:
    """Return the operation that gives a page of the objects of a kind."""

    def answer(asked: Asked) -> Response:
        return Response(page(asked, kind))

    return Operation(
        answer=answer,
        summary=f"List {kind.words}",
        gives=page_of(kind.given),
        parameters=tuple(parameters(wanted_columns(kind.form), is_searched=True, is_paged_by_id=False)),
    )


def shown(kind: Kind) -> Operation:
    """Return the operation that gives one object; its ETag is its version."""

    def answer(asked: Asked, number: int) -> Response:
        return one(asked, kind, stored(asked, kind, number))

    return Operation(answer=answer, summary=f"Show one of the {kind.words}", gives=kind.given, failures=NOT_HERE)


def page(asked: Asked, kind: Kind) -> Row:
    """Return the page of objects that the address asks for. Three queries.

    :raises Unreadable:
    """
    query = asked.request.query_params
    objects = visible(kind.name, asked.person)
    for numbers in asked_ids(query):
        objects = _numbered(kind, objects, numbers)
    objects = matching(kind, objects, query)
    names = sorted_names(kind, objects, query)
    limit, offset = limit_of(query), offset_of(query)
    only = wanted_fields(query, field_names(kind.form))
    there = names[offset : offset + limit]
    rows = whereabouts.rows(kind.name, there)
    return {
        "count": len(names),
        **neighbours(asked, offset, limit, is_more=offset + limit < len(names)),
        "results": [reduced(row(asked, kind, rows[name]), only) for name in there if name in rows],
    }


def _numbered(kind: Kind, objects: Mapping[str, Any], numbers: tuple[frozenset[int], bool]) -> dict[str, Any]:
    """Return the objects that have one of these numbers, or those that have none of them."""
    listed_numbers, is_without = numbers
    names = frozenset(whereabouts.names_of(kind.name, listed_numbers).values())
    return {name: thing for name, thing in objects.items() if (name in names) is not is_without}


def stored(asked: Asked, kind: Kind, number: int) -> WantedRow:
    """Return the object with that number.

    :raises Http404: it is not there, or not for this person
    """
    name = whereabouts.names_of(kind.name, [number]).get(number)
    if name is None or name not in visible(kind.name, asked.person):
        raise Http404
    found = whereabouts.rows(kind.name, [name]).get(name)
    if found is None:
        raise Http404
    return found


def one(asked: Asked, kind: Kind, found: WantedRow, **words: Any) -> Response:
    """Return the answer that shows one object."""
    answer = Response(row(asked, kind, found), **words)
    answer["ETag"] = f'"{found.version}"'
    return answer


def row(asked: Asked, kind: Kind, found: WantedRow) -> Row:
    """Return an object as the API shows it."""
    body = kind.printed(found.name, found.body)
    address = [found.id] if kind is not WHOLE else []
    return {
        "id": found.id,
        "url": asked.request.build_absolute_uri(reverse(kind.route, args=address)),
        "display": kind.display(found.name, body),
        "version": found.version,
        "changed_at": found.changed_at,
        **body,
    }


def whole_shown() -> Operation:
    """Return the operation that gives what holds for the network as a whole."""

    def answer(asked: Asked) -> Response:
        return one(asked, WHOLE, stored_whole(asked))

    return Operation(
        answer=answer, summary="Show what holds for the whole network", gives=WHOLE.given, failures=NOT_HERE
    )


def stored_whole(asked: Asked) -> WantedRow:
    """Return what holds for the network as a whole.

    :raises Http404: nothing is wanted yet, or it is not for this person
    """
    found = whereabouts.whole(asked.person)
    if found is None:
        raise Http404
    return found
