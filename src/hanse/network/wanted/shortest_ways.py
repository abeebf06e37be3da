"""The ways that OSPF takes in the global table while everything is up."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hanse.network.wanted.costs import NoCost, cost_of
from hanse.network.wanted.label_steps import is_there
from hanse.network.wanted.links import Link, LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.tunnels import Tunnel

OUT_OF_REACH: Final = float("inf")
Distances = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Hop:
    """A link or a tunnel that OSPF speaks on, with its cost."""

    over: Link | Tunnel
    ends: tuple[str, str]
    cost: int


def hops_of(network: Network) -> tuple[Hop, ...]:
    """Return all hops of the global table, without links that contradict themselves: `problems` tells of them."""
    return tuple(_hops(network))


def _hops(network: Network) -> Iterator[Hop]:
    overs: tuple[Link | Tunnel, ...] = (*network.links.values(), *network.tunnels.values())
    for over in overs:
        first, last = _global_ends(network, over)
        try:
            if first and last:
                yield Hop(over, (first, last), cost_of(network, over))
        except (KeyError, NoCost):
            continue


def _global_ends(network: Network, over: Link | Tunnel) -> tuple[str, str]:
    """Return the routers at its ends; nothing for one that has no part in the global table."""
    if isinstance(over, Link):
        ports = [
            (end.node, network.nodes[end.node].ports.get(end.port)) for end in over.ends if end.node in network.nodes
        ]
        there = is_there(network, over)
        names = [name if port is None or not port.vrf else "" for name, port in ports]
    else:
        known = [network.nodes.get(name) for name in over.ends]
        there = over.status is not LinkStatus.PLANNED and all(node and node.takes_part for node in known)
        names = list(over.ends)
    return (names[0], names[1]) if there and len(names) == 2 else ("", "")


def distances_from(start: str, hops: tuple[Hop, ...]) -> Distances:
    """Return the smallest sum of costs from `start` to each router that is within reach."""
    around: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for hop in hops:
        for here, there in (hop.ends, hop.ends[::-1]):
            around[here].append((hop.cost, there))
    found: dict[str, float] = {}
    open_ends: list[tuple[int, str]] = [(0, start)]
    while open_ends:
        far, here = heapq.heappop(open_ends)
        if here not in found:
            found[here] = far
            for cost, there in around[here]:
                heapq.heappush(open_ends, (far + cost, there))
    return found


def taken_between(end: str, from_start: Distances, from_end: Distances, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """Return the hops on all the shortest ways to `end`, of which packets take each that is as short."""
    whole = from_start.get(end, OUT_OF_REACH)
    return tuple(hop for hop in hops if whole < OUT_OF_REACH and _length_by(hop, from_start, from_end) == whole)


def _length_by(hop: Hop, from_start: Distances, from_end: Distances) -> float:
    return min(
        from_start.get(here, OUT_OF_REACH) + hop.cost + from_end.get(there, OUT_OF_REACH)
        for here, there in (hop.ends, hop.ends[::-1])
    )
