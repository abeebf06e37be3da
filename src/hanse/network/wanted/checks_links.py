"""Contradictions among links and what uses ports."""

from collections.abc import Iterator

from hanse.network.wanted.links import End
from hanse.network.wanted.network import Network
from hanse.network.wanted.ports import Port
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of


def links_to_nowhere(network: Network) -> Iterator[Problem]:
    """Links whose end is at no node, at no port, or whose both ends are at one node."""
    for link in network.links.values():
        for index, end in enumerate(link.ends):
            path = ("links", link.name, "ends", str(index))
            yield from missing_port(network, end.node, end.port, path)
        if len({end.node for end in link.ends}) < len(link.ends):
            yield Problem(("links", link.name, "ends"), f"both ends are at {link.ends[0].node}: name two nodes")


def missing_port(network: Network, node: str, port: str, path: Path) -> Iterator[Problem]:
    """Say what is missing if `node` is unknown or has no `port`."""
    if node not in network.nodes:
        yield Problem(path, f"there is no node {node!r}: {one_of(network.nodes, node)}")
    elif port not in network.nodes[node].ports:
        advice = one_of(network.nodes[node].ports, port)
        yield Problem(path, f"{node} has no port {port!r}: {advice} Or add it under nodes.{node}.ports")


def links_without_class(network: Network) -> Iterator[Problem]:
    """Links of a class that nobody described."""
    for link in network.links.values():
        if link.link_class not in network.link_classes:
            advice = one_of(network.link_classes, link.link_class)
            yield Problem(("links", link.name, "link_class"), f"there is no link class {link.link_class!r}: {advice}")


def links_with_one_number(network: Network) -> Iterator[Problem]:
    """Links that would get the same addresses."""
    owner: dict[int, str] = {}
    free = max((link.number for link in network.links.values()), default=-1) + 1
    for link in network.links.values():
        first = owner.setdefault(link.number, link.name)
        if first != link.name:
            yield Problem(
                ("links", link.name, "number"),
                f"{link.number} is the number of {first}: take another one, {free} is free",
            )


def links_above_ports(network: Network) -> Iterator[Problem]:
    """Links whose packets do not fit through one of their ports."""
    for link in network.links.values():
        link_class = network.link_classes.get(link.link_class)
        for index, end in enumerate(link.ends):
            port = _port(network, end)
            if link_class and port and link_class.mtu > port.mtu:
                yield Problem(
                    ("links", link.name, "ends", str(index)),
                    f"class {link_class.name} has an MTU of {link_class.mtu} and {end} one of {port.mtu}: "
                    f"raise that of {end}, or take a class that fits",
                )


def _port(network: Network, end: End) -> Port | None:
    node = network.nodes.get(end.node)
    return node.ports.get(end.port) if node else None


def ports_used_twice(network: Network) -> Iterator[Problem]:
    """Ports that two things want for themselves."""
    owner: dict[tuple[str, str], str] = {}
    for node, port, use, path in _uses(network):
        first = owner.setdefault((node, port), use)
        if first != use:
            yield Problem(path, f"{node}:{port} is used by {first} already: give one of the two another port")


def _uses(network: Network) -> Iterator[tuple[str, str, str, Path]]:
    """Yield node, port, user and the user's path, in the order in which a port is given away."""
    for node in network.nodes.values():
        yield node.name, node.management.port, "the management", ("nodes", node.name, "management")
        for port in node.ports.values():
            if port.addresses:
                yield (
                    node.name,
                    port.name,
                    f"nodes.{node.name}.ports.{port.name}",
                    ("nodes", node.name, "ports", port.name),
                )
    for link in network.links.values():
        for index, end in enumerate(link.ends):
            yield end.node, end.port, f"links.{link.name}", ("links", link.name, "ends", str(index))
    for connection in network.connections.values():
        path = ("connections", connection.name, "port")
        yield connection.node, connection.port, f"connections.{connection.name}", path
