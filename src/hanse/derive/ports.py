"""The ports of a router as somebody wrote them, with what links, exchanges and the management put on them."""

from collections.abc import Iterator
from typing import Final

from hanse.derive.addressing import link_addresses
from hanse.derive.around import Surroundings
from hanse.derive.labels import label_room
from hanse.derive.layer2 import vlans_of_bridge, vlans_of_member
from hanse.derive.layer2_spec import BridgeVlans, InterfaceKind
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.network.values.addresses import InterfaceAddress
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.lookups import connection_addresses, far_end
from hanse.network.wanted.made_macs import made_mac
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import Port, PortKind
from hanse.network.wanted.vrfs import device_of

MADE: Final = frozenset({PortKind.BOND, PortKind.BRIDGE, PortKind.DUMMY, PortKind.VETH})  # by the router itself


def ports(around: Surroundings, node: Node) -> Iterator[InterfaceSpec]:
    """Yield the management, then the other ports by name, those of a parent after it."""
    used = _links(around, node) | _connections(around, node)
    yield _management(around, node)
    for port in sorted(node.ports.values(), key=lambda port: (port.parent or port.name, bool(port.parent), port.name)):
        if port.name != node.management.port:
            yield used.get(port.name) or _unused(around, node, port)


def _management(around: Surroundings, node: Node) -> InterfaceSpec:
    name = node.management.port
    return _with_port(
        around,
        node,
        node.ports.get(name) or Port(name=name),
        role=InterfaceRole.MANAGEMENT,
        why=f"nodes.{node.name}.management",
        addresses=(node.management.address,),
        description="management",
    )


def _links(around: Surroundings, node: Node) -> dict[str, InterfaceSpec]:
    return {
        link.ends[end].port: _with_port(
            around,
            node,
            node.ports[link.ends[end].port],
            role=InterfaceRole.LINK,
            why=f"links.{link.name}",
            mtu=around.network.link_classes[link.link_class].mtu + label_room(around, link),
            addresses=link_addresses(around.network, link.number, end),
            description=link.description or f"{link.name} to {far_end(link, node)}",
        )
        for link, end in around.links.get(node.name, ())
    }


def _connections(around: Surroundings, node: Node) -> dict[str, InterfaceSpec]:
    return {
        connection.port: _with_port(
            around,
            node,
            node.ports[connection.port],
            role=InterfaceRole.EXCHANGE,
            why=f"connections.{connection.name}",
            addresses=connection_addresses(around.network, connection),
            description=connection.exchange,
        )
        for connection in around.connections.get(node.name, ())
    }


def _unused(around: Surroundings, node: Node, port: Port) -> InterfaceSpec:
    return _with_port(
        around,
        node,
        port,
        role=InterfaceRole.DIRECT if port.addresses else InterfaceRole.UNUSED,
        why=f"nodes.{node.name}.ports.{port.name}",
        addresses=port.addresses,
        description=port.description,
    )


def _with_port(
    around: Surroundings,
    node: Node,
    port: Port,
    *,
    role: InterfaceRole,
    why: str,
    addresses: tuple[InterfaceAddress, ...],
    description: str,
    mtu: int | None = None,
) -> InterfaceSpec:
    above = _above(node, port)
    return InterfaceSpec(
        name=port.name,
        role=role,
        kind=_kind(port),
        why=why,
        mac=made_mac(node, port.name) if port.kind in MADE else "",
        found_by=port.mac,
        mtu=mtu or port.mtu,
        parent=port.parent,
        vlan=port.vlan,
        master=above.name if above else "",
        peer=port.peer,
        vrf=device_of(port.vrf) if is_linux(around.network, node) else "",
        vlans=_vlans(around, node, port, above),
        addresses=tuple(sorted(addresses, key=lambda address: address.version)),
        description=description or port.description,
    )


def _kind(port: Port) -> InterfaceKind:
    return InterfaceKind.VLAN if port.parent else InterfaceKind(port.kind.value)


def _above(node: Node, port: Port) -> Port | None:
    """Return the bond or bridge of `node` that `port` is a member of."""
    return next((one for _, one in sorted(node.ports.items()) if port.name in one.members), None)


def _vlans(around: Surroundings, node: Node, port: Port, above: Port | None) -> BridgeVlans | None:
    if port.kind is PortKind.BRIDGE:
        return BridgeVlans(tagged=vlans_of_bridge(around, node, port))
    if above and above.kind is PortKind.BRIDGE:
        return vlans_of_member(around, node, above, port)
    return None
