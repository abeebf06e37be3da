"""Contradictions among policies, communities, groups and what sessions say of how they speak."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.network import Network
from hanse.network.wanted.policies import Direction
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.sessions import Session

LEVEL: Final = (
    ("import_policies", "routing_policies"),
    ("export_policies", "routing_policies"),
    ("communities", "communities"),
    ("tags", "tags"),
)
# By kind the fields of its objects that name others, and the kind that they name. Others are looked after elsewhere.
NAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "sites": (("tags", "tags"),),
    "nodes": (("tags", "tags"),),
    "routing_policies": (("with_communities", "communities"), ("communities", "communities")),
    "autonomous_systems": (*LEVEL, ("contacts", "contacts")),
    "exchanges": LEVEL,
    "connections": (*LEVEL, ("vrf", "vrfs")),
    "groups": (*LEVEL, ("bfd", "bfd_profiles")),
    "sessions": (*LEVEL, ("group", "groups"), ("vrf", "vrfs"), ("bfd", "bfd_profiles")),
}
ONES: Final = {
    "routing_policies": "routing policy",
    "communities": "community",
    "tags": "tag",
    "contacts": "contact",
    "vrfs": "VRF",
    "bfd_profiles": "BFD profile",
    "groups": "group",
}


def unknown_names(network: Network) -> Iterator[Problem]:
    """Policies, communities, tags, groups, contacts, VRFs and BFD profiles that are named and not there."""
    for kind, fields in NAMES.items():
        for key, wanted in getattr(network, kind).items():
            for field, named_kind in fields:
                named = getattr(wanted, field)
                if named:
                    yield from _unknown(getattr(network, named_kind), named_kind, named, (kind, str(key), field))


def _unknown(known: Mapping[str, Any], kind: str, named: str | tuple[str, ...], path: Path) -> Iterator[Problem]:
    if isinstance(named, str):
        if named not in known:
            yield Problem(path, _not_there(known, kind, named))
        return
    for index, name in enumerate(named):
        if name not in known:
            yield Problem((*path, str(index)), _not_there(known, kind, name))


def _not_there(known: Mapping[str, Any], kind: str, name: str) -> str:
    return f"there is no {ONES[kind]} {name!r}: {one_of(known, name)} Or add it under `{kind}`"


def foreign_own_asns(network: Network) -> Iterator[Problem]:
    """AS numbers to speak for that are not ours."""
    own = {network.network.asn, *(asn for asn, other in network.autonomous_systems.items() if other.own)}
    for kind in ("connections", "groups", "sessions"):
        for name, wanted in getattr(network, kind).items():
            if wanted.local_asn is not None and wanted.local_asn not in own:
                yield Problem(
                    (kind, name, "local_asn"),
                    f"AS{wanted.local_asn} is not ours: add it under `autonomous_systems` with `own: true`",
                )


def policies_the_wrong_way(network: Network) -> Iterator[Problem]:
    """Policies that are listed for routes of the other direction."""
    for kind in ("autonomous_systems", "exchanges", "connections", "groups", "sessions"):
        for key, level in getattr(network, kind).items():
            for field, way in (("import_policies", Direction.IMPORT), ("export_policies", Direction.EXPORT)):
                for index, name in enumerate(getattr(level, field)):
                    policy = network.routing_policies.get(name)
                    if policy and not policy.direction.holds_for(way):
                        yield Problem(
                            (kind, str(key), field, str(index)),
                            f"{name} is for routes that go the other way ({policy.direction}): "
                            "take it out, or set its `direction` to both",
                        )


def communities_twice(network: Network) -> Iterator[Problem]:
    """One community under two names."""
    owner: dict[CommunityValue, str] = {}
    for community in network.communities.values():
        first = owner.setdefault(community.value, community.name)
        if first != community.name:
            yield Problem(
                ("communities", community.name, "value"), f"{community.value} is {first} already: use that one"
            )


def sessions_that_cannot_speak(network: Network) -> Iterator[Problem]:
    """Sessions whose own words contradict each other."""
    for session in network.sessions.values():
        path = ("sessions", session.name)
        if session.multihop is not None and session.ttl_security is not None:
            yield Problem(
                (*path, "ttl_security"), "`multihop` and `ttl_security` are two answers to one question: keep one"
            )
        if session.keepalive is not None and session.keepalive >= session.hold:
            yield Problem(
                (*path, "keepalive"), f"a sign of life every {session.keepalive} s is too late for {session.hold} s"
            )
        if session.connection and session.vrf:
            yield Problem((*path, "vrf"), "on an exchange the connection says the VRF: leave it out here")
        yield from _local_addresses(session, path)


def _local_addresses(session: Session, path: Path) -> Iterator[Problem]:
    versions = [address.version for address in session.local_addresses]
    for index, version in enumerate(versions):
        if version in versions[:index]:
            yield Problem((*path, "local_addresses", str(index)), f"there is one IPv{version} address already")


def vlans_that_differ(network: Network) -> Iterator[Problem]:
    """Connections whose VLAN is not that of their port."""
    for connection in network.connections.values():
        node = network.nodes.get(connection.node)
        port = node.ports.get(connection.port) if node else None
        if port and connection.vlan and port.vlan and connection.vlan != port.vlan:
            yield Problem(
                ("connections", connection.name, "vlan"),
                f"{connection.vlan} is not the VLAN of {connection.node}:{port.name}, {port.vlan}: mend one of the two",
            )
