"""What a router has to know of the segments that it is a member of."""

from dataclasses import dataclass

from hanse.network.values.addresses import Address, InterfaceAddress
from hanse.network.wanted.segments import Flooding, SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VxlanSpec:
    """One end of an overlay (RFC 7348); its frames travel in UDP, port 4789."""

    vni: int
    local: Address  # our loopback: the source of our packets
    remotes: tuple[Address, ...]  # the other members' loopbacks; empty where others find out by themselves
    is_learning: bool  # hosts are known by their frames; else BGP tells them
    is_bridged: bool  # it is a port of a bridge; a mesh stands on it without one


@dataclass(frozen=True, slots=True, kw_only=True)
class DhcpSpec:
    """Addresses that this router lends to hosts: its share, both ends included."""

    first: Address
    last: Address
    lease: int  # seconds
    gateway: InterfaceAddress  # ours, of the network that the addresses are of


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSpec:
    """A segment at one of its members."""

    name: str
    vni: int
    kind: SegmentKind
    flooding: Flooding
    bridge: str  # the interface that joins its ports; empty: a mesh, which needs none
    vlan: int | None  # its tag on that bridge; None: the bridge is its own
    vxlan: str  # the interface of the overlay; empty: there is no other member
    gateway: str  # the interface with the gateway's addresses; empty: it has none
    gateways: tuple[InterfaceAddress, ...]  # the same at every member, but in a mesh; IPv4 before IPv6
    ports: tuple[str, ...]  # interfaces of this router whose frames go untagged, by name
    mtu: int  # octets of the largest packet of a host
    dhcp: DhcpSpec | None
    advertise: bool  # routers advertise themselves to IPv6 hosts
    lifetime: int  # seconds for which a host keeps an IPv6 address that nobody advertises any more
    resolvers: tuple[Address, ...]  # name servers told to hosts, of both families
    why: str
