"""Words for lists: choosing, ordering, and taking parts of what is in them."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from hanse.render.value_words import part_of


def having(items: Iterable[Any], **parts: Any) -> list[Any]:
    """Return those of `items` whose parts are as given, in their order; `__` leads into a part.

    `spec.bgp.external | having(exchange="pix", imports__relationship="peer")`

    >>> having([{"name": "a", "at": {"site": "x"}}, {"name": "b", "at": {"site": "y"}}], at__site="y")
    [{'name': 'b', 'at': {'site': 'y'}}]
    """
    wanted = {name.replace("__", "."): value for name, value in parts.items()}
    return [item for item in items if all(_is(part_of(item, name), value) for name, value in wanted.items())]


def _is(found: Any, wanted: Any) -> bool:
    return bool(found == wanted) or (isinstance(wanted, str) and str(found) == wanted)


def lacking(items: Iterable[Any], **parts: Any) -> list[Any]:
    """Return those of `items` that `having` leaves out, in their order.

    >>> lacking([{"name": "a"}, {"name": "b"}], name="a")
    [{'name': 'b'}]
    """
    listed = list(items)
    found = {id(item) for item in having(listed, **parts)}
    return [item for item in listed if id(item) not in found]


def iterate(items: Iterable[Any], path: str) -> list[Any]:
    """Return a part of each of `items`: `sessions | iterate("remote.name")`.

    >>> iterate([{"name": "a"}, {"name": "b"}], "name")
    ['a', 'b']
    """
    return [part_of(item, path) for item in items]


def unique_by(items: Iterable[Any], path: str = "") -> list[Any]:
    """Return the first of `items` with each value of a part, or of each that is equal, in their order.

    >>> unique_by([{"asn": 1, "n": 1}, {"asn": 1, "n": 2}], "asn")
    [{'asn': 1, 'n': 1}]
    """
    found: dict[str, Any] = {}
    for item in items:
        found.setdefault(str(part_of(item, path) if path else item), item)
    return list(found.values())


def natural_sort(items: Iterable[Any], path: str = "") -> list[Any]:
    """Return `items` in the order of a part, or of their texts, as people sort: numbers in them by value.

    >>> natural_sort(["eth10", "eth9", "Eth1"])
    ['Eth1', 'eth9', 'eth10']
    """
    return sorted(items, key=lambda item: _natural(str(part_of(item, path) if path else item)))


def _natural(text: str) -> list[tuple[int, int, str]]:
    pieces = filter(None, re.split(r"([0-9]+)", text.casefold()))
    return [(0, int(piece), "") if re.fullmatch("[0-9]+", piece) else (1, 0, piece) for piece in pieces]


def as_list(value: Any) -> list[Any]:
    """Return a list: what is none becomes the only one in it, nothing an empty one.

    >>> as_list("a"), as_list(("a", "b")), as_list(None)
    (['a'], ['a', 'b'], [])
    """
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


LIST_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "as_list": as_list,
    "having": having,
    "iterate": iterate,
    "lacking": lacking,
    "natural_sort": natural_sort,
    "unique_by": unique_by,
}
