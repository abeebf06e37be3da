"""Speakers of ours beside the routers: collectors hear all that routers hear, announcers tell them of routes.

Their sessions go over the management network, so that nothing else has to reach them.
"""

from collections.abc import Iterator
from typing import Final

from hanse.derive.addressing import loopbacks_of
from hanse.derive.around import Surroundings
from hanse.derive.spec import InternalSession
from hanse.network.values.addresses import Prefix, family_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node

SPEAKING: Final = frozenset({"bird2", "frr"})  # dialects of routers that speak with them


def aside(around: Surroundings, node: Node) -> tuple[InternalSession, ...]:
    """Return the sessions of a router with each such speaker, or of a speaker with each router, by number."""
    nodes = sorted(around.network.nodes.values(), key=lambda one: one.number)
    if not node.takes_part:
        return ()
    if node.is_aside:
        return tuple(_sessions(around, node, (one for one in nodes if speaks(around.network, one))))
    if not speaks(around.network, node):
        return ()
    return tuple(_sessions(around, node, (one for one in nodes if one.is_aside and one.takes_part)))


def speaks(network: Network, node: Node) -> bool:
    """Say whether a router speaks with collectors and announcers."""
    return node.takes_part and network.platforms[node.platform].dialect in SPEAKING


def _sessions(around: Surroundings, node: Node, others: Iterator[Node]) -> Iterator[InternalSession]:
    mine = node.management.address.ip
    for other in others:
        theirs = other.management.address.ip
        if family_of(theirs) is family_of(mine):
            yield InternalSession(
                name=f"{'collector' if other.is_collector else 'announcer'}_{other.number}",
                family=family_of(mine),
                local_address=mine,
                remote_address=theirs,
                remote_node=other.name,
                is_client=other.is_collector,
                takes=_announced(around.network, other, node),
                why=f"nodes.{other.name}.roles" if other.is_aside else f"nodes.{other.name}",
            )


def _announced(network: Network, announcer: Node, router: Node) -> tuple[Prefix, ...]:
    """Return what a router takes of the routes fixed on an announcer: none whose next hop is the router itself."""
    if not announcer.is_announcer:
        return ()
    own = {address.ip for address in loopbacks_of(network, router)}
    return tuple(route.prefix for _, route in sorted(announcer.routes.items()) if route.via not in own)
