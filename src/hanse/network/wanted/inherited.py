"""What a session has from what stands above it: one order and one place for all of it.

The order of the levels is session, AS, group, connection, exchange: the first that says something counts. Policies and
communities of all levels count together; `context` is merged, the nearer level winning word by word.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.wanted.levels import Level, ParentStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange, Group
from hanse.network.wanted.policies import BfdProfile, Community, Direction, RoutingPolicy
from hanse.network.wanted.sessions import Session, SessionStatus

Parent = AutonomousSystem | Group | Connection | Exchange


def parents_of(network: Network, session: Session) -> tuple[Parent, ...]:
    """Return what stands above `session`, the nearest first; what is not there is left out."""
    connection = network.connections.get(session.connection)
    found = (
        network.autonomous_systems.get(session.asn),
        network.groups.get(session.group),
        connection,
        network.exchanges.get(connection.exchange) if connection else None,
    )
    return tuple(parent for parent in found if parent)


def levels_of(network: Network, session: Session) -> tuple[Level, ...]:
    """Return `session` and what stands above it, the nearest first."""
    return (session, *parents_of(network, session))


def status_of(network: Network, session: Session) -> SessionStatus:
    """Return the status that counts: a session that is to be up is switched off with any of its parents."""
    if not session.status.is_up:
        return session.status
    above = {parent.status for parent in parents_of(network, session)}
    if ParentStatus.DISABLED in above:
        return SessionStatus.DISABLED
    return SessionStatus.MAINTENANCE if ParentStatus.MAINTENANCE in above else session.status


def decided_by(network: Network, session: Session) -> Parent | None:
    """Return what above `session` decides the status that counts; None: it stands as it says itself."""
    status = status_of(network, session)
    if status is session.status:
        return None
    return next(parent for parent in parents_of(network, session) if str(parent.status) == str(status))


def policies_of(network: Network, session: Session, way: Direction, family: Family) -> tuple[RoutingPolicy, ...]:
    """Return the policies of all levels for routes that go `way`, each once, in the order they are gone through.

    The lightest comes first; of one weight the farthest level, so that the nearest has the last word.
    """
    found: dict[str, RoutingPolicy] = {}
    for level in reversed(levels_of(network, session)):
        for name in level.import_policies if way is Direction.IMPORT else level.export_policies:
            policy = network.routing_policies.get(name)
            if policy and policy.direction.holds_for(way) and policy.family.holds_for(family):
                found.pop(name, None)  # named again nearer: it counts there
                found[name] = policy
    return tuple(sorted(found.values(), key=lambda policy: policy.weight))


def communities_of(network: Network, session: Session, way: Direction) -> tuple[Community, ...]:
    """Return the communities that all levels put on routes that go `way`, each once, the nearest level's first."""
    names = dict.fromkeys(name for level in levels_of(network, session) for name in level.communities)
    found = (network.communities[name] for name in names if name in network.communities)
    return tuple(community for community in found if community.direction.holds_for(way))


def context_of(network: Network, session: Session) -> Mapping[str, Any]:
    """Return the words for templates of all levels, merged at any depth; the nearer level wins."""
    merged: dict[str, Any] = {}
    for level in reversed(levels_of(network, session)):
        merged = over(merged, level.context)
    return merged


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return both, `above` winning word by word at any depth; a list is one thing.

    >>> over({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    merged = dict(below)
    for word, value in above.items():
        mine = merged.get(word)
        merged[word] = over(mine, value) if isinstance(mine, Mapping) and isinstance(value, Mapping) else value
    return merged


def tags_of(network: Network, session: Session) -> tuple[str, ...]:
    """Return the tags of all levels, each once, in order."""
    return tuple(sorted({tag for level in levels_of(network, session) for tag in level.tags}))


def vrf_of(network: Network, session: Session) -> str:
    """Return the name of the routing table that `session` feeds; empty: the global one."""
    connection = network.connections.get(session.connection)
    return connection.vrf if connection else session.vrf


def local_asn_of(network: Network, session: Session) -> Asn:
    """Return the AS number for which we speak: the session's, the group's, the connection's, or the network's."""
    return next(_told_asns(network, session), network.network.asn)


def _told_asns(network: Network, session: Session) -> Iterator[Asn]:
    above = (network.groups.get(session.group), network.connections.get(session.connection))
    for level in (session, *above):
        if level and level.local_asn:
            yield level.local_asn


def bfd_of(network: Network, session: Session) -> BfdProfile | None:
    """Return the profile of the session or else of its group, or None."""
    group = network.groups.get(session.group)
    return network.bfd_profiles.get(session.bfd or (group.bfd if group else ""))
