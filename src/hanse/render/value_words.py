"""Words for values: parts of things, plain values, JSON and YAML, quoting."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType
from typing import Any, Final

import yaml

from hanse.network.values.asn import Asn


def part_of(item: Any, path: str) -> Any:
    """Return a part of `item` by its name, through others by dots: "imports.relationship".

    :raises AttributeError: it has none of that name; what templates may not look into is none
    """
    for name in path.split("."):
        if isinstance(item, Mapping):
            item = item[name]
            continue
        if name.startswith("_") or callable(found := getattr(item, name)):
            raise AttributeError(f"{type(item).__name__} has no part {name!r}")
        item = found
    return item


def plain(value: Any) -> Any:
    """Return `value` as what JSON and YAML have: mappings, lists, texts, numbers, true, false, null.

    >>> plain({"asn": Asn(64500), "families": (4, 6)})
    {'asn': 64500, 'families': [4, 6]}
    """
    for sort, written in PLAIN:
        if isinstance(value, sort):
            return written(value)
    if is_dataclass(value) and not isinstance(value, type) and type(value).__str__ is object.__str__:
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return str(value)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(plain(key)): plain(one) for key, one in value.items()}


def _items(value: Iterable[Any]) -> list[Any]:
    return [plain(one) for one in value]


# The first that fits counts. What is gone through once is what Jinja's own `map` and `select` give.
PLAIN: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (Enum, lambda value: plain(value.value)),
    ((str, int, float, bool, NoneType), lambda value: value),
    (Asn, lambda value: value.number),
    (datetime, datetime.isoformat),
    (Mapping, _mapping),
    ((set, frozenset), lambda value: sorted(_items(value), key=str)),
    ((list, tuple, Iterator), _items),
)


def tojson(value: Any, indent: int | None = None) -> str:
    """Return `value` as JSON, its names in order; parts of `spec` may stand in it anywhere.

    >>> tojson({"b": 1, "a": Asn(64500)})
    '{"a": 64500, "b": 1}'
    """
    return json.dumps(plain(value), indent=indent, sort_keys=True, ensure_ascii=False)


def to_yaml(value: Any) -> str:
    """Return `value` as YAML, its names in order.

    >>> to_yaml({"b": [1], "a": Asn(64500)})
    'a: 64500\\nb:\\n- 1\\n'
    """
    written: str = yaml.safe_dump(plain(value), sort_keys=True, allow_unicode=True, default_flow_style=False)
    return written


def quote(text: Any, mark: str = '"') -> str:
    """Return `text` between quotation marks, those in it and backslashes escaped.

    >>> quote('say "hello"')
    '"say \\\\"hello\\\\""'
    """
    escaped = str(text).replace("\\", "\\\\").replace(mark, f"\\{mark}")
    return f"{mark}{escaped}{mark}"


VALUE_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "part_of": part_of,
    "quote": quote,
    "to_yaml": to_yaml,
    "tojson": tojson,
}
