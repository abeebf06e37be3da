"""Contradictions among nodes and their ports."""

from collections.abc import Iterator

from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import Port
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of


def unknown_sites(network: Network) -> Iterator[Problem]:
    """Nodes that stand nowhere."""
    for node in network.nodes.values():
        if node.site not in network.sites:
            advice = one_of(network.sites, node.site)
            yield Problem(
                ("nodes", node.name, "site"), f"there is no site {node.site!r}: {advice} Or add it under `sites`"
            )


def unknown_platforms(network: Network) -> Iterator[Problem]:
    """Nodes of a platform that nobody described."""
    for node in network.nodes.values():
        if node.platform not in network.platforms:
            advice = one_of(network.platforms, node.platform)
            yield Problem(
                ("nodes", node.name, "platform"),
                f"there is no platform {node.platform!r}: {advice} Or add it under `platforms`",
            )


def nodes_with_one_number(network: Network) -> Iterator[Problem]:
    """Nodes that would get the same addresses."""
    owner: dict[int, str] = {}
    free = max((node.number for node in network.nodes.values()), default=0) + 1
    for node in network.nodes.values():
        first = owner.setdefault(node.number, node.name)
        if first != node.name:
            yield Problem(
                ("nodes", node.name, "number"),
                f"{node.number} is the number of {first}: take another one, {free} is free",
            )


def ports_without_parents(network: Network) -> Iterator[Problem]:
    """Child ports whose parent is not there, or that have a parent and no VLAN, or the reverse."""
    for node, port, path in _ports(network):
        if port.parent and port.parent not in node.ports:
            advice = one_of(set(node.ports) - {port.name}, port.parent)
            yield Problem((*path, "parent"), f"{node.name} has no port {port.parent!r}: {advice}")
        elif port.parent == port.name or (port.parent and node.ports[port.parent].parent):
            yield Problem((*path, "parent"), f"{port.parent} is a child itself: name the port that carries it")
        elif bool(port.parent) != (port.vlan is not None):
            yield Problem(path, "a VLAN has both `parent` and `vlan`: add the one that is missing")


def children_above_parents(network: Network) -> Iterator[Problem]:
    """Children whose packets do not fit through their parent."""
    for node, port, path in _ports(network):
        parent = node.ports.get(port.parent)
        if parent and port.mtu > parent.mtu:
            yield Problem(
                (*path, "mtu"),
                f"{port.mtu} does not fit through {parent.name} with its MTU of {parent.mtu}: "
                f"lower this one, or raise that of {parent.name}",
            )


def _ports(network: Network) -> Iterator[tuple[Node, Port, Path]]:
    for node in network.nodes.values():
        for port in node.ports.values():
            yield node, port, ("nodes", node.name, "ports", port.name)
