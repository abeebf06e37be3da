"""What stands around each node: links, connections and sessions, gathered once for the whole network."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import node_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A network with its nodes' links, connections and sessions at hand, each by name."""

    network: Network
    links: dict[str, tuple[tuple[Link, int], ...]]  # by node: the link, and which of its ends (0, 1) is there
    connections: dict[str, tuple[Connection, ...]]
    sessions: dict[str, tuple[Session, ...]]
    reflectors: tuple[Node, ...]


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


def _gather(network: Network) -> Surroundings:
    links: defaultdict[str, list[tuple[Link, int]]] = defaultdict(list)
    for link in sorted(network.links.values(), key=lambda link: link.name):
        for index, end in enumerate(link.ends):
            links[end.node].append((link, index))
    connections: defaultdict[str, list[Connection]] = defaultdict(list)
    for connection in sorted(network.connections.values(), key=lambda connection: connection.name):
        connections[connection.node].append(connection)
    sessions: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sorted(network.sessions.values(), key=lambda session: session.name):
        sessions[node_of(network, session)].append(session)
    reflectors = (node for node in network.nodes.values() if Role.ROUTE_REFLECTOR in node.roles)
    return Surroundings(
        network=network,
        links={node: tuple(found) for node, found in links.items()},
        connections={node: tuple(found) for node, found in connections.items()},
        sessions={node: tuple(found) for node, found in sessions.items()},
        reflectors=tuple(sorted(reflectors, key=lambda node: node.number)),
    )
