"""The objects of the wanted network as bodies: the same reader and printer as files, each object with its own name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from hanse.network.values.asn import Asn, NotAnAsn
from hanse.network.wanted.links import End
from hanse.network.wanted.network import KINDS, General, Network, key_of
from hanse.web.api.filters import FLAG, NUMBER, WORDS, Column, Sort
from hanse.web.api.shapes import Schema, Shape, Unreadable, given, named, taken


def as_number(text: str) -> int:
    """Return an AS number as filters compare it.

    :raises Unreadable:
    """
    try:
        return Asn.parse(text).number
    except NotAnAsn as error:
        raise Unreadable(str(error)) from error


OURS: Final = ("id", "url", "display", "version", "changed_at")  # what a row adds to an object's own fields
GENERAL: Final = "network"
NUMBERED: Final = Sort(read=as_number, schema={"type": "integer"}, lookups=NUMBER.lookups)
SORTS: Final[tuple[tuple[type, Sort], ...]] = (
    (bool, FLAG),
    (int, NUMBER),
    (Asn, NUMBERED),
    (StrEnum, WORDS),
    (str, WORDS),
    (IPv4Network, WORDS),
    (IPv6Network, WORDS),
    (IPv4Address, WORDS),  # and those with a length
    (IPv6Address, WORDS),
    (End, WORDS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of wanted object: what its objects are, and the word of its address."""

    name: str  # link_classes
    form: type
    key: str

    @property
    def slug(self) -> str:
        """Return the word in the address."""
        return self.name.replace("_", "-")

    @property
    def words(self) -> str:
        """Return what its objects are called in a sentence."""
        return self.name.replace("_", " ")

    @property
    def route(self) -> str:
        """Return the name of one object's address."""
        return f"api-{self.slug}-one" if self.key else "api-network"

    def display(self, name: str, body: Mapping[str, Any]) -> str:
        """Return what stands for an object in a sentence."""
        return f"AS{name} {body['name']}".rstrip() if self.key == "asn" else name or str(body["name"])

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """Return the reader and printer of one object."""
        return ADAPTERS[self.name]

    def printed(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return a stored body whole: with its name, and with what is at its default."""
        keyed = {**body, self.key: name} if self.key else body
        found: dict[str, Any] = self.adapter.dump_python(self.adapter.validate_python(keyed), mode="json")
        return found

    @property
    def given(self) -> Shape:
        """Return what an answer holds."""
        shape = given(self.form)
        whole = next(part for name, part in shape.parts.items() if name == self.form.__name__)
        properties = {**OUR_FIELDS, **whole["properties"]}
        schema = {**whole, "properties": properties, "required": list(properties), "title": self.form.__name__}
        return named(self.form.__name__, schema, shape)

    @property
    def taken(self) -> Shape:
        """Return what a request that makes or replaces one holds."""
        return self._taken(taken(self.form), f"{self.form.__name__}Taken", self._required())

    @property
    def changed(self) -> Shape:
        """Return what a request that changes some fields of one holds."""
        return self._taken(taken(self.form), f"{self.form.__name__}Changed", [])

    @property
    def changed_by_id(self) -> Shape:
        """Return what a request that changes one of many holds."""
        return self._taken(taken(self.form), f"{self.form.__name__}ChangedById", ["id"])

    @property
    def taken_by_id(self) -> Shape:
        """Return what a request that replaces one of many holds."""
        return self._taken(taken(self.form), f"{self.form.__name__}TakenById", ["id", *self._required()])

    def _required(self) -> list[str]:
        schema: Schema = self.adapter.json_schema(mode="validation")
        return list(schema.get("required", []))

    def _taken(self, shape: Shape, name: str, required: list[str]) -> Shape:
        whole = shape.parts[f"{self.form.__name__}Taken"]
        properties = {**OUR_FIELDS, **whole["properties"]}
        schema = {**whole, "properties": properties, "required": required, "title": name}
        return named(name, schema, shape)


IDS: Final[Schema] = {
    "type": "array",
    "items": {
        "anyOf": [
            {"type": "integer"},
            {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
        ]
    },
}
OUR_FIELDS: Final[Mapping[str, Schema]] = {
    "id": {"type": "integer"},
    "url": {"type": "string", "format": "uri"},
    "display": {"type": "string"},
    "version": {"type": "integer", "description": "counts its changes: a write that names an older one is refused"},
    "changed_at": {"type": "string", "format": "date-time"},
}


def _forms() -> dict[str, type]:
    hints = get_type_hints(Network)
    return {kind: get_args(hints[kind])[1] for kind in KINDS}


FORMS: Final[Mapping[str, type]] = {GENERAL: General, **_forms()}
ADAPTERS: Final[Mapping[str, TypeAdapter[Any]]] = {name: TypeAdapter(form) for name, form in FORMS.items()}
WANTED: Final = tuple(Kind(name=name, form=FORMS[name], key=key_of(name)) for name in KINDS)
WHOLE: Final = Kind(name=GENERAL, form=General, key="")


def wanted_columns(form: type) -> dict[str, Column]:
    """Return by which fields objects can be asked for: plain values, and lists of these."""
    found = {"id": Column(name="id", sort=NUMBER, may_be_empty=False)}
    for name, hint in get_type_hints(form).items():
        kinds = [kind for kind in _plain(hint) if kind is not NoneType]
        sort = next((sort for kind, sort in SORTS if kinds and issubclass(kinds[0], kind)), None)
        if sort is not None:
            found[name] = Column(name=name, sort=sort, may_be_empty=NoneType in _plain(hint))
    return found


def _plain(hint: Any) -> tuple[Any, ...]:
    """Return the types behind a hint: of a union its parts, of a tuple its elements; none for a mapping."""
    if get_origin(hint) is tuple:
        return _plain(get_args(hint)[0])
    if isinstance(get_origin(hint), type):
        return () if issubclass(get_origin(hint), Mapping) else tuple(get_args(hint))
    parts = tuple(part for arg in get_args(hint) for part in _plain(arg)) or (hint,)
    return () if any(is_dataclass(part) and part not in {Asn, End} for part in parts) else parts


def plain(value: Any) -> Any:
    """Return a field's value as filters compare it."""
    match value:
        case Asn():
            return value.number
        case bool() | int() | datetime() | None:
            return value
        case _:
            return str(value)


def field_names(form: type) -> tuple[str, ...]:
    """Return the fields of an object and those that a row adds."""
    return (*OURS, *(one.name for one in fields(form)))
