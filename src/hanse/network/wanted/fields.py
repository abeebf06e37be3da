"""How each value is written in a file, in the store and in the API: one reader, one printer, one JSON Schema each.

The classes of this room are plain dataclasses. What is said here is read by pydantic, at the edge only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, TypeVar

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema

from hanse.network.errors import WantedError
from hanse.network.values.addresses import (
    Address,
    InterfaceAddress,
    Prefix,
    parse_address,
    parse_interface_address,
    parse_prefix,
)
from hanse.network.values.as_sets import parse_as_sets
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.values.macs import parse_mac
from hanse.network.values.mail import parse_mail_address
from hanse.network.values.names import parse_domain_name, parse_host_name, parse_interface_name, parse_object_name
from hanse.network.wanted.yaml_text import native

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names an object: of a kind of the wanted network, or a secret, a dialect, a driver."""

    kind: str  # "sites"; "ends": a node and its port; else what is beside the network
    in_order: bool = True  # of several: whether their order means anything


@dataclass(frozen=True, slots=True)
class ManyLines:
    """Marks a text that may have many lines."""


# A plain text in a field's annotation says what the field means: forms show it.


class Intent:
    """Marks a class whose objects are written in files: a word that it does not know is a mistake, not ignored."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


def reading(parse: Callable[[str], T]) -> PlainValidator:
    """Return a pydantic reader that takes text through `parse` and lets ready values through."""

    def read(value: Any) -> Any:
        if isinstance(value, bool) or value is None or isinstance(value, list | dict):
            raise ValueError(f"{value!r} stands where a text is wanted: put it in quotes if it is one")
        if not isinstance(value, str | int | float):
            return value
        try:
            return parse(str(value))
        except WantedError as error:
            raise ValueError(str(error)) from error

    return PlainValidator(read)


def keyed_by(field: str) -> BeforeValidator:
    """Return a reader for `{key: body}` that gives each body its key as `field`; an empty body is allowed."""

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {key: _with_key(field, key, body) for key, body in value.items()}

    return BeforeValidator(read)


def _with_key(field: str, key: object, body: object) -> object:
    if body is None or isinstance(body, Mapping):
        return {**(body or {}), field: key}
    return body


TEXT: Final = PlainSerializer(str, return_type=str)
AsnField = Annotated[
    Asn,
    reading(Asn.parse),
    PlainSerializer(lambda asn: asn.number, return_type=int),
    WithJsonSchema({"type": ["integer", "string"], "description": "AS number: 64500, AS64500 or 1.14"}),
]
AddressField = Annotated[
    Address,
    reading(parse_address),
    TEXT,
    WithJsonSchema({"type": "string", "description": "IPv4 or IPv6 address"}),
]
PrefixField = Annotated[
    Prefix,
    reading(parse_prefix),
    TEXT,
    WithJsonSchema({"type": "string", "description": "192.0.2.0/24, 2001:db8::/32"}),
]
InterfaceAddressField = Annotated[
    InterfaceAddress,
    reading(parse_interface_address),
    TEXT,
    WithJsonSchema({"type": "string", "description": "address with length: 192.0.2.1/24"}),
]
NAME_SCHEMA: Final = WithJsonSchema({"type": "string"})
ObjectName = Annotated[str, reading(parse_object_name), NAME_SCHEMA]
HostName = Annotated[str, reading(parse_host_name), NAME_SCHEMA]
DomainName = Annotated[str, reading(parse_domain_name), NAME_SCHEMA]
InterfaceName = Annotated[str, reading(parse_interface_name), NAME_SCHEMA]
Text = Annotated[str, reading(str), NAME_SCHEMA]
Prose = Annotated[str, reading(str), NAME_SCHEMA, ManyLines()]
CommunityField = Annotated[
    CommunityValue,
    reading(CommunityValue.parse),
    TEXT,
    WithJsonSchema({"type": "string", "description": "BGP community: 64500:1, rt:64500:1 or 64500:1:2"}),
]
AsSetsField = Annotated[str, reading(parse_as_sets), WithJsonSchema({"type": "string", "description": "AS-SET"})]
MacField = Annotated[str, reading(parse_mac), WithJsonSchema({"type": "string", "description": "MAC address"})]
MailField = Annotated[str, reading(parse_mail_address), WithJsonSchema({"type": "string", "description": "e-mail"})]
Arguments = Annotated[Mapping[str, Any], BeforeValidator(native)]
