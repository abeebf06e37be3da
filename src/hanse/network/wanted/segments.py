"""Segments: networks that hosts see as one wire, wherever they are plugged in, over VXLAN (RFC 7348)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from annotated_types import Ge, Le

from hanse.network.wanted.fields import (
    AddressField,
    HostName,
    Intent,
    InterfaceAddressField,
    ObjectName,
    Refers,
    Text,
)
from hanse.network.wanted.ports import Mtu, VlanId

FIRST_VNI: Final = 10_000  # that of segment 1 is 10001
MOST: Final = 4_000_000


class SegmentKind(StrEnum):
    """What a segment is for."""

    BRIDGED = "bridged"  # hosts among themselves
    ACCESS = "access"  # hosts that reach the world through a gateway at each member
    MESH = "mesh"  # B.A.T.M.A.N. Advanced speaks on it


class Flooding(StrEnum):
    """How frames reach members when nobody knows where their destination is."""

    HEAD_END = "head-end"  # a copy to each member, from the list of members
    EVPN = "evpn"  # members and hosts are told by BGP (RFC 8365); the dialect frr knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Dhcp(Intent):
    """Addresses lent to hosts of an access segment. Each member lends a share of its own, so none is lent twice."""

    first: AddressField
    last: Annotated[AddressField, "of the same network; both are lent too"]
    lease: Annotated[int, Ge(120), Le(7 * 24 * 3600), "seconds"] = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Intent):
    """A network of hosts over several routers. Its number is its own for ever: the VNI is 10000 + number."""

    name: ObjectName
    number: Annotated[int, Ge(1), Le(MOST), "its own for ever: the VNI is 10000 + number"]
    kind: Annotated[SegmentKind, "bridged, access (with gateways), mesh"] = SegmentKind.BRIDGED
    nodes: Annotated[tuple[HostName, ...], Refers("nodes", in_order=False), "members, besides those below"] = ()
    sites: Annotated[tuple[ObjectName, ...], Refers("sites", in_order=False), "all routers there are members"] = ()
    with_tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False), "routers with one are members"] = ()
    vlan: Annotated[VlanId | None, "its tag on VLAN-aware bridges; empty: it goes over none"] = None
    mtu: Annotated[Mtu, "octets of the largest packet of a host"] = 1500
    flooding: Annotated[Flooding, "how frames reach all members"] = Flooding.HEAD_END
    vrf: Annotated[Text, Refers("vrfs"), "where its gateways are; empty: the global table"] = ""
    gateways: Annotated[
        tuple[InterfaceAddressField, ...], "with their length; each member of a mesh has the one its number after it"
    ] = ()
    dhcp: Annotated[Dhcp | None, "addresses lent to hosts"] = None
    resolvers: Annotated[tuple[AddressField, ...], "name servers that hosts of an access segment are told"] = ()
    advertise: Annotated[bool, "hosts make IPv6 addresses of the gateway's network (RFC 4862)"] = True
    description: Text = ""
