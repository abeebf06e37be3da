"""Contradictions of those who speak BGP and forward nothing: route servers, collectors and announcers."""

from collections.abc import Iterator
from typing import Final

from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sessions import Relationship

DIALECTS: Final = {Role.ROUTE_SERVER: "openbgpd", Role.COLLECTOR: "gobgp", Role.ANNOUNCER: "exabgp"}
MEMBERS: Final = frozenset({Relationship.CUSTOMER, Relationship.PEER})


def speakers_that_route(network: Network) -> Iterator[Problem]:
    """Speakers with another role, with a daemon for something else, or at the end of a link or a tunnel."""
    for node in network.nodes.values():
        platform = network.platforms.get(node.platform)
        yield from _unlike(node, platform.dialect if platform else "")
    for name, path in _ends(network):
        if name in network.nodes and network.nodes[name].is_speaker:
            yield Problem(path, f"{name} is {_a(_role(network.nodes[name]))}, which forwards nothing: name a router")


def _role(node: Node) -> Role:
    return next(role for role in DIALECTS if role in node.roles)


def _a(role: Role) -> str:
    """Return a role with its article, in plain words."""
    return f"{'an' if role is Role.ANNOUNCER else 'a'} {role.replace('-', ' ')}"


def _unlike(node: Node, dialect: str) -> Iterator[Problem]:
    if not node.is_speaker:
        for role, spoken in DIALECTS.items():
            if dialect == spoken:
                yield Problem(
                    ("nodes", node.name, "platform"),
                    f"{node.name} speaks {dialect}, which only {_a(role)} does: write `roles: [{role}]`, "
                    "or give it a platform with dialect bird2 or frr",
                )
        return
    path, role = ("nodes", node.name, "roles"), _role(node)
    others = ", ".join(other for other in node.roles if other is not role)
    if others:
        yield Problem(path, f"{node.name} is {_a(role)} and {others}: take one away")
    if dialect and dialect != DIALECTS[role]:
        yield Problem(
            path, f"{node.name} is {_a(role)} and speaks {dialect}: give it a platform with dialect {DIALECTS[role]}"
        )


def _ends(network: Network) -> Iterator[tuple[str, Path]]:
    for link in network.links.values():
        yield from ((end.node, ("links", link.name, "ends", str(at))) for at, end in enumerate(link.ends))
    for tunnel in network.tunnels.values():
        yield from ((node, ("tunnels", tunnel.name, "ends", node)) for node in tunnel.ends)


def sessions_of_speakers(network: Network) -> Iterator[Problem]:
    """Sessions of a collector, and those of a route server with no member or in a table that it does not have."""
    for session in network.sessions.values():
        connection = network.connections.get(session.connection)
        node = network.nodes.get(connection.node if connection else session.node)
        if node is None or not node.is_speaker:
            continue
        path = ("sessions", session.name)
        if node.is_aside:
            yield Problem(
                path, f"{node.name} is {_a(_role(node))}, which speaks with our own routers alone: name a router"
            )
        elif session.relationship not in MEMBERS:
            yield Problem(
                (*path, "relationship"),
                f"{node.name} is a route server, and {session.relationship} is no member: write peer or customer",
            )
        elif session.vrf:
            yield Problem((*path, "vrf"), f"{node.name} is a route server, which has one table: take `vrf` away")


def speakers_out_of_reach(network: Network) -> Iterator[Problem]:
    """Routers whose management is in another table than the one that collectors and announcers speak for."""
    aside = [node for node in network.nodes.values() if node.is_aside]
    for node in network.nodes.values() if aside else ():
        port = node.ports.get(node.management.port)
        if port and port.vrf and not node.is_antenna:
            yield Problem(
                ("nodes", node.name, "ports", port.name, "vrf"),
                f"{aside[0].name} speaks with {node.name} over its management in the global table: take `vrf` away, "
                f"or do without {_a(_role(aside[0]))}",
            )


def announcers_of_nothing(network: Network) -> Iterator[Problem]:
    """Announcers without a route, or with one that has no next hop to tell."""
    for node in network.nodes.values():
        if not node.is_announcer:
            continue
        if not node.routes:
            yield Problem(("nodes", node.name, "routes"), "an announcer tells of the routes fixed on it: write some")
        for route in node.routes.values():
            if route.via is None or route.vrf or route.port:
                yield Problem(
                    ("nodes", node.name, "routes", route.name),
                    f"{node.name} tells of it with a next hop in the global table: write `via`, no `port` and no `vrf`",
                )
