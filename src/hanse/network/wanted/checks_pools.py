"""Contradictions among pools and addresses."""

from collections.abc import Iterator
from itertools import combinations

from hanse.network.values.addresses import Family, family_of, overlap
from hanse.network.wanted.lookups import pool_for, room_in
from hanse.network.wanted.network import Network
from hanse.network.wanted.places import Pool, PoolUse
from hanse.network.wanted.problem import Path, Problem


def overlapping_pools(network: Network) -> Iterator[Problem]:
    """Pools from which one address could be taken twice."""
    for mine, yours in combinations(network.pools.values(), 2):
        if overlap(mine.prefix, yours.prefix):
            yield Problem(
                ("pools", yours.name, "prefix"),
                f"{yours.prefix} shares addresses with {mine.prefix} of {mine.name}: make one of the two smaller",
            )


def pools_for_one_use(network: Network) -> Iterator[Problem]:
    """Pools of one use and family: which one to take from would be a guess."""
    for mine, yours in combinations(network.pools.values(), 2):
        if mine.use is yours.use and mine.prefix.version == yours.prefix.version:
            yield Problem(
                ("pools", yours.name, "use"),
                f"{mine.name} is the pool for {mine.use} in {family_of(mine.prefix)} already: remove one of the two",
            )


def missing_pools(network: Network) -> Iterator[Problem]:
    """Uses that need a pool and have none."""
    needed = [
        (PoolUse.LOOPBACK, bool(network.nodes)),
        (PoolUse.LINK, bool(network.links)),
        (PoolUse.TUNNEL, bool(network.tunnels)),
    ]
    for use, is_needed in needed:
        for family in Family:
            if is_needed and pool_for(network, use, family) is None:
                yield Problem(("pools",), f"there is no pool for {use} in {family}: add one")


def exhausted_pools(network: Network) -> Iterator[Problem]:
    """Nodes, links and tunnels whose number is beyond the end of their pool."""
    for pool in network.pools.values():
        room = room_in(pool)
        for path, number in _takers(network, pool):
            if number >= room:
                yield Problem(
                    path,
                    f"{number} is beyond the end of pool {pool.name} ({pool.prefix}), whose last number is {room - 1}: "
                    f"take a free smaller number, or enlarge the pool",
                )


def _takers(network: Network, pool: Pool) -> Iterator[tuple[Path, int]]:
    if pool.use is PoolUse.LINK:
        yield from ((("links", link.name, "number"), link.number) for link in network.links.values())
    elif pool.use is PoolUse.TUNNEL:
        yield from ((("tunnels", tunnel.name, "number"), tunnel.number) for tunnel in network.tunnels.values())
    else:
        routers = (node for node in network.nodes.values() if not node.is_antenna)
        yield from ((("nodes", node.name, "number"), node.number) for node in routers)


def addresses_twice(network: Network) -> Iterator[Problem]:
    """Addresses fixed by hand that stand at two places of one routing table."""
    owner: dict[tuple[str, str], str] = {}
    for vrf, address, path in _fixed_addresses(network):
        place = ".".join(path)
        first = owner.setdefault((vrf, address), place)
        if first != place:
            yield Problem(path, f"{address} is the address of {first} already: take another one")


def _fixed_addresses(network: Network) -> Iterator[tuple[str, str, Path]]:
    for node in network.nodes.values():
        management = node.ports.get(node.management.port)
        vrf = management.vrf if management else ""
        yield vrf, str(node.management.address.ip), ("nodes", node.name, "management", "address")
        for port in node.ports.values():
            for index, address in enumerate(port.addresses):
                path = ("nodes", node.name, "ports", port.name, "addresses", str(index))
                yield port.vrf, str(address.ip), path
    for connection in network.connections.values():
        for index, ours in enumerate(connection.addresses):
            yield connection.vrf, str(ours), ("connections", connection.name, "addresses", str(index))
