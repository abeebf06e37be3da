"""The whole derivation: a network to one spec a router."""

from collections.abc import Iterable

from hanse.derive.addressing import node_addresses, router_id
from hanse.derive.around import Surroundings, surroundings
from hanse.derive.bgp import bgp
from hanse.derive.interfaces import interfaces
from hanse.derive.ospf import ospf
from hanse.derive.spec import DeviceSpec
from hanse.network.values.addresses import Address
from hanse.network.wanted.lookups import insist_on_nodes
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.places import PoolUse


def device_specs(network: Network) -> dict[str, DeviceSpec]:
    """Return the spec of every router, by name; `network` has no problems."""
    return some_device_specs(network, network.nodes)


def some_device_specs(network: Network, nodes: Iterable[str]) -> dict[str, DeviceSpec]:
    """Return the specs of those of `nodes` that `network` has, by name."""
    around = surroundings(network)
    return {name: _device(around, network.nodes[name]) for name in sorted(nodes) if name in network.nodes}


def device_spec(network: Network, node: str) -> DeviceSpec:
    """Return the spec of one router.

    :raises NoSuchNode:
    """
    insist_on_nodes([node], network.nodes)
    return _device(surroundings(network), network.nodes[node])


def _device(around: Surroundings, node: Node) -> DeviceSpec:
    platform = around.network.platforms[node.platform]
    return DeviceSpec(
        name=node.name,
        domain=around.network.network.domain,
        number=node.number,
        site=node.site,
        platform=platform.name,
        driver=platform.driver,
        dialect=platform.dialect,
        router_id=router_id(around.network, node.number),
        source_addresses=_source_addresses(around, node),
        interfaces=interfaces(around, node),
        ospf=ospf(around, node),
        bgp=bgp(around, node),
    )


def _source_addresses(around: Surroundings, node: Node) -> tuple[Address, ...]:
    """Return the public address of each family, or the loopback's where there is no public pool."""
    public = node_addresses(around.network, PoolUse.PUBLIC, node.number)
    inside = node_addresses(around.network, PoolUse.LOOPBACK, node.number)
    by_family = {address.version: address.ip for address in (*inside, *public)}
    return tuple(by_family[version] for version in sorted(by_family))
