"""What an edit may restart: whatever it makes another one, at either end. All else has to stay up. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hanse.derive.expected import GLOBAL_VRF
from hanse.derive.spec import DeviceSpec, ExternalSession, InterfaceSpec, InternalSession
from hanse_lab.soak.present import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is there before an edit and after it, and the same at both ends."""

    adjacencies: frozenset[tuple[str, str]]  # node and interface
    sessions: frozenset[tuple[str, str, str]]  # node, VRF, the neighbour's address
    interfaces: frozenset[tuple[str, str]]  # node and name


def standing(before: Specs, after: Specs) -> Standing:
    """Return what nobody may restart between `before` and `after`."""
    return Standing(
        adjacencies=_alike(_adjacencies(before), _adjacencies(after)),
        sessions=_alike(_sessions(before), _sessions(after)),
        interfaces=_alike(_interfaces(before), _interfaces(after)),
    )


def _alike(before: dict[Any, object], after: dict[Any, object]) -> frozenset[Any]:
    return frozenset(who for who, is_so in before.items() if who in after and after[who] == is_so)


def _adjacencies(specs: Specs) -> dict[tuple[str, str], object]:
    """Return what each adjacency is, its link seen from both ends."""
    links: dict[str, set[object]] = {}
    ends: dict[tuple[str, str], str] = {}
    for spec in specs.values():
        ports = {one.name: one for one in spec.interfaces}
        tunnels = {one.interface: replace(one, why="") for one in spec.tunnels}
        for vrf, ospf in (("", spec.ospf), *((vrf.name, vrf.ospf) for vrf in spec.vrfs)):
            for one in ospf.interfaces:
                way = (one.hello, one.dead, one.neighbour, _made(ports[one.name]), ports[one.name].addresses)
                what = (spec.name, vrf, spec.router_id, way, tunnels.get(one.name))
                links.setdefault(one.why, set()).add(what)
                ends[spec.name, one.name] = one.why
    return {end: frozenset(links[link]) for end, link in ends.items()}


def _made(port: InterfaceSpec) -> InterfaceSpec:
    """Return a port without what can change while it goes on as it is."""
    return replace(port, why="", description="", addresses=(), vlans=None, members=())


def _sessions(specs: Specs) -> dict[tuple[str, str, str], object]:
    """Return what each session is, seen from both ends where both are ours."""
    pairs: dict[frozenset[str], set[object]] = {}
    ends: dict[tuple[str, str, str], frozenset[str]] = {}
    for spec in specs.values():
        for vrf, local, remote, what in _ends(spec):
            pair = frozenset({local, remote, vrf})
            pairs.setdefault(pair, set()).add((spec.name, what))
            ends[spec.name, vrf, remote] = pair
    return {end: frozenset(pairs[pair]) for end, pair in ends.items()}


def _ends(spec: DeviceSpec) -> Iterator[tuple[str, str, str, object]]:
    for inside in (*spec.bgp.internal, *spec.bgp.aside, *spec.bgp.beside):
        yield GLOBAL_VRF, str(inside.local_address), str(inside.remote_address), _inside(inside, spec)
    for outside in spec.bgp.external:
        local, remote = str(outside.local_address), str(outside.remote_address)
        yield outside.vrf or GLOBAL_VRF, local, remote, _outside(outside)


def _inside(one: InternalSession, spec: DeviceSpec) -> object:
    return spec.router_id, spec.bgp.asn, one.is_client, one.evpn, one.vpn


def _outside(one: ExternalSession) -> object:
    """Return what two ends agree upon when a session begins; filters and limits are none of it."""
    return (
        (one.local_asn, one.remote_asn, one.enabled, one.hold, one.keepalive, one.interface),
        (one.multihop, one.ttl_security, one.passive, one.bfd, one.password),
    )


def _interfaces(specs: Specs) -> dict[tuple[str, str], object]:
    """Return what each interface is to the kernel: another one of the same name is not it."""
    found: dict[tuple[str, str], object] = {}
    for spec in specs.values():
        tunnels = {one.interface: (one.kind, one.mode, one.local, one.remote, one.mark) for one in spec.tunnels}
        for one in spec.interfaces:
            overlay = (one.vxlan.vni, one.vxlan.local) if one.vxlan else None
            made = (one.kind, one.mac, one.parent, one.vlan, one.peer, overlay, tunnels.get(one.name))
            found[spec.name, one.name] = made
    return found
