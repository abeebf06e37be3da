"""OSPFv2 and OSPFv3 over all links, by link class; loopbacks are told to all as stub networks."""

from hanse.derive.addressing import node_addresses, router_id
from hanse.derive.around import Surroundings
from hanse.derive.spec import OspfInterface, OspfSpec, OspfStub
from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import far_end
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.places import PoolUse


def ospf(around: Surroundings, node: Node) -> OspfSpec:
    """Return what OSPF knows on `node`: its links by name, and its loopback's addresses."""
    loopbacks = (
        *node_addresses(around.network, PoolUse.LOOPBACK, node.number),
        *node_addresses(around.network, PoolUse.PUBLIC, node.number),
    )
    return OspfSpec(
        interfaces=tuple(_link(around, node, link, end) for link, end in around.links.get(node.name, ())),
        stubs=tuple(OspfStub(prefix=address.network, why=f"nodes.{node.name}.number") for address in loopbacks),
    )


def _link(around: Surroundings, node: Node, link: Link, end: int) -> OspfInterface:
    link_class = around.network.link_classes[link.link_class]
    neighbour = around.network.nodes[far_end(link, node).node]
    return OspfInterface(
        name=link.ends[end].port,
        cost=link_class.cost,
        why=f"links.{link.name}",
        hello=link_class.hello,
        dead=int(link_class.dead_after.total_seconds()),
        neighbour=router_id(around.network, neighbour.number),
    )
