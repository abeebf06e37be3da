"""Segments at their members: who else is one, what joins their ports, and what hosts are told."""

from ipaddress import IPv4Address
from typing import Final

from hanse.derive.addressing import node_addresses
from hanse.derive.around import Surroundings
from hanse.derive.segment_spec import DhcpSpec, SegmentSpec, VxlanSpec
from hanse.network.values.addresses import Address, Family, InterfaceAddress, family_of
from hanse.network.wanted.memberships import bridge_for, gateways_at, members_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.places import PoolUse
from hanse.network.wanted.segments import FIRST_VNI, Flooding, Segment, SegmentKind

LIFETIME: Final = 86_400  # seconds


def segments(around: Surroundings, node: Node) -> tuple[SegmentSpec, ...]:
    """Return the segments that `node` is a member of, by name."""
    return tuple(_segment(around, node, segment) for segment in around.segments.get(node.name, ()))


def _segment(around: Surroundings, node: Node, segment: Segment) -> SegmentSpec:
    shared = bridge_for(node, segment)
    is_mesh = segment.kind is SegmentKind.MESH
    bridge = "" if is_mesh else shared.name if shared else f"br-{segment.name}"
    inside = f"bat-{segment.name}" if is_mesh else f"gw-{segment.name}" if shared else bridge
    gateways = gateways_at(node, segment)
    return SegmentSpec(
        name=segment.name,
        vni=FIRST_VNI + segment.number,
        kind=segment.kind,
        flooding=segment.flooding,
        bridge=bridge,
        vlan=segment.vlan if shared else None,
        vxlan=f"vx-{segment.name}" if vxlan(around, node, segment) else "",
        gateway=inside if gateways else "",
        gateways=gateways,
        ports=tuple(sorted(port.name for port in node.ports.values() if port.untagged == segment.name)),
        mtu=segment.mtu,
        dhcp=_share(around.network, node, segment, gateways),
        advertise=segment.advertise and any(address.version == 6 for address in segment.gateways),
        lifetime=LIFETIME,
        resolvers=segment.resolvers,
        why=f"segments.{segment.name}",
    )


def vxlan(around: Surroundings, node: Node, segment: Segment) -> VxlanSpec | None:
    """Return the overlay of `segment` as it ends at `node`; None: nobody else is there, or it is not."""
    others = [member for member in members_of(around.network, segment) if member.name != node.name]
    remotes = tuple(_loopback(around.network, member) for member in others if member.status.takes_part)
    if not remotes or not node.status.takes_part:
        return None
    is_told = segment.flooding is Flooding.EVPN
    return VxlanSpec(
        vni=FIRST_VNI + segment.number,
        local=_loopback(around.network, node),
        remotes=remotes if segment.flooding is Flooding.HEAD_END else (),
        is_learning=not is_told,
        is_bridged=segment.kind is not SegmentKind.MESH,
    )


def _loopback(network: Network, node: Node) -> Address:
    addresses = node_addresses(network, PoolUse.LOOPBACK, node.number)
    return next(address.ip for address in addresses if family_of(address) is Family.IPV4)


def _share(network: Network, node: Node, segment: Segment, gateways: tuple[InterfaceAddress, ...]) -> DhcpSpec | None:
    """Return what `node` lends: the addresses are parted by the members' order, what is left goes to the last."""
    if segment.dhcp is None:
        return None
    members = [member.name for member in members_of(network, segment)]
    first, last = int(segment.dhcp.first), int(segment.dhcp.last)
    each = (last - first + 1) // len(members)
    place = members.index(node.name)
    begins = first + place * each
    ends = last if place == len(members) - 1 else begins + each - 1
    return DhcpSpec(
        first=IPv4Address(begins),
        last=IPv4Address(ends),
        lease=segment.dhcp.lease,
        gateway=next(one for one in gateways if segment.dhcp.first in one.network),
    )
