"""Other networks, and where we meet them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, MinLen

from hanse.network.wanted.contacts import Note
from hanse.network.wanted.fields import (
    AddressField,
    AsnField,
    AsSetsField,
    HostName,
    InterfaceName,
    MacField,
    ObjectName,
    PrefixField,
    Refers,
    Text,
    keyed_by,
)
from hanse.network.wanted.levels import Level, ParentStatus
from hanse.network.wanted.ports import VlanId
from hanse.network.wanted.sessions import FamilyNumbers


class Kept(StrEnum):
    """What of an AS is kept equal to PeeringDB: each difference becomes a change that can be undone."""

    NAME = "name"
    AS_SET = "as-set"
    MAX_PREFIXES_IPV4 = "max-prefixes-ipv4"
    MAX_PREFIXES_IPV6 = "max-prefixes-ipv6"


class IrrFilter(StrEnum):
    """How much of what the AS registered in the IRR bounds what it may announce."""

    NONE = "none"
    PREFIXES = "prefixes"  # only registered routes
    ORIGINS = "origins"  # only routes that come from a registered AS
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutonomousSystem(Level):
    """A network. `prefixes` are those it may announce as our customer, besides what the IRR knows."""

    asn: AsnField
    name: Text = ""
    own: Annotated[bool, "ours: sessions may speak for it"] = False
    status: ParentStatus = ParentStatus.ENABLED
    as_set: Annotated[AsSetsField, "AS-SET in the IRR: AS-EXAMPLE or SOURCE::AS-EXAMPLE"] = ""
    irr_filter: Annotated[IrrFilter, "what the IRR bounds; empty AS-SET: the AS itself is looked up"] = IrrFilter.NONE
    max_prefixes: Annotated[FamilyNumbers | None, "more than these end a session"] = None
    keep: Annotated[tuple[Kept, ...], "kept equal to PeeringDB"] = ()
    prefixes: Annotated[tuple[PrefixField, ...], "those that it may announce as our customer"] = ()
    contacts: Annotated[tuple[ObjectName, ...], Refers("contacts", in_order=False), "who is written to"] = ()
    notes: Annotated[Mapping[ObjectName, Note], keyed_by("name"), "named for their day: 2026-11-21-1"] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Level):
    """An Internet exchange: its peering LAN's prefixes."""

    name: ObjectName
    lan: Annotated[tuple[PrefixField, ...], MinLen(1), "prefixes of the peering LAN"]
    status: ParentStatus = ParentStatus.ENABLED
    peeringdb: Annotated[int | None, Ge(1), "number of its LAN at PeeringDB, to find its members"] = None
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(Level):
    """One of our ports on an exchange, with our addresses there."""

    name: ObjectName
    exchange: Annotated[ObjectName, Refers("exchanges")]
    node: Annotated[HostName, Refers("nodes")]
    port: Annotated[InterfaceName, "the router's interface on the exchange"]
    addresses: Annotated[tuple[AddressField, ...], MinLen(1), "ours on the exchange"]
    status: ParentStatus = ParentStatus.ENABLED
    vlan: Annotated[VlanId | None, "as the exchange hands it over"] = None
    mac: Annotated[MacField, "as registered with the exchange"] = ""
    vrf: Annotated[str, Refers("vrfs"), "the routing table that it feeds; empty: the global one"] = ""
    local_asn: Annotated[AsnField | None, Refers("autonomous_systems"), "another AS number of ours"] = None
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Level):
    """Sessions that share policies and a status."""

    name: ObjectName
    status: ParentStatus = ParentStatus.ENABLED
    bfd: Annotated[str, Refers("bfd_profiles"), "how fast a lost neighbour is noticed"] = ""
    local_asn: Annotated[AsnField | None, Refers("autonomous_systems"), "another AS number of ours"] = None
    description: Text = ""
