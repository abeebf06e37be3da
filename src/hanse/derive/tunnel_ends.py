"""Which tunnels are at which router, seen from there."""

from collections import defaultdict
from dataclasses import dataclass

from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.tunnels import Tunnel, TunnelEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelHere:
    """A tunnel as one of its routers sees it. `index` 0: the end with the lower address."""

    tunnel: Tunnel
    mine: TunnelEnd
    yours: TunnelEnd
    index: int

    @property
    def waits(self) -> bool:
        """Say whether the other end comes to this one: it has the only address, or the first of two."""
        return self.mine.address is not None and (self.yours.address is None or self.index == 0)


def tunnels_by_node(network: Network) -> dict[str, tuple[TunnelHere, ...]]:
    """Return the tunnels of each router that take part, by name."""
    found: defaultdict[str, list[TunnelHere]] = defaultdict(list)
    for tunnel in sorted(network.tunnels.values(), key=lambda tunnel: tunnel.name):
        nodes = _nodes(network, tunnel)
        if len(nodes) < len(tunnel.ends) or not _takes_part(tunnel, nodes):
            continue
        ends = [tunnel.ends[node.name] for node in nodes]
        for index, (mine, yours) in enumerate(zip(ends, reversed(ends), strict=True)):
            found[mine.name].append(TunnelHere(tunnel=tunnel, mine=mine, yours=yours, index=index))
    return {node: tuple(here) for node, here in found.items()}


def _nodes(network: Network, tunnel: Tunnel) -> list[Node]:
    """Return the tunnel's routers that there are, by number: the order in which they were written means nothing."""
    nodes = (network.nodes[end.name] for end in tunnel.ends.values() if end.name in network.nodes)
    return sorted(nodes, key=lambda node: node.number)


def _takes_part(tunnel: Tunnel, nodes: list[Node]) -> bool:
    return tunnel.status is not LinkStatus.PLANNED and all(node.status.takes_part for node in nodes)
