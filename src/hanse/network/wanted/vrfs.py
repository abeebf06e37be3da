"""Routing tables beside the global one, what passes between them, and routes fixed by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from annotated_types import Ge, Le, MinLen

from hanse.network.wanted.fields import (
    AddressField,
    Intent,
    ObjectName,
    PrefixField,
    Refers,
    Text,
    keyed_by,
)

FIRST_TABLE: Final = 1000  # of the kernel: that of VRF 1 is 1001
MOST: Final = 4000  # ifupdown2 gives VRFs the tables 1001 to 5000
DEVICE: Final = "vrf-"  # on Linux an interface stands for the table


def device_of(vrf: str) -> str:
    """Return the interface that stands for a VRF on a Linux router; empty for the global table.

    >>> device_of("guests"), device_of("")
    ('vrf-guests', '')
    """
    return f"{DEVICE}{vrf}" if vrf else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak(Intent):
    """Routes that one table takes from another. The way back is a leak of its own."""

    name: ObjectName
    source: Annotated[Text, Refers("vrfs"), "the table they come from; empty: the global one"] = ""
    prefixes: Annotated[tuple[PrefixField, ...], MinLen(1), "these routes, and more specific ones"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vrf(Intent):
    """A routing table of its own on a router (RFC 4364, section 3)."""

    name: ObjectName
    number: Annotated[
        int | None, Ge(1), Le(MOST), "its own for ever: Linux routers keep its routes in table 1000 + number"
    ] = None
    leaks: Annotated[Mapping[ObjectName, Leak], keyed_by("name")] = field(default_factory=dict)
    shared: Annotated[
        tuple[PrefixField, ...], "the global table takes these routes of this one, and more specific ones"
    ] = ()
    vpn: Annotated[
        bool, "its routers tell each other its IPv4 routes, and go there by labels (RFC 4364); the dialect frr knows it"
    ] = False
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute(Intent):
    """A route of one router, fixed by hand."""

    name: ObjectName
    prefix: PrefixField
    via: Annotated[AddressField | None, "the next router; empty: the port alone"] = None
    port: Annotated[Text, "of this router; needed where no address is given"] = ""
    vrf: Annotated[Text, Refers("vrfs"), "empty: the global table"] = ""
