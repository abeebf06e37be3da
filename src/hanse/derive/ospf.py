"""OSPFv2 and OSPFv3 over all links of the global table, by link class; loopbacks are told to all as stub networks.

What it does in another table stands with that table: see `vrfs`.
"""

from hanse.derive.addressing import loopbacks_of, router_id
from hanse.derive.around import Surroundings
from hanse.derive.life import HIGHEST_COST, is_drained
from hanse.derive.ospf_spec import OspfInterface, OspfSpec, OspfStub
from hanse.derive.tunnels import tunnel_ospf
from hanse.network.wanted.costs import cost_of
from hanse.network.wanted.links import Link
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.lookups import far_end
from hanse.network.wanted.nodes import Node, NodeStatus


def ospf(around: Surroundings, node: Node) -> OspfSpec:
    """Return what OSPF knows on `node`: its links by name, and its loopback's addresses."""
    return OspfSpec(
        interfaces=(
            *(
                link_ospf(around, node, link, end)
                for link, end in around.links.get(node.name, ())
                if not (node.ports[link.ends[end].port].vrf and is_linux(around.network, node))
            ),
            *(tunnel_ospf(around.network, node, here) for here in around.tunnels.get(node.name, ())),
        ),
        stubs=(
            *(
                OspfStub(prefix=address.network, why=f"nodes.{node.name}.number")
                for address in loopbacks_of(around.network, node)
            ),
            *(
                OspfStub(prefix=address.network, why=f"segments.{segment.name}.gateways")
                for segment in around.segments.get(node.name, ())
                for address in (segment.gateways if node.status.takes_part and not segment.vrf else ())
            ),
        ),
        max_metric=node.status is NodeStatus.MAINTENANCE,
    )


def link_ospf(around: Surroundings, node: Node, link: Link, end: int) -> OspfInterface:
    """Return OSPF at one end of a link."""
    link_class = around.network.link_classes[link.link_class]
    neighbour = around.network.nodes[far_end(link, node).node]
    return OspfInterface(
        name=link.ends[end].port,
        cost=HIGHEST_COST if is_drained(node, link) else cost_of(around.network, link),
        why=f"links.{link.name}",
        hello=link_class.hello,
        dead=int(link_class.dead_after.total_seconds()),
        neighbour=router_id(around.network, neighbour.number),
    )
