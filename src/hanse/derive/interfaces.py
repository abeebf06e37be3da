"""Every interface of a router: loopback, management, links, exchanges, and ports with addresses fixed by hand."""

from hanse.derive.addressing import link_addresses, node_addresses
from hanse.derive.around import Surroundings
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.network.values.addresses import InterfaceAddress
from hanse.network.wanted.lookups import connection_addresses, far_end
from hanse.network.wanted.nodes import Node, Port
from hanse.network.wanted.places import PoolUse


def interfaces(around: Surroundings, node: Node) -> tuple[InterfaceSpec, ...]:
    """Return the router's interfaces: loopback, management, then its ports by name, a parent before its children."""
    used = _links(around, node) | _connections(around, node)
    ports = sorted(node.ports.values(), key=lambda port: (port.parent or port.name, bool(port.parent), port.name))
    rest = (used.get(port.name) or _port(node, port) for port in ports if port.name != node.management.port)
    return (_loopback(around, node), _management(node), *rest)


def _loopback(around: Surroundings, node: Node) -> InterfaceSpec:
    addresses = (
        *node_addresses(around.network, PoolUse.LOOPBACK, node.number),
        *node_addresses(around.network, PoolUse.PUBLIC, node.number),
    )
    return InterfaceSpec(
        name="lo", role=InterfaceRole.LOOPBACK, why=f"nodes.{node.name}.number", addresses=_by_family(addresses)
    )


def _management(node: Node) -> InterfaceSpec:
    port = node.ports.get(node.management.port)
    return InterfaceSpec(
        name=node.management.port,
        role=InterfaceRole.MANAGEMENT,
        why=f"nodes.{node.name}.management",
        mtu=port.mtu if port else 1500,
        addresses=(node.management.address,),
        description="management",
    )


def _links(around: Surroundings, node: Node) -> dict[str, InterfaceSpec]:
    return {
        link.ends[end].port: _with_port(
            node.ports[link.ends[end].port],
            role=InterfaceRole.LINK,
            why=f"links.{link.name}",
            mtu=around.network.link_classes[link.link_class].mtu,
            addresses=link_addresses(around.network, link.number, end),
            description=link.description or f"{link.name} to {far_end(link, node)}",
        )
        for link, end in around.links.get(node.name, ())
    }


def _connections(around: Surroundings, node: Node) -> dict[str, InterfaceSpec]:
    return {
        connection.port: _with_port(
            node.ports[connection.port],
            role=InterfaceRole.EXCHANGE,
            why=f"connections.{connection.name}",
            mtu=node.ports[connection.port].mtu,
            addresses=_by_family(connection_addresses(around.network, connection)),
            description=connection.exchange,
        )
        for connection in around.connections.get(node.name, ())
    }


def _port(node: Node, port: Port) -> InterfaceSpec:
    return _with_port(
        port,
        role=InterfaceRole.DIRECT if port.addresses else InterfaceRole.UNUSED,
        why=f"nodes.{node.name}.ports.{port.name}",
        mtu=port.mtu,
        addresses=_by_family(port.addresses),
        description=port.description,
    )


def _with_port(
    port: Port, *, role: InterfaceRole, why: str, mtu: int, addresses: tuple[InterfaceAddress, ...], description: str
) -> InterfaceSpec:
    return InterfaceSpec(
        name=port.name,
        role=role,
        why=why,
        mtu=mtu,
        parent=port.parent,
        vlan=port.vlan,
        addresses=addresses,
        description=description or port.description,
    )


def _by_family(addresses: tuple[InterfaceAddress, ...]) -> tuple[InterfaceAddress, ...]:
    return tuple(sorted(addresses, key=lambda address: address.version))
