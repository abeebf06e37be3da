"""Contradictions among routing tables, what they share, who is in them, and routes fixed by hand."""

import re
from collections.abc import Iterator

from hanse.network.wanted.checks_ports import ports_of
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.lookups import towards, ways_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.sessions import Session
from hanse.network.wanted.vrfs import StaticRoute


def unknown_vrfs(network: Network) -> Iterator[Problem]:
    """VRFs that ports, routes, leaks and segments name and that are not there."""
    for vrf, path in _named(network):
        if vrf and vrf not in network.vrfs:
            yield Problem(path, f"there is no VRF {vrf!r}: {one_of(network.vrfs, vrf)} Or add it under `vrfs`")


def _named(network: Network) -> Iterator[tuple[str, Path]]:
    for _, port, path in ports_of(network):
        yield port.vrf, (*path, "vrf")
    for node in network.nodes.values():
        for route in node.routes.values():
            yield route.vrf, ("nodes", node.name, "routes", route.name, "vrf")
    for vrf in network.vrfs.values():
        for leak in vrf.leaks.values():
            yield leak.source, ("vrfs", vrf.name, "leaks", leak.name, "source")
    for segment in network.segments.values():
        yield segment.vrf, ("segments", segment.name, "vrf")


def vrfs_without_number(network: Network) -> Iterator[Problem]:
    """VRFs that a Linux router uses and whose routes have no table there."""
    free = max((vrf.number for vrf in network.vrfs.values() if vrf.number), default=0) + 1
    told = set()
    for node, name in _uses(network):
        vrf = network.vrfs.get(name)
        if vrf and vrf.number is None and name not in told and is_linux(network, node):
            told.add(name)
            yield Problem(
                ("vrfs", name, "number"),
                f"{node.name} is Linux and keeps the routes in a table of this number: give it one, {free} is free",
            )


def _uses(network: Network) -> Iterator[tuple[Node, str]]:
    """Yield each router with each VRF that something of it is in."""
    for node in network.nodes.values():
        yield from ((node, port.vrf) for port in node.ports.values())
        yield from ((node, route.vrf) for route in node.routes.values())
    ends = [(end.name, end.vrf) for tunnel in network.tunnels.values() for end in tunnel.ends.values()]
    ends += [(connection.node, connection.vrf) for connection in network.connections.values()]
    ends += [(session.node, session.vrf) for session in network.sessions.values()]
    yield from ((network.nodes[node], vrf) for node, vrf in ends if node in network.nodes)


def vrfs_with_one_number(network: Network) -> Iterator[Problem]:
    """VRFs that would share a table, or that a router could not tell apart."""
    numbers: dict[int, str] = {}
    names: dict[str, str] = {}
    free = max((vrf.number for vrf in network.vrfs.values() if vrf.number), default=0) + 1
    for vrf in network.vrfs.values():
        first = numbers.setdefault(vrf.number, vrf.name) if vrf.number is not None else vrf.name
        if first != vrf.name:
            yield Problem(
                ("vrfs", vrf.name, "number"), f"{vrf.number} is the number of {first}: take another one, {free} is free"
            )
        alike = names.setdefault(re.sub(r"[^a-z0-9]", "_", vrf.name.lower()), vrf.name)
        if alike != vrf.name:
            yield Problem(
                ("vrfs", vrf.name),
                f"a router cannot tell this name from {alike}: punctuation and capitals do not count, rename one",
            )


def leaks_to_themselves(network: Network) -> Iterator[Problem]:
    """Tables that would take routes from themselves."""
    for vrf in network.vrfs.values():
        for leak in vrf.leaks.values():
            if leak.source == vrf.name:
                yield Problem(
                    ("vrfs", vrf.name, "leaks", leak.name, "source"),
                    f"{vrf.name} has its own routes already: name another table, or remove the leak",
                )


def links_between_vrfs(network: Network) -> Iterator[Problem]:
    """Links whose ends are in two tables."""
    for link in network.links.values():
        ends = [(end, network.nodes[end.node]) for end in link.ends if end.node in network.nodes]
        found = [
            (end, node.ports[end.port].vrf) for end, node in ends if end.port in node.ports and is_linux(network, node)
        ]
        if len({vrf for _, vrf in found}) > 1:
            said = " and ".join(f"{end} is in {vrf or 'the global table'}" for end, vrf in found)
            yield Problem(("links", link.name, "ends"), f"{said}: put both ports into the same VRF, or into none")


def connections_between_vrfs(network: Network) -> Iterator[Problem]:
    """Connections and sessions that feed another table than that of their port."""
    for connection in network.connections.values():
        node = network.nodes.get(connection.node)
        port = node.ports.get(connection.port) if node else None
        if node and port and port.vrf != connection.vrf and is_linux(network, node):
            yield Problem(
                ("connections", connection.name, "vrf"),
                f"{_table(connection.vrf)} is not the table of {node.name}:{port.name}, {_table(port.vrf)}: "
                "write the same VRF at both, or at none",
            )
    for session in network.sessions.values():
        node = network.nodes.get(session.node)
        has_tables = node and (session.vrf or any(port.vrf for port in node.ports.values()))
        if node and has_tables and not session.connection and is_linux(network, node):
            yield from _session_between(network, session, node)


def _session_between(network: Network, session: Session, node: Node) -> Iterator[Problem]:
    ways = ways_of(network, session)
    for index, remote in enumerate(session.addresses):
        way = towards(ways, remote)
        port = node.ports[way[1]] if way else None
        if port and port.vrf != session.vrf:
            yield Problem(
                ("sessions", session.name, "addresses", str(index)),
                f"{remote} is a neighbour in {_table(port.vrf)}, by port {port.name}, and the session feeds "
                f"{_table(session.vrf)}: write the same VRF at both, or at none",
            )


def _table(vrf: str) -> str:
    return vrf or "the global table"


def routes_without_way(network: Network) -> Iterator[Problem]:
    """Routes fixed by hand that lead nowhere, or out of another table's port."""
    for node in network.nodes.values():
        owner: dict[tuple[str, str], str] = {}
        for route in node.routes.values():
            path = ("nodes", node.name, "routes", route.name)
            yield from _way(node, route, path)
            first = owner.setdefault((route.vrf, str(route.prefix)), route.name)
            if first != route.name:
                yield Problem((*path, "prefix"), f"{first} leads to {route.prefix} already: remove one of the two")


def _way(node: Node, route: StaticRoute, path: Path) -> Iterator[Problem]:
    port = node.ports.get(route.port)
    if route.via is None and not route.port:
        yield Problem(path, "it leads nowhere: write `via` with the next router's address, or a `port`")
    if route.via is not None and route.via.version != route.prefix.version:
        yield Problem(
            (*path, "via"),
            f"{route.via} cannot be the next router for {route.prefix}: write an IPv{route.prefix.version} address",
        )
    if route.port and port is None:
        yield Problem((*path, "port"), f"{node.name} has no port {route.port!r}: {one_of(node.ports, route.port)}")
    if port and port.vrf != route.vrf:
        yield Problem(
            (*path, "port"),
            f"{port.name} is in {_table(port.vrf)}, and the route in {_table(route.vrf)}: write the same VRF at both",
        )
