"""The rows of an answer as values.

Fields that nobody asked for are passed over, and so is a row of which one value makes no sense. A row that lacks a
field which every row has is another matter: the answer is not what it is taken for, and none of it is.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any, Final, get_type_hints

from hanse.network.errors import OutsideError
from hanse.network.known.peeringdb import FORMS, Entry, Page, PassedOver, PeeringdbKind
from hanse.network.values.addresses import NotAPrefix, Prefix, parse_prefix

LONGEST: Final = 600  # letters of a text that are kept
LARGEST_KEY: Final = 2**31 - 1
LARGEST: Final[Mapping[str, int]] = {  # of numbers that are no keys
    "asn": 2**32 - 1,
    "rs_asn": 2**32 - 1,
    "speed": 2**40,
    "info_prefixes4": 2**40,
    "info_prefixes6": 2**40,
}
LINKS: Final = frozenset({"website", "looking_glass", "policy_url", "url_stats", "terms", "url"})
SCHEMES: Final = ("http://", "https://", "telnet://", "ssh://")
MANY: Final = 0.01  # share of an answer's rows that may make no sense


class AnswerNotUnderstood(OutsideError):
    """PeeringDB answers something else than what is understood here. What was known stays."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """How one field of a form is read."""

    name: str
    read: Callable[[Any, str], Any]
    is_required: bool
    default: Any


def read_page(kind: PeeringdbKind, body: bytes, *, now: datetime) -> Page:
    """Return what an answer says; `now` is when it was asked for, and put together at the latest.

    :raises AnswerNotUnderstood:
    """
    return page_of(kind, document(kind, body), now=now)


def page_of(kind: PeeringdbKind, answer: Mapping[str, Any], *, now: datetime) -> Page:
    """Return what an answer says that was read already.

    :raises AnswerNotUnderstood:
    """
    entries: list[Entry] = []
    gone: list[int] = []
    passed_over: list[PassedOver] = []
    for row in answer["data"]:
        key = _key(kind, row)
        if row.get("status", "ok") != "ok" or row.get("visible") == "Private":
            gone.append(key)
            continue
        try:
            entries.append(read_entry(kind, row))
        except ValueError as error:
            passed_over.append(PassedOver(id=key, why=f"{kind} {key}: {error}"))
    count = len(answer["data"])
    if len(passed_over) > max(3, MANY * count):
        raise AnswerNotUnderstood(f"{len(passed_over)} of {count} rows make no sense, the first: {passed_over[0].why}")
    return Page(
        kind=kind,
        entries=tuple(entries),
        gone=tuple(gone),
        passed_over=tuple(passed_over),
        count=count,
        as_of=_as_of(answer.get("meta"), now),
    )


def read_entry(kind: PeeringdbKind, row: Mapping[str, Any]) -> Entry:
    """Return one row as a value.

    :raises AnswerNotUnderstood: a field that every row has is missing
    :raises ValueError: a value makes no sense
    """
    values: dict[str, Any] = {}
    for one in READERS[kind]:
        if one.name in row:
            values[one.name] = one.read(row[one.name], one.name)
        elif one.is_required:
            raise AnswerNotUnderstood(f"{kind} {row.get('id', '?')} has no {one.name}")
        else:
            values[one.name] = one.default
    if kind is PeeringdbKind.NETWORK and not values["info_type"]:
        values["info_type"] = _first(row.get("info_types"), "info_types")
    return FORMS[kind](**values)


def document(kind: PeeringdbKind, body: bytes) -> dict[str, Any]:
    """Return an answer with its list of rows, whatever these are.

    :raises AnswerNotUnderstood:
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AnswerNotUnderstood(f"the answer about {kind} is no JSON: {error}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise AnswerNotUnderstood(f"the answer about {kind} has no list `data`")
    return answer


def _key(kind: PeeringdbKind, row: Any) -> int:
    if not isinstance(row, dict):
        raise AnswerNotUnderstood(f"a row of {kind} is no object")
    key = row.get("id")
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= LARGEST_KEY:
        raise AnswerNotUnderstood(f"a row of {kind} has no key, but {key!r:.50}")
    return key


def _as_of(meta: Any, now: datetime) -> datetime:
    """Return when the answer was put together: one out of a store says so itself."""
    generated = meta.get("generated") if isinstance(meta, dict) else None
    if not isinstance(generated, int | float) or not 0 < generated < now.timestamp():
        return now
    return datetime.fromtimestamp(generated, UTC)


def _number(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST.get(name, LARGEST_KEY):
        raise ValueError(f"{name} is {value!r:.50}")
    return value


def _number_or_none(value: Any, name: str) -> int | None:
    return None if value is None else _number(value, name)


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r:.50}")
    text = value.replace("\x00", "").strip()[:LONGEST]
    return "" if name in LINKS and not text.lower().startswith(SCHEMES) else text


def _first(value: Any, name: str) -> str:
    return _text(value[0], name) if isinstance(value, list) and value else ""


def _flag(value: Any, name: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r:.50}")
    return bool(value)


def _moment(value: Any, name: str) -> datetime:
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r:.50}")
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _degrees(value: Any, name: str) -> float | None:
    if value is None:
        return None
    if (
        not isinstance(value, int | float | str)
        or isinstance(value, bool)
        or not -180 <= (degrees := float(value)) <= 180
    ):
        raise ValueError(f"{name} is {value!r:.50}")
    return degrees


def _ipv4(value: Any, name: str) -> IPv4Address | None:
    return IPv4Address(_text(value, name)) if value else None


def _ipv6(value: Any, name: str) -> IPv6Address | None:
    if not value:
        return None
    address = IPv6Address(_text(value, name))
    if address.scope_id:
        raise ValueError(f"{name} is {value!r:.50}")
    return address


def _prefix(value: Any, name: str) -> Prefix:
    try:
        return parse_prefix(_text(value, name))
    except NotAPrefix as error:
        raise ValueError(str(error)) from error


BY_TYPE: Final[Mapping[Any, Callable[[Any, str], Any]]] = {
    int: _number,
    int | None: _number_or_none,
    str: _text,
    bool: _flag,
    datetime: _moment,
    float | None: _degrees,
    IPv4Address | None: _ipv4,
    IPv6Address | None: _ipv6,
    Prefix: _prefix,
}


def _readers(form: type[Entry]) -> tuple[_Field, ...]:
    types = get_type_hints(form)
    return tuple(
        _Field(name=one.name, read=BY_TYPE[types[one.name]], is_required=one.default is MISSING, default=one.default)
        for one in fields(form)
    )


READERS: Final = {kind: _readers(form) for kind, form in FORMS.items()}
