"""Calling an object something else, everywhere that it is named."""

from collections.abc import Iterator
from typing import Any

from hanse.network.errors import WantedError
from hanse.network.wanted.edits import ALL_KINDS, FORMS, GENERAL, Edit, body_of, name_of, object_from, object_in
from hanse.network.wanted.network import Network
from hanse.network.wanted.shape import Field, Sort, fields_of


class NotThere(WantedError):
    """The object that is to be called otherwise is not there, or one is called so already."""


def renamed(network: Network, kind: str, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits by which the object `old` is called `new`, and all that name it do so too.

    :raises NotThere:
    :raises Contradictory: `new` is no name
    """
    wanted = object_in(network, kind, old)
    if wanted is None or kind == GENERAL:
        raise NotThere(f"there is no {kind} {old!r} that could be called otherwise")
    body = body_of(kind, wanted)
    name = name_of(kind, object_from(kind, new, body))
    if object_in(network, kind, name) is not None:
        raise NotThere(f"{kind} {name} is there already: take another name")
    moved = Edit(kind=kind, name=name, body=_told(FORMS[kind], body, kind, old, name))
    return Edit(kind=kind, name=old, body=None), moved, *_followers(network, kind, old, name)


def _followers(network: Network, kind: str, old: str, new: str) -> Iterator[Edit]:
    for other in ALL_KINDS:
        if other == GENERAL or not _names(FORMS[other], kind):
            continue
        for one in getattr(network, other).values():
            name = name_of(other, one)
            body = body_of(other, one)
            told = _told(FORMS[other], body, kind, old, new)
            if told != body and (other, name) != (kind, old):
                yield Edit(kind=other, name=name, body=told)


def _names(form: type, kind: str) -> bool:
    """Say whether objects of this class can name one of `kind` at all."""
    return any(_is_to(field, kind) or (field.form and _names(field.form, kind)) for field in fields_of(form))


def _is_to(field: Field, kind: str) -> bool:
    return field.refers == kind or (field.refers == "ends" and kind == "nodes")


def _told(form: type, body: dict[str, Any], kind: str, old: str, new: str) -> dict[str, Any]:
    """Return `body` with the new name wherever a field of it names the object."""
    told = dict(body)
    for field in fields_of(form):
        if field.name not in body:
            continue
        value = body[field.name]
        if _is_to(field, kind):
            told[field.name] = _one(field, value, old, new)
        elif field.sort is Sort.GROUP and field.form:
            told[field.name] = _told(field.form, value, kind, old, new)
        elif field.sort is Sort.ROWS and field.form:
            told[field.name] = {
                new if key == old and _is_called_after(field.form, kind) else key: _told(
                    field.form, row, kind, old, new
                )
                for key, row in value.items()
            }
    return told


def _is_called_after(form: type, kind: str) -> bool:
    """Say whether rows of this class have the name of an object of `kind` as their own."""
    return any(field.name == "name" and _is_to(field, kind) for field in fields_of(form))


def _one(field: Field, value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [_one(field, item, old, new) for item in value]
    if field.refers == "ends":
        node, colon, port = str(value).partition(":")
        return f"{new if node == old else node}{colon}{port}"
    if str(value) != old:
        return value
    return int(new) if isinstance(value, int) else new
