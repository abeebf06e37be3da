"""What stands around each node: links, connections and sessions, gathered once for the whole network."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from hanse.derive.life import takes_part
from hanse.derive.tunnel_ends import TunnelHere, tunnels_by_node
from hanse.network.wanted.label_paths import LabelPath
from hanse.network.wanted.label_steps import labelled_links, routers_of
from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import node_of
from hanse.network.wanted.memberships import members_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.segments import Flooding, Segment
from hanse.network.wanted.sessions import Session
from hanse.network.wanted.vpns import names_of_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A network with its nodes' links, connections and sessions at hand, each by name."""

    network: Network
    links: dict[str, tuple[tuple[Link, int], ...]]  # by node, those that take part: which end (0, 1) is there
    tunnels: dict[str, tuple[TunnelHere, ...]]  # by node, those that take part
    connections: dict[str, tuple[Connection, ...]]
    sessions: dict[str, tuple[Session, ...]]
    segments: dict[str, tuple[Segment, ...]]
    reflectors: tuple[Node, ...]  # those that take part
    has_evpn: bool  # some segment is told by BGP
    has_vpn: bool  # some table is told by BGP
    vpn_members: frozenset[str]  # routers with something in such a table; none where no label path is
    label_paths: dict[str, tuple[LabelPath, ...]]  # by node, those that begin, pass or end there
    labelled_links: dict[str, str]  # those that carry labels, by name, each with the path of what says so

    def tells_segments(self, *nodes: Node) -> bool:
        """Say whether sessions between these tell of segments' members and hosts: FRR knows it, BIRD 2 does not."""
        return self.has_evpn and self._speak_frr(nodes)

    def tells_vpns(self, *nodes: Node) -> bool:
        """Say whether sessions between these tell of the routes of VPNs."""
        return self.has_vpn and self._speak_frr(nodes)

    def _speak_frr(self, nodes: tuple[Node, ...]) -> bool:
        return all(self.network.platforms[node.platform].dialect == "frr" for node in nodes)


KEPT: Final = 3  # networks whose surroundings are kept: before and after an edit, and one more
_GATHERED: list[Surroundings] = []  # of the networks asked about last; replaced as a whole, so any thread may read it


def surroundings(network: Network) -> Surroundings:
    """Return what stands around each node of `network`; the order is by name, whatever order it was written in.

    Gathering costs as much as deriving a few routers, so it is done once for a network.
    """
    for found in tuple(_GATHERED):
        if found.network is network:
            return found
    gathered = _gather(network)
    _GATHERED[:] = [gathered, *_GATHERED[: KEPT - 1]]
    return gathered


def _paths(network: Network) -> dict[str, tuple[LabelPath, ...]]:
    paths: defaultdict[str, list[LabelPath]] = defaultdict(list)
    for path in sorted(network.label_paths.values(), key=lambda path: path.name):
        for router in routers_of(network, path):
            paths[router].append(path)
    return {node: tuple(found) for node, found in paths.items()}


def _labelled(network: Network) -> dict[str, str]:
    first: dict[str, str] = {}
    for link, why in labelled_links(network):
        first.setdefault(link.name, why)
    return first


def _gather(network: Network) -> Surroundings:
    links: defaultdict[str, list[tuple[Link, int]]] = defaultdict(list)
    for link in sorted(network.links.values(), key=lambda link: link.name):
        for index, end in enumerate(link.ends if takes_part(network, link) else ()):
            links[end.node].append((link, index))
    connections: defaultdict[str, list[Connection]] = defaultdict(list)
    for connection in sorted(network.connections.values(), key=lambda connection: connection.name):
        connections[connection.node].append(connection)
    sessions: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sorted(network.sessions.values(), key=lambda session: session.name):
        sessions[node_of(network, session)].append(session)
    segments: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in sorted(network.segments.values(), key=lambda segment: segment.name):
        for node in members_of(network, segment):
            segments[node.name].append(segment)
    there = (node for node in network.nodes.values() if node.takes_part)
    reflectors = (node for node in there if Role.ROUTE_REFLECTOR in node.roles)
    return Surroundings(
        network=network,
        links={node: tuple(found) for node, found in links.items()},
        tunnels=tunnels_by_node(network),
        connections={node: tuple(found) for node, found in connections.items()},
        sessions={node: tuple(found) for node, found in sessions.items()},
        segments={node: tuple(found) for node, found in segments.items()},
        reflectors=tuple(sorted(reflectors, key=lambda node: node.number)),
        has_evpn=any(segment.flooding is Flooding.EVPN for segment in network.segments.values()),
        has_vpn=any(vrf.vpn for vrf in network.vrfs.values()),
        vpn_members=names_of_members(network) if network.label_paths else frozenset(),
        label_paths=_paths(network),
        labelled_links=_labelled(network),
    )
