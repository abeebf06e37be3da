"""Which VLANs go over which port of a VLAN-aware bridge: those of the bridge, unless a port names fewer."""

from collections.abc import Iterable

from hanse.derive.around import Surroundings
from hanse.derive.layer2_spec import BridgeVlans
from hanse.network.wanted.memberships import bridge_for
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import Port


def vlans_of_bridge(around: Surroundings, node: Node, bridge: Port) -> tuple[int, ...]:
    """Return the VLANs of a bridge, in order: those of its children, and of the segments that go over it."""
    children = (port.vlan for port in node.ports.values() if port.parent == bridge.name)
    here = (segment for segment in around.segments.get(node.name, ()) if bridge_for(node, segment) == bridge)
    return tuple(sorted({vlan for vlan in (*children, *(segment.vlan for segment in here)) if vlan is not None}))


def vlans_of_member(around: Surroundings, node: Node, bridge: Port, member: Port) -> BridgeVlans:
    """Return what goes over a port of a bridge.

    A port that names nothing is a trunk: it carries every VLAN of the bridge with a tag. One with an untagged segment
    carries that alone. Segments that it names as tagged go tagged, and no others.
    """
    untagged = _tags(around, [member.untagged] if member.untagged else [])
    named = _tags(around, member.tagged)
    everything = () if member.untagged or member.tagged else vlans_of_bridge(around, node, bridge)
    return BridgeVlans(
        untagged=untagged[0] if untagged else None,
        tagged=tuple(vlan for vlan in (*named, *everything) if vlan not in untagged),
    )


def _tags(around: Surroundings, segments: Iterable[str]) -> list[int]:
    found = (around.network.segments[name].vlan for name in segments if name in around.network.segments)
    return sorted({vlan for vlan in found if vlan is not None})
