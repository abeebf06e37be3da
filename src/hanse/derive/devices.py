"""The whole derivation: a network to one spec a router."""

from collections.abc import Iterable
from dataclasses import replace

from hanse.derive.addressing import own_addresses, router_id
from hanse.derive.anycast import anycasts
from hanse.derive.around import Surroundings, surroundings
from hanse.derive.bgp import bgp
from hanse.derive.filters import missing
from hanse.derive.firewall import firewall
from hanse.derive.interfaces import interfaces
from hanse.derive.labels import labels
from hanse.derive.ospf import ospf
from hanse.derive.segments import segments
from hanse.derive.spec import DeviceSpec
from hanse.derive.tunnels import tunnel_spec
from hanse.derive.vrfs import routes, shared_leaks, vrfs
from hanse.network.known.known import NOTHING_KNOWN, Known
from hanse.network.wanted.lookups import insist_on_nodes
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node


def device_specs(network: Network, known: Known = NOTHING_KNOWN) -> dict[str, DeviceSpec]:
    """Return the spec of every router, by name; `network` has no problems."""
    return some_device_specs(network, network.nodes, known)


def some_device_specs(network: Network, nodes: Iterable[str], known: Known = NOTHING_KNOWN) -> dict[str, DeviceSpec]:
    """Return the specs of those of `nodes` that `network` has, by name."""
    around = surroundings(network)
    return {name: _device(around, network.nodes[name], known) for name in sorted(nodes) if name in network.nodes}


def device_spec(network: Network, node: str, known: Known = NOTHING_KNOWN) -> DeviceSpec:
    """Return the spec of one router.

    :raises NoSuchNode:
    """
    insist_on_nodes([node], network.nodes)
    return _device(surroundings(network), network.nodes[node], known)


def _device(around: Surroundings, node: Node, known: Known) -> DeviceSpec:
    platform = around.network.platforms[node.platform]
    spec = DeviceSpec(
        name=node.name,
        domain=around.network.network.domain,
        number=node.number,
        site=node.site,
        platform=platform.name,
        driver=platform.driver,
        dialect=platform.dialect,
        router_id="" if node.is_antenna else router_id(around.network, node.number),
        source_addresses=own_addresses(around.network, node),
        interfaces=interfaces(around, node),
        ospf=ospf(around, node),
        bgp=bgp(around, node, known),
        segments=segments(around, node),
        anycasts=anycasts(around.network, node),
        tunnels=tuple(tunnel_spec(around.network, here) for here in around.tunnels.get(node.name, ())),
        labels=labels(around, node),
        routes=routes(node, ""),
        leaks=shared_leaks(around, node),
        tags=node.tags,
        context=node.context,
        missing=missing(around, node, known),
    )
    spec = replace(spec, vrfs=vrfs(around, node, spec.interfaces))
    return replace(spec, firewall=firewall(around, node, spec))
