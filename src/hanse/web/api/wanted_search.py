"""Filters and order of wanted objects. They are compared where they are: in the network that is read already."""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import ge, gt, le, lt
from typing import Any, Final

from django.http import QueryDict

from hanse.network.wanted.sentences import one_of
from hanse.web.api.filters import PAGING, Column, flag, ordering, whole_number
from hanse.web.api.shapes import Unreadable
from hanse.web.api.wanted_shapes import Kind, plain, wanted_columns

BY_WORDS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "ic": lambda held, asked: asked in held,
    "ie": lambda held, asked: asked == held,
    "isw": lambda held, asked: held.startswith(asked),
    "iew": lambda held, asked: held.endswith(asked),
}
BY_ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


def matching(kind: Kind, objects: Mapping[str, Any], query: QueryDict) -> dict[str, Any]:
    """Return the objects that the address asks for; `id` is for whoever reads the rows.

    :raises Unreadable:
    """
    tests = asked_tests(query, wanted_columns(kind.form), without=("id",))
    found = {
        name: thing
        for name, thing in objects.items()
        if all(test(listed_values(getattr(thing, field))) for field, test in tests)
    }
    text = query.get("q", "").strip().lower()
    return {name: thing for name, thing in found.items() if _is_about(name, thing, text)} if text else found


def asked_tests(
    query: QueryDict, columns: Mapping[str, Column], without: tuple[str, ...] = ()
) -> list[tuple[str, Callable[[list[Any]], bool]]]:
    """Return what the address asks of which field, as a test on the list of what the field holds.

    :raises Unreadable:
    """
    return [
        (word.partition("__")[0], _test(word, query.getlist(word), columns))
        for word in query
        if word not in PAGING and word.partition("__")[0] not in without
    ]


def _is_about(name: str, thing: Any, text: str) -> bool:
    held = (name, *(str(getattr(thing, field, "")) for field in ("name", "description", "asn")))
    return any(text in one.lower() for one in held)


def listed_values(value: Any) -> list[Any]:
    """Return what a field holds, as a list."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return [plain(value)]


def _test(word: str, texts: list[str], columns: Mapping[str, Column]) -> Callable[[list[Any]], bool]:
    name, _, lookup = word.partition("__")
    if name not in columns:
        raise Unreadable(f"there is no filter {word[:60]!r}: {one_of(columns, name)}")
    sort = columns[name].sort
    if lookup == "empty" and columns[name].knows_empty:
        is_empty = flag(texts[-1])
        return lambda held: all(one in {None, ""} for one in held) is is_empty
    if lookup in {"", "n"}:
        among = frozenset(None if text == "null" else sort.read(text) for text in texts)
        return lambda held: among.isdisjoint(held) is (lookup == "n")
    if lookup not in sort.lookups:
        raise Unreadable(f"{name} cannot be asked for by {lookup[:60]!r}")
    if lookup in BY_WORDS:
        parts = [text.lower() for text in texts]
        return lambda held: any(BY_WORDS[lookup](str(one).lower(), part) for one in held for part in parts)
    limits = [sort.read(text) for text in texts]
    return lambda held: any(one is not None and BY_ORDER[lookup](one, limit) for one in held for limit in limits)


def sorted_names(kind: Kind, objects: Mapping[str, Any], query: QueryDict) -> list[str]:
    """Return the names in the order that the address asks for; by name unless told.

    :raises Unreadable:
    """
    names = sorted(objects, key=lambda name: in_order(plain(getattr(objects[name], kind.key))))
    for word in reversed(ordering(query, wanted_columns(kind.form).keys() - {"id"}, ())):
        field = word.removeprefix("-")
        names.sort(
            key=lambda name: [in_order(one) for one in listed_values(getattr(objects[name], field))],
            reverse=word.startswith("-"),
        )
    return names


def in_order(value: Any) -> tuple[bool, Any, str]:
    """Return a value as it sorts among others of its field: nothing last, numbers as numbers."""
    if isinstance(value, int | datetime):
        return False, value, ""
    return value is None, 0, str(value or "")


def asked_ids(query: QueryDict) -> list[tuple[frozenset[int], bool]]:
    """Return which numbers of rows are asked for, each with whether it is to be without them.

    :raises Unreadable:
    """
    found = []
    for word in query:
        name, _, lookup = word.partition("__")
        if name == "id" and lookup not in {"", "n"}:
            raise Unreadable("objects are asked for by id or id__n")
        if name == "id":
            found.append((frozenset(map(whole_number, query.getlist(word))), lookup == "n"))
    return found
