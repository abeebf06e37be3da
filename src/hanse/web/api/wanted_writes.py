"""Writing wanted objects: each request, of one object or of many, is one change set, taken whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import drafts, whereabouts
from hanse.actions.rights import Right
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.problem import Problem
from hanse.store.wanted_rows import WantedRow
from hanse.web.api.filters import whole_number
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.problems import NotAsRead
from hanse.web.api.shapes import MOST_AT_ONCE, Shape, Unreadable, insist_on_text, list_of, one_or_many
from hanse.web.api.wanted import one, row, stored, stored_whole
from hanse.web.api.wanted_shapes import IDS, OURS, WHOLE, Kind

Body = dict[str, Any]
Key = tuple[str, str]
FAILURES: Final = {**MEND, **CONFLICT}


class AlreadyThere(WantedError):
    """An object of that kind and name is wanted already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What becomes of one object. `name`: what it is called afterwards; `version`: what the asker saw, if they say."""

    edits: tuple[Edit, ...]
    name: str
    seen: Mapping[Key, int]


def created(kind: Kind) -> Operation:
    """Return the operation that makes one object or many."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, kind.name)
        bodies, is_many = _bodies(asked)
        names = [_key(kind, body) for body in bodies]
        for name in sorted(whereabouts.rows(kind.name, names)):
            raise AlreadyThere(f"{kind.words} {name!r} is there already: change that, or give another name")
        writes = [
            Write(edits=(_edit(kind, name, body),), name=name, seen={(kind.name, name): 0})
            for name, body in zip(names, bodies, strict=True)
        ]
        return _answer(asked, kind, writes, is_many=is_many, status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary=f"Make {kind.words}, one or many at once",
        takes=one_or_many(kind.taken),
        gives=one_or_many(kind.given),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def replaced(kind: Kind, *, wholly: bool) -> Operation:
    """Return the operation that puts a body in the place of one object, or changes those fields that it has."""

    def answer(asked: Asked, number: int) -> Response:
        asked.person.insist_any(Right.CHANGE, kind.name)
        found = stored(asked, kind, number)
        write = _write(kind, found, _body(asked.request.data), wholly=wholly, seen=_seen(asked, found))
        return _answer(asked, kind, [write], is_many=False)

    return Operation(
        answer=answer,
        summary=f"{'Replace' if wholly else 'Change'} one of the {kind.words}",
        takes=kind.taken if wholly else kind.changed,
        gives=kind.given,
        failures={**FAILURES, **NOT_HERE},
    )


def many_replaced(kind: Kind, *, wholly: bool) -> Operation:
    """Return the operation that replaces or changes many objects, each with its `id`."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, kind.name)
        bodies = _listed(asked.request.data)
        found = _by_number(asked, kind, [_number(body) for body in bodies])
        writes = [_write(kind, found[_number(body)], body, wholly=wholly, seen=None) for body in bodies]
        return _answer(asked, kind, writes, is_many=True)

    return Operation(
        answer=answer,
        summary=f"{'Replace' if wholly else 'Change'} many {kind.words} at once, by id",
        takes=list_of(kind.taken_by_id if wholly else kind.changed_by_id),
        gives=list_of(kind.given),
        failures={**FAILURES, **NOT_HERE},
    )


def removed(kind: Kind) -> Operation:
    """Return the operation that removes one object."""

    def answer(asked: Asked, number: int) -> Response:
        asked.person.insist_any(Right.CHANGE, kind.name)
        found = stored(asked, kind, number)
        return _remove(asked, kind, [found], _seen(asked, found))

    return Operation(
        answer=answer,
        summary=f"Remove one of the {kind.words}",
        status=HTTPStatus.NO_CONTENT,
        failures={**FAILURES, **NOT_HERE},
    )


def many_removed(kind: Kind) -> Operation:
    """Return the operation that removes many objects, named by `id`."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, kind.name)
        numbers = [_number(body if isinstance(body, dict) else {"id": body}) for body in _listed(asked.request.data)]
        return _remove(asked, kind, _by_number(asked, kind, numbers).values(), None)

    return Operation(
        answer=answer,
        summary=f"Remove many {kind.words} at once, by id",
        takes=Shape(schema=IDS, parts={}),
        status=HTTPStatus.NO_CONTENT,
        failures={**FAILURES, **NOT_HERE},
    )


def whole_replaced(*, wholly: bool) -> Operation:
    """Return the operation that replaces or changes what holds for the network as a whole."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE, WHOLE.name)
        found = stored_whole(asked)
        body = _body(asked.request.data)
        merged = body if wholly else {**WHOLE.printed("", found.body), **body}
        version = _seen(asked, found) or _version(body) or (None if wholly else found.version)
        seen = {(WHOLE.name, ""): version} if version else {}
        taken = drafts.save_now(
            edits=[Edit(kind=WHOLE.name, name="", body=_own(merged))],
            person=asked.person,
            world=asked.world,
            versions=seen,
        )
        return _marked(one(asked, WHOLE, stored_whole(asked)), taken)

    return Operation(
        answer=answer,
        summary=f"{'Replace' if wholly else 'Change'} what holds for the whole network",
        takes=WHOLE.taken if wholly else WHOLE.changed,
        gives=WHOLE.given,
        failures={**FAILURES, **NOT_HERE},
    )


def _answer(
    asked: Asked, kind: Kind, writes: list[Write], *, is_many: bool, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    taken = drafts.save_now(
        edits=[edit for write in writes for edit in write.edits],
        person=asked.person,
        world=asked.world,
        versions={key: version for write in writes for key, version in write.seen.items()},
    )
    rows = whereabouts.rows(kind.name, [write.name for write in writes])
    if not is_many:
        return _marked(one(asked, kind, rows[writes[0].name], status=status), taken)
    return _marked(Response([row(asked, kind, rows[write.name]) for write in writes], status=status), taken)


def _remove(asked: Asked, kind: Kind, rows: Iterable[WantedRow], seen: int | None) -> Response:
    listed = list(rows)
    taken = drafts.save_now(
        edits=[Edit(kind=kind.name, name=found.name, body=None) for found in listed],
        person=asked.person,
        world=asked.world,
        versions={(kind.name, found.name): seen or found.version for found in listed},
    )
    return _marked(Response(status=HTTPStatus.NO_CONTENT), taken)


def _marked(answer: Response, taken: drafts.Taken | None) -> Response:
    if taken is not None:
        answer["Hanse-Change-Set"] = str(taken.number)
    return answer


def _write(kind: Kind, found: WantedRow, body: Body, *, wholly: bool, seen: int | None) -> Write:
    """Return what becomes of an object that is there; under another name it is another object."""
    merged = body if wholly else {**kind.printed(found.name, found.body), **body}
    name = _key(kind, merged)
    version = seen or _version(body) or (None if wholly else found.version)  # what was merged into has to stand
    edits: tuple[Edit, ...] = (_edit(kind, name, merged),)
    if name != found.name:
        edits = (Edit(kind=kind.name, name=found.name, body=None), *edits)
    return Write(edits=edits, name=name, seen={(kind.name, found.name): version} if version else {})


def _edit(kind: Kind, name: str, body: Body) -> Edit:
    return Edit(kind=kind.name, name=name, body={word: value for word, value in _own(body).items() if word != kind.key})


def _own(body: Body) -> Body:
    """Return a body without what the API adds to it."""
    return {word: value for word, value in body.items() if word not in OURS}


def _key(kind: Kind, body: Body) -> str:
    written = body.get(kind.key)
    if isinstance(written, bool) or not isinstance(written, str | int):
        sentence = "this is missing: add it" if written is None else f"{written!r} is no name"
        raise Unreadable(f"{kind.key}: {sentence}", (Problem((kind.key,), sentence),))
    return str(Asn.parse(written).number) if kind.key == "asn" else str(written)


def _seen(asked: Asked, found: WantedRow) -> int | None:
    """Return the version that If-Match insists on, if it is that of the object; None: it insists on none.

    :raises NotAsRead:
    """
    asserted = asked.request.headers.get("If-Match", "").strip()
    if asserted in {"", "*"}:
        return None
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in asserted.split(",")]
    if str(found.version) not in tags:
        now = f"{found.name or 'the network'} is of version {found.version}"
        raise NotAsRead(f"{now}, not of {asserted}: read it again")
    return found.version


def _version(body: Body) -> int | None:
    version = body.get("version")
    if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
        raise Unreadable("version is a whole number")
    return version


def _bodies(asked: Asked) -> tuple[list[Body], bool]:
    if isinstance(asked.request.data, list):
        return _listed(asked.request.data), True
    return [_body(asked.request.data)], False


def _body(data: Any) -> Body:
    insist_on_text(data)
    if not isinstance(data, dict):
        raise Unreadable("an object is wanted: {...}")
    return data


def _listed(data: Any) -> list[Any]:
    insist_on_text(data)
    if not isinstance(data, list) or len(data) > MOST_AT_ONCE:
        raise Unreadable(f"a list of at most {MOST_AT_ONCE} is wanted: [...]")
    return data


def _number(body: Any) -> int:
    number = body.get("id") if isinstance(body, dict) else None
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise Unreadable("each has to name an object by its id")
    return whole_number(str(number))


def _by_number(asked: Asked, kind: Kind, numbers: list[int]) -> dict[int, WantedRow]:
    """Return the objects with these numbers.

    :raises Http404: one is not there, or not for this person
    """
    if len(set(numbers)) < len(numbers):
        raise Unreadable("an object is named twice")
    names = whereabouts.names_of(kind.name, numbers)
    allowed = whereabouts.visible(kind.name, asked.person)
    rows = whereabouts.rows(kind.name, [name for name in names.values() if name in allowed])
    found = {row.id: row for row in rows.values()}
    if len(found) < len(numbers):
        raise Http404
    return {number: found[number] for number in numbers}
