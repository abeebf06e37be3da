"""OSPFv2 and OSPFv3 over all links, by link class; loopbacks are told to all."""

from hanse.derive.addressing import router_id
from hanse.derive.around import Surroundings
from hanse.derive.spec import OspfInterface, OspfSpec
from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import far_end
from hanse.network.wanted.nodes import Node


def ospf(around: Surroundings, node: Node) -> OspfSpec:
    """Return what OSPF knows on `node`: the loopback first, then its links by name."""
    return OspfSpec(
        interfaces=(
            OspfInterface(name="lo", cost=1, why=f"nodes.{node.name}.number", passive=True),
            *(_link(around, node, link, end) for link, end in around.links.get(node.name, ())),
        )
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
