"""Contradictions among label paths and links that carry labels."""

from collections.abc import Iterator

from hanse.network.wanted.label_paths import LABEL_ROOM
from hanse.network.wanted.label_steps import is_there, labelled_links, routers_of, speaks_ldp, steps_of
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of


def label_paths_to_nowhere(network: Network) -> Iterator[Problem]:
    """Paths that begin at a router, or take a link, that is not there."""
    for path in network.label_paths.values():
        if path.start not in network.nodes:
            where: Path = ("label_paths", path.name, "start")
            yield Problem(where, f"there is no node {path.start!r}: {one_of(network.nodes, path.start)}")
        for index, name in enumerate(path.links):
            where = ("label_paths", path.name, "links", str(index))
            link = network.links.get(name)
            if link is None:
                yield Problem(where, f"there is no link {name!r}: {one_of(network.links, name)}")
            elif not is_there(network, link):
                yield Problem(where, f"{name}, or a router of it, is only planned: take a way that is there already")


def label_paths_that_break(network: Network) -> Iterator[Problem]:
    """Paths whose links do not join up, that come by a router twice, or that have nothing to label."""
    for path in network.label_paths.values():
        steps = steps_of(network, path)
        routers = routers_of(network, path)
        link = network.links.get(path.links[len(steps)]) if len(steps) < len(path.links) else None
        if link and path.start in network.nodes:
            ends = " and ".join(end.node for end in link.ends)
            yield Problem(
                ("label_paths", path.name, "links", str(len(steps))),
                f"{link.name} joins {ends}, and the path is at {routers[-1]}: name a link from there",
            )
        for index, router in enumerate(routers[1:]):
            if router in routers[: index + 1]:
                yield Problem(
                    ("label_paths", path.name, "links", str(index)),
                    f"it comes by {router} a second time: leave the circle out",
                )
                break
        if len(path.links) == 1:
            yield Problem(
                ("label_paths", path.name, "links"),
                "the last router but one takes the label off, so on one link there is none: name two links or more",
            )


def label_paths_alike(network: Network) -> Iterator[Problem]:
    """Paths with the same labels, or between the same two loopbacks."""
    numbers: dict[int, str] = {}
    between: dict[frozenset[str], str] = {}
    free = max((path.number for path in network.label_paths.values()), default=-1) + 1
    for path in network.label_paths.values():
        first = numbers.setdefault(path.number, path.name)
        if first != path.name:
            yield Problem(
                ("label_paths", path.name, "number"),
                f"{path.number} is the number of {first}: take another one, {free} is free",
            )
        if len(steps_of(network, path)) < len(path.links):
            continue
        ends = routers_of(network, path)[:: len(path.links)]
        first = between.setdefault(frozenset(ends), path.name)
        if first != path.name:
            yield Problem(
                ("label_paths", path.name),
                f"{first} leads from {ends[0]} to {ends[1]} already, and a loopback has one way: remove one of the two",
            )


def labels_above_ports(network: Network) -> Iterator[Problem]:
    """Links whose packets do not fit through a port with their labels."""
    told = set()
    for link, why in labelled_links(network):
        link_class = network.link_classes.get(link.link_class)
        for index, end in enumerate(link.ends):
            node = network.nodes.get(end.node)
            port = node.ports.get(end.port) if node else None
            if link_class and port and link_class.mtu + LABEL_ROOM > port.mtu and (link.name, index) not in told:
                told.add((link.name, index))
                yield Problem(
                    ("links", link.name, "ends", str(index)),
                    f"class {link_class.name} has an MTU of {link_class.mtu}, {why} adds {LABEL_ROOM} octets, "
                    f"and {end} has one of {port.mtu}: raise that of {end} to {link_class.mtu + LABEL_ROOM}",
                )


def labels_beside_the_global_table(network: Network) -> Iterator[Problem]:
    """Links of a VRF that would carry labels: these lead between loopbacks, which are in the global table."""
    told = set()
    for link, why in labelled_links(network):
        for end in link.ends:
            node = network.nodes.get(end.node)
            port = node.ports.get(end.port) if node else None
            if port and port.vrf and link.name not in told:
                told.add(link.name)
                yield Problem(
                    ("links", link.name),
                    f"{end} is in VRF {port.vrf}, and labels ({why}) are the global table's: take the port out of the "
                    "VRF, or the labels from the link",
                )


def labels_without_words(network: Network) -> Iterator[Problem]:
    """Label paths by way of a router whose platform has no words for them, and LDP where no FRR speaks."""
    for path in network.label_paths.values():
        for name in routers_of(network, path):
            node = network.nodes.get(name)
            if node and not _is_labelling(network, node):
                said = dialect_of(network, node) or node.platform
                yield Problem(
                    ("label_paths", path.name),
                    f"{name} speaks {said}, and only Linux routers with bird2 or frr have words for labels: "
                    "lead the path around it",
                )
    for link in network.links.values():
        for index, end in enumerate(link.ends) if speaks_ldp(network, link) else ():
            node = network.nodes.get(end.node)
            if node and dialect_of(network, node) != "frr":
                yield Problem(
                    ("links", link.name, "ends", str(index)),
                    f"class {link.link_class} has `ldp: true`, and {end.node} speaks "
                    f"{dialect_of(network, node) or 'nothing that Hanse writes'}: only frr knows it, "
                    "take another class or another platform",
                )


def dialect_of(network: Network, node: Node) -> str:
    """Return the dialect of a router; empty where its platform is not described."""
    platform = network.platforms.get(node.platform)
    return platform.dialect if platform else ""


def _is_labelling(network: Network, node: Node) -> bool:
    platform = network.platforms.get(node.platform)
    return platform is None or (is_linux(network, node) and platform.dialect in {"bird2", "frr"})
