"""Words of the command lines of EOS, IOS and NX-OS for neighbours: groups, tables, where we speak from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from hanse.derive.spec import BgpSpec, DeviceSpec, ExternalSession, ImportPolicy, InternalSession
from hanse.network.values.addresses import Family
from hanse.render.vendor_words import owned, source_interface

Neighbour = ExternalSession | InternalSession


def update_sources(spec: DeviceSpec) -> dict[str, str]:
    """Return by session the interface that it has to speak from; empty where the way to the neighbour says it.

    :raises NotExpressible: if no interface of ours carries a session's address
    """
    found = {session.name: source_interface(spec, session.local_address) for session in spec.bgp.internal}
    carriers = {carried.ip: port.name for port in spec.interfaces for carried in port.addresses}
    for session in spec.bgp.external:
        is_far = session.multihop is not None or (session.ttl_security or 1) > 1
        is_there = session.interface and carriers.get(session.local_address) == session.interface
        found[session.name] = "" if is_there and not is_far else source_interface(spec, session.local_address)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """What sessions share: a peer group, or a template that they inherit from."""

    name: str
    family: Family
    is_internal: bool
    is_client: bool = False
    first_asn: bool = True


def peer_group(session: Neighbour) -> str:
    """Return the name of the group that `session` belongs to.

    >>> owned("peer", "v4")
    'HANSE-PEER-V4'
    """
    if isinstance(session, ExternalSession):
        return owned(session.imports.relationship, f"v{session.family.value}")
    return owned("client" if session.is_client else "internal", f"v{session.family.value}")


def peer_groups(bgp: BgpSpec) -> list[PeerGroup]:
    """Return the groups that the router's sessions belong to, by name."""
    found: dict[str, PeerGroup] = {}
    sessions: tuple[Neighbour, ...] = (*bgp.internal, *bgp.external)
    for session in sessions:
        name = peer_group(session)
        if name not in found:
            found[name] = _group(name, session)
    return [found[name] for name in sorted(found)]


def _group(name: str, session: Neighbour) -> PeerGroup:
    if isinstance(session, InternalSession):
        return PeerGroup(name=name, family=session.family, is_internal=True, is_client=session.is_client)
    return PeerGroup(name=name, family=session.family, is_internal=False, first_asn=session.imports.first_asn)


def in_vrf(sessions: Iterable[ExternalSession], vrf: str) -> tuple[ExternalSession, ...]:
    """Return the sessions that feed one routing table; an empty name is the global one."""
    return tuple(session for session in sessions if session.vrf == vrf)


def vrfs(bgp: BgpSpec) -> list[str]:
    """Return the names of the routing tables that sessions feed besides the global one, in order."""
    return sorted({session.vrf for session in bgp.external} - {""})


def limit(policy: ImportPolicy) -> int:
    """Return how many prefixes end a session; the least that these platforms know is one."""
    return max(1, policy.max_prefixes)


def ios_network(prefix: IPv4Network) -> str:
    """Return what IOS shows behind `network`: the mask is left out where the address's old class says it.

    >>> ios_network(IPv4Network("203.0.113.0/24")), ios_network(IPv4Network("203.0.112.0/23"))
    ('203.0.113.0', '203.0.112.0 mask 255.255.254.0')
    """
    first = prefix.network_address.packed[0]
    natural = 8 if first < 128 else 16 if first < 192 else 24  # RFC 791 section 3.2
    return (
        f"{prefix.network_address}" if prefix.prefixlen == natural else f"{prefix.with_netmask.replace('/', ' mask ')}"
    )


NEIGHBOUR_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "in_vrf": in_vrf,
    "ios_network": ios_network,
    "limit": limit,
    "peer_group": peer_group,
    "peer_groups": peer_groups,
    "update_sources": update_sources,
    "vrfs": vrfs,
}
