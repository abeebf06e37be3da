"""Contradictions of antennas: what bridges has no links, no sessions and no configuration of ours."""

from collections.abc import Iterator

from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Role
from hanse.network.wanted.problem import Path, Problem


def antennas_that_route(network: Network) -> Iterator[Problem]:
    """Antennas with another role, or of a platform that Hanse writes for."""
    for node in network.nodes.values():
        if not node.is_antenna:
            continue
        path = ("nodes", node.name, "roles")
        others = ", ".join(role for role in node.roles if role is not Role.ANTENNA)
        if others:
            yield Problem(path, f"{node.name} is an antenna and {others}: an antenna routes nothing, take one away")
        platform = network.platforms.get(node.platform)
        if platform is not None and platform.dialect:
            yield Problem(
                path,
                f"{node.name} is an antenna and its platform {platform.name} is written for in {platform.dialect}: "
                f"take a platform without a dialect",
            )


def antennas_at_ends(network: Network) -> Iterator[Problem]:
    """Links, tunnels, connections and sessions that end at an antenna."""
    for node, path in _ends(network):
        if node in network.nodes and network.nodes[node].is_antenna:
            yield Problem(path, f"{node} is an antenna, which bridges: name the router behind it")


def _ends(network: Network) -> Iterator[tuple[str, Path]]:
    for link in network.links.values():
        yield from ((end.node, ("links", link.name, "ends", str(at))) for at, end in enumerate(link.ends))
    for tunnel in network.tunnels.values():
        yield from ((node, ("tunnels", tunnel.name, "ends", node)) for node in tunnel.ends)
    for connection in network.connections.values():
        yield connection.node, ("connections", connection.name, "node")
    for session in network.sessions.values():
        yield session.node, ("sessions", session.name, "node")
