"""The interfaces that segments need at a member: overlays, bridges of their own, meshes, gateways."""

from collections.abc import Iterator

from hanse.derive.around import Surroundings
from hanse.derive.layer2_spec import BridgeVlans, InterfaceKind
from hanse.derive.segment_spec import SegmentSpec
from hanse.derive.segments import segments, vxlan
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.network.wanted.checks_segments import MESH_OVERHEAD
from hanse.network.wanted.made_macs import made_mac
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.segments import Segment, SegmentKind
from hanse.network.wanted.vrfs import device_of


def overlays(around: Surroundings, node: Node) -> Iterator[InterfaceSpec]:
    """Yield the overlays that end at `node`, by segment; they stand before the bridges that they are members of."""
    for segment, here in _here(around, node):
        if here.vxlan:
            yield InterfaceSpec(
                name=here.vxlan,
                role=InterfaceRole.SEGMENT,
                kind=InterfaceKind.VXLAN,
                why=here.why,
                mac=made_mac(node, here.vxlan),
                mtu=segment.mtu + (MESH_OVERHEAD if here.kind is SegmentKind.MESH else 0),
                master=here.bridge,
                vlans=None if here.vlan is None else BridgeVlans(untagged=here.vlan),
                vxlan=vxlan(around, node, segment),
                description=f"segment {segment.name}",
            )


def above_overlays(around: Surroundings, node: Node) -> Iterator[InterfaceSpec]:
    """Yield what is made of overlays and ports: the segments' own bridges, meshes and gateways, by segment."""
    for segment, here in _here(around, node):
        kind = _kind(here)
        if kind is None:
            continue
        name = here.gateway or here.bridge or f"bat-{segment.name}"
        yield InterfaceSpec(
            name=name,
            role=InterfaceRole.SEGMENT,
            kind=kind,
            why=here.why,
            mac=made_mac(node, name) if kind is InterfaceKind.BRIDGE else "",
            mtu=segment.mtu,
            parent=here.bridge if kind is InterfaceKind.VLAN else "",
            vlan=here.vlan,
            members=tuple(filter(None, (*here.ports, here.vxlan))) if kind is not InterfaceKind.VLAN else (),
            vrf=device_of(segment.vrf) if here.gateway else "",
            addresses=here.gateways,
            description=segment.description or f"segment {segment.name}",
        )


def _here(around: Surroundings, node: Node) -> Iterator[tuple[Segment, SegmentSpec]]:
    return zip(around.segments.get(node.name, ()), segments(around, node), strict=True)


def _kind(here: SegmentSpec) -> InterfaceKind | None:
    """Return what a segment needs at a member besides its overlay; None: it goes over the router's bridge alone."""
    if here.kind is SegmentKind.MESH:
        return InterfaceKind.MESH
    if here.vlan is None:
        return InterfaceKind.BRIDGE
    return InterfaceKind.VLAN if here.gateway else None
