"""Which routers an edit can reach: those whose spec may differ. It never misses one, and names few in vain."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from hanse.network.wanted.inherited import levels_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """The network before and after, and by kind the keys of the objects that differ."""

    before: Network
    after: Network
    differing: Mapping[str, frozenset[Any]]

    def of(self, kind: str) -> Iterator[Any]:
        """Yield the differing objects of `kind` as they were and as they are."""
        for side in (self.before, self.after):
            objects = getattr(side, kind)
            yield from (objects[key] for key in self.differing[kind] if key in objects)


def affected(before: Network, after: Network) -> frozenset[str]:
    """Return the names of the routers, of both networks, whose `DeviceSpec` may differ between the two.

    Objects that are the very same are not looked into, so an edit costs what it touches. The networks may contradict
    themselves.
    """
    sides = _Sides(before=before, after=after, differing=_differing(before, after))
    if before.network != after.network or sides.differing["pools"] or _reaches_all(sides):
        return frozenset((*before.nodes, *after.nodes))
    found = {name for each in (_by_nodes, _by_links, _by_peering) for name in each(sides)}
    return frozenset(found & {*before.nodes, *after.nodes})


def _differing(before: Network, after: Network) -> dict[str, frozenset[Any]]:
    kinds = (field.name for field in fields(Network) if field.name != "network")
    return {kind: frozenset(_keys(getattr(before, kind), getattr(after, kind))) for kind in kinds}


def _keys(mine: Mapping[Any, Any], yours: Mapping[Any, Any]) -> Iterator[Any]:
    if mine is yours:
        return
    for key in mine.keys() | yours.keys():
        one, other = mine.get(key), yours.get(key)
        if one is not other and one != other:
            yield key


def _reaches_all(sides: _Sides) -> bool:
    """Say whether iBGP changes everywhere: a reflector changes, or a router does where all speak with all."""
    met = [node for node in sides.of("nodes") if _is_met_anew(sides, node)]
    return any(_is_reflector(node) for node in met) or bool(met and not (_has_reflectors(sides)))


def _is_met_anew(sides: _Sides, node: Node) -> bool:
    """Say whether what other routers know of `node` differs: its number, its role, or that it is there."""
    pair = sides.before.nodes.get(node.name), sides.after.nodes.get(node.name)
    known = [(one.number, _is_reflector(one)) for one in pair if one]
    return len(known) < 2 or known[0] != known[1]


def _has_reflectors(sides: _Sides) -> bool:
    """Say whether the routers meet at reflectors, before and after."""
    return all(any(map(_is_reflector, side.nodes.values())) for side in (sides.before, sides.after))


def _is_reflector(node: Node) -> bool:
    return Role.ROUTE_REFLECTOR in node.roles


def _by_nodes(sides: _Sides) -> Iterator[str]:
    """Yield the routers that differ or whose platform does, and whoever knows one by its number."""
    platforms = sides.differing["platforms"]
    met = {node.name for node in sides.of("nodes") if _is_met_anew(sides, node)}
    yield from sides.differing["nodes"]
    for side in (sides.before, sides.after):
        if platforms:
            yield from (node.name for node in side.nodes.values() if node.platform in platforms)
        if met:
            yield from (node.name for node in side.nodes.values() if _is_reflector(node))
            for link in side.links.values():
                names = {end.node for end in link.ends}
                yield from names if names & met else ()


def _by_links(sides: _Sides) -> Iterator[str]:
    """Yield the routers at the ends of links that differ or whose class does."""
    yield from (end.node for link in sides.of("links") for end in link.ends)
    classes = sides.differing["link_classes"]
    for side in (sides.before, sides.after) if classes else ():
        yield from (end.node for link in side.links.values() if link.link_class in classes for end in link.ends)


def _by_peering(sides: _Sides) -> Iterator[str]:
    """Yield the routers that speak where an exchange, a connection, a session or another network differs."""
    asns, exchanges, ways = (sides.differing[kind] for kind in ("autonomous_systems", "exchanges", "connections"))
    yield from (connection.node for connection in sides.of("connections"))
    named = _named_policies(sides)
    for side in (sides.before, sides.after):
        if any(named.values()):
            yield from _speakers(side, (one for one in side.sessions.values() if _is_told_by(side, one, named)))
        yield from _speakers(side, (side.sessions[key] for key in sides.differing["sessions"] if key in side.sessions))
        if exchanges:
            yield from (one.node for one in side.connections.values() if one.exchange in exchanges)
        if asns or ways:
            yield from _speakers(side, (one for one in side.sessions.values() if _is_about(one, asns, ways)))


def _named_policies(sides: _Sides) -> dict[str, frozenset[str]]:
    """Return by kind the names of what differs and stands above sessions; a policy differs with its communities."""
    communities = sides.differing["communities"]
    policies = {
        policy.name
        for side in (sides.before, sides.after)
        for policy in (side.routing_policies.values() if communities else ())
        if communities & {*policy.communities, *policy.with_communities}
    }
    return {
        "policies": sides.differing["routing_policies"] | policies,
        "communities": communities,
        "groups": sides.differing["groups"],
        "bfd_profiles": sides.differing["bfd_profiles"],
        "contacts": sides.differing["contacts"],
    }


def _is_told_by(side: Network, session: Session, named: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a level of the session names one of those."""
    other, group = side.autonomous_systems.get(session.asn), side.groups.get(session.group)
    profiles = {session.bfd, group.bfd if group else ""}
    if session.group in named["groups"] or profiles & named["bfd_profiles"]:
        return True
    if other and not named["contacts"].isdisjoint(other.contacts):
        return True
    return any(
        not named["policies"].isdisjoint((*level.import_policies, *level.export_policies))
        or not named["communities"].isdisjoint(level.communities)
        for level in levels_of(side, session)
    )


def _is_about(session: Session, asns: Collection[Any], connections: Collection[str]) -> bool:
    return session.asn in asns or session.connection in connections


def _speakers(side: Network, sessions: Iterator[Session]) -> Iterator[str]:
    for session in sessions:
        connection: Connection | None = side.connections.get(session.connection)
        yield connection.node if connection else session.node
