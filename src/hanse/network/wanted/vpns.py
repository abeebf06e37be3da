"""VPNs of whole tables (RFC 4364): which routers are members, and whether labels lead from one to another."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from hanse.network.wanted.inherited import vrf_of
from hanse.network.wanted.label_steps import routers_of, speaks_ldp
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.memberships import members_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.shortest_ways import distances_from, hops_of, taken_between
from hanse.network.wanted.tunnels import Tunnel


def vpn_members(network: Network) -> dict[str, tuple[Node, ...]]:
    """Return the routers with something in each VPN's table, by number; those that take no part are left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for vrf, node in _uses(network):
        if vrf in network.vrfs and network.vrfs[vrf].vpn and node in network.nodes:
            found[vrf].add(node)
    return {vrf: _there(network, nodes) for vrf, nodes in found.items()}


def names_of_members(network: Network) -> frozenset[str]:
    """Return the members of all VPNs."""
    return frozenset(node.name for nodes in vpn_members(network).values() for node in nodes)


def _there(network: Network, names: set[str]) -> tuple[Node, ...]:
    nodes = (network.nodes[name] for name in names)
    return tuple(sorted((node for node in nodes if node.takes_part), key=lambda node: (node.number, node.name)))


def _uses(network: Network) -> Iterator[tuple[str, str]]:
    for node in network.nodes.values():
        if is_linux(network, node):
            yield from ((port.vrf, node.name) for port in node.ports.values())
            yield from ((route.vrf, node.name) for route in node.routes.values())
    yield from ((end.vrf, end.name) for tunnel in network.tunnels.values() for end in tunnel.ends.values())
    yield from ((one.vrf, one.node) for one in network.connections.values())
    for session in network.sessions.values():
        connection = network.connections.get(session.connection)
        yield vrf_of(network, session), connection.node if connection else session.node
    for segment in network.segments.values():
        yield from ((segment.vrf, node.name) for node in members_of(network, segment))


def ldp_groups(network: Network) -> tuple[frozenset[str], ...]:
    """Return the groups of routers that LDP joins."""
    joined: dict[str, set[str]] = {}
    for link in network.links.values():
        if speaks_ldp(network, link):
            group = joined.get(link.ends[0].node, {link.ends[0].node}) | joined.get(
                link.ends[1].node, {link.ends[1].node}
            )
            joined |= dict.fromkeys(group, group)
    return tuple({frozenset(group) for group in joined.values()})


def path_ends(network: Network) -> frozenset[frozenset[str]]:
    """Return the two ends of each label path that joins up."""
    paths = ((path, routers_of(network, path)) for path in network.label_paths.values())
    return frozenset(frozenset((routers[0], routers[-1])) for path, routers in paths if len(routers) > len(path.links))


def without_labels_between(network: Network, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield each two of `names` that LDP joins, and what carries no labels on a shortest way from one to the other.

    Over that way the VPN's own label would go alone, to a router that does not know it or knows it as another table's.
    """
    hops = hops_of(network)
    distances = {name: distances_from(name, hops) for name in names}
    groups, paths = ldp_groups(network), path_ends(network)
    for one, other in combinations(names, 2):
        if frozenset((one, other)) in paths or not any({one, other} <= group for group in groups):
            continue
        for hop in taken_between(other, distances[one], distances[other], hops):
            if isinstance(hop.over, Tunnel) or not speaks_ldp(network, hop.over):
                yield one, other, hop.over.name
                break
