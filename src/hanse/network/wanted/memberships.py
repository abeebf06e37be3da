"""Who is a member of what, and what a member is there."""

from ipaddress import ip_interface

from hanse.network.values.addresses import InterfaceAddress
from hanse.network.wanted.anycast import Anycast
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import Port, PortKind
from hanse.network.wanted.segments import Segment, SegmentKind


def members_of(network: Network, segment: Segment) -> tuple[Node, ...]:
    """Return the routers of a segment, by number; names that nobody has are passed over."""
    found = (node for node in network.nodes.values() if is_member(node, segment))
    return tuple(sorted(found, key=lambda node: node.number))


def is_member(node: Node, segment: Segment) -> bool:
    """Say whether a router belongs to a segment: by its name, its site or one of its tags."""
    if node.is_antenna:
        return False
    return node.name in segment.nodes or node.site in segment.sites or not set(node.tags).isdisjoint(segment.with_tags)


def runs_at(service: Anycast, node: Node) -> bool:
    """Say whether an anycast service runs on a router: by its name or one of its tags."""
    if node.is_antenna:
        return False
    return node.name in service.nodes or not set(node.tags).isdisjoint(service.with_tags)


def gateways_at(node: Node, segment: Segment) -> tuple[InterfaceAddress, ...]:
    """Return the addresses that `node` has in a segment, IPv4 before IPv6.

    An access segment's gateways are the same at every member. In a mesh each member can be told apart: it has the
    address that lies its number after the one written down.
    """
    step = node.number if segment.kind is SegmentKind.MESH else 0
    found = (ip_interface((address.ip + step, address.network.prefixlen)) for address in segment.gateways)
    return tuple(sorted(found, key=lambda address: address.version))


def bridges_of(node: Node) -> tuple[Port, ...]:
    """Return the VLAN-aware bridges of a router, by name."""
    return tuple(port for _, port in sorted(node.ports.items()) if port.kind is PortKind.BRIDGE)


def bridge_for(node: Node, segment: Segment) -> Port | None:
    """Return the VLAN-aware bridge that frames of `segment` go over at `node`; None: the segment has one of its own.

    A segment with a VLAN goes over the bridge that the router has; see `checks_segments` for routers with several.
    """
    bridges = bridges_of(node)
    return bridges[0] if segment.vlan is not None and bridges else None
