"""Which routers an edit can reach: those whose spec may differ. It never misses one, and names few in vain."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from hanse.network.values.asn import Asn
from hanse.network.wanted.inherited import levels_of
from hanse.network.wanted.label_steps import routers_of
from hanse.network.wanted.lookups import is_offered_by
from hanse.network.wanted.memberships import members_of, runs_at
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.segments import Flooding
from hanse.network.wanted.services import Firewall, Trust
from hanse.network.wanted.sessions import Session
from hanse.network.wanted.vpns import names_of_members

# What can change the networks that stand behind a link.
BEHIND_LINKS: Final = (
    "anycasts",
    "connections",
    "exchanges",
    "link_classes",
    "links",
    "nodes",
    "segments",
    "tunnels",
    "vrfs",
)


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
    if _tells_more(sides) or _is_filtered_anew(sides):
        return frozenset((*before.nodes, *after.nodes))
    parts = (
        _by_nodes,
        _by_links,
        _by_tunnels,
        _by_label_paths,
        _by_segments,
        _by_anycasts,
        _by_those_aside,
        _by_services,
        _by_peering,
        _by_vrfs,
    )
    found = {name for part in parts for name in part(sides)}
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
    before, after = (
        (one.number, _is_reflector(one), one.is_speaker) if one and one.takes_part else None for one in pair
    )
    return before != after


def _has_reflectors(sides: _Sides) -> bool:
    """Say whether the routers meet at reflectors, before and after."""
    return all(any(map(_is_reflector, side.nodes.values())) for side in (sides.before, sides.after))


def _is_reflector(node: Node) -> bool:
    return node.takes_part and Role.ROUTE_REFLECTOR in node.roles


def _is_filtered_anew(sides: _Sides) -> bool:
    """Say whether all closed routers may filter otherwise: what others have of our space, or what is behind a link."""
    if not _is_closed(sides):
        return False
    lent = {(other.asn, other.prefixes) for other in sides.of("autonomous_systems")}
    if len(lent) > len({asn for asn, _ in lent}) or any(_is_one_side_only(sides, asn) for asn, has in lent if has):
        return True
    classes = (one for side in (sides.before, sides.after) for one in side.link_classes.values())
    return any(one.trust is Trust.OUTSIDE for one in classes) and any(map(sides.differing.get, BEHIND_LINKS))


def _is_one_side_only(sides: _Sides, asn: Asn) -> bool:
    return (asn in sides.before.autonomous_systems) != (asn in sides.after.autonomous_systems)


def _is_closed(sides: _Sides) -> bool:
    return Firewall.CLOSED in {sides.before.network.firewall, sides.after.network.firewall}


def _by_services(sides: _Sides) -> Iterator[str]:
    """Yield the closed routers that offer a service that differs, or did."""
    for service in sides.of("services") if _is_closed(sides) else ():
        for side in (sides.before, sides.after):
            yield from (node.name for node in side.nodes.values() if is_offered_by(service, node))


def _by_anycasts(sides: _Sides) -> Iterator[str]:
    """Yield the routers that an anycast service that differs runs on, or did."""
    for service in sides.of("anycasts"):
        for side in (sides.before, sides.after):
            yield from (node.name for node in side.nodes.values() if runs_at(service, node))


def _by_those_aside(sides: _Sides) -> Iterator[str]:
    """Yield collectors and announcers where a router or a platform differs, and everybody where one of them does."""
    sides_nodes = (*sides.before.nodes.values(), *sides.after.nodes.values())
    speakers = {node.name for node in sides_nodes if node.is_aside}
    if not speakers.isdisjoint(sides.differing["nodes"]) or (speakers and sides.differing["platforms"]):
        yield from (*sides.before.nodes, *sides.after.nodes)
    if sides.differing["nodes"]:
        yield from speakers


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


def _by_vrfs(sides: _Sides) -> Iterator[str]:
    """Yield the routers with something in a table that differs; only these have a table of its number or its leaks."""
    vrfs = sides.differing["vrfs"]
    for side in (sides.before, sides.after) if vrfs else ():
        yield from (node.name for node in side.nodes.values() if not vrfs.isdisjoint(_tables_of(node)))
        yield from (one.node for one in side.connections.values() if one.vrf in vrfs)
        yield from _speakers(side, (one for one in side.sessions.values() if one.vrf in vrfs))
        segments = (one for one in side.segments.values() if one.vrf in vrfs)
        yield from (node.name for segment in segments for node in members_of(side, segment))


def _tables_of(node: Node) -> Iterator[str]:
    yield from (port.vrf for port in node.ports.values())
    yield from (route.vrf for route in node.routes.values())


def _by_tunnels(sides: _Sides) -> Iterator[str]:
    """Yield both routers of tunnels that differ, whose class does, or one router of which is met anew."""
    yield from (node for tunnel in sides.of("tunnels") for node in tunnel.ends)
    classes, vrfs = sides.differing["link_classes"], sides.differing["vrfs"]
    met = {node.name for node in sides.of("nodes") if _is_met_anew(sides, node)}
    for side in (sides.before, sides.after) if classes or met or vrfs else ():
        for tunnel in side.tunnels.values():
            if tunnel.link_class in classes or not met.isdisjoint(tunnel.ends):
                yield from tunnel.ends
            yield from (end.name for end in tunnel.ends.values() if end.vrf in vrfs)


def _by_label_paths(sides: _Sides) -> Iterator[str]:
    """Yield all routers of the paths that differ, or of whose links or routers one does so that others see it."""
    if not (sides.before.label_paths or sides.after.label_paths):
        return
    pairs = ((sides.before.nodes.get(name), sides.after.nodes.get(name)) for name in sides.differing["nodes"])
    moved = {node.name for pair in pairs if _standing(pair[0]) != _standing(pair[1]) for node in pair if node}
    moved |= names_of_members(sides.before) ^ names_of_members(sides.after)
    paths, links, platforms = (sides.differing[kind] for kind in ("label_paths", "links", "platforms"))
    for side in (sides.before, sides.after):
        for path in side.label_paths.values():
            routers = routers_of(side, path)
            if platforms or path.name in paths or not links.isdisjoint(path.links) or not moved.isdisjoint(routers):
                yield from routers


def _standing(node: Node | None) -> object:
    """Return what of a router tells whether labels lead there, where it is, and what it runs."""
    return node and (node.number, node.status, node.is_antenna, node.platform)


def _by_segments(sides: _Sides) -> Iterator[str]:
    """Yield the members, before and after, of the segments that differ or that somebody joins, leaves or moves in."""
    pairs = ((sides.before.nodes.get(name), sides.after.nodes.get(name)) for name in sides.differing["nodes"])
    moved = {node.name for pair in pairs if _place(pair[0]) != _place(pair[1]) for node in pair if node}
    for side in (sides.before, sides.after):
        for segment in side.segments.values():
            members = {node.name for node in members_of(side, segment)}
            if segment.name in sides.differing["segments"] or not moved.isdisjoint(members):
                yield from members


def _tells_more(sides: _Sides) -> bool:
    """Say whether the sessions inside may differ in what they tell of segments and VPNs: everybody has some of them."""
    told = [
        {
            *("evpn" for segment in side.segments.values() if segment.flooding is Flooding.EVPN),
            *("vpn" for vrf in side.vrfs.values() if vrf.vpn),
        }
        for side in (sides.before, sides.after)
    ]
    dialects = sides.differing["platforms"] or any(
        before and after and before.platform != after.platform
        for before, after in (
            (sides.before.nodes.get(name), sides.after.nodes.get(name)) for name in sides.differing["nodes"]
        )
    )
    return told[0] != told[1] or bool(told[0] and dialects)


def _place(node: Node | None) -> object:
    """Return what of a router tells in which segments it is, and where."""
    return node and (node.number, node.site, node.tags, node.status.takes_part)


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
