"""What a router must report when all is well: the sessions and neighbours that a look is compared with."""

from dataclasses import dataclass
from typing import Final

from hanse.derive.spec import DeviceSpec
from hanse.network.values.addresses import Address
from hanse.network.values.asn import Asn

GLOBAL_VRF = "global"

SAYS_NOTHING: Final = frozenset({"exabgp"})  # dialects that nobody asks for sessions: the other ends are asked
WITHOUT_OSPF: Final = frozenset({"eos", "ios", "iosxr", "junos", "nxos"})  # dialects of BGP sessions and policies


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSession:
    """A BGP session that has to be on the router."""

    vrf: str = GLOBAL_VRF
    remote_address: Address
    remote_asn: Asn
    name: str
    external: bool
    enabled: bool  # False: it is on the router, switched off
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedNeighbour:
    """An OSPF neighbour that has to be Full."""

    version: int  # 2 or 3
    interface: str
    router_id: str
    why: str


def wanted_sessions(spec: DeviceSpec) -> tuple[WantedSession, ...]:
    """Return the router's BGP sessions, inside first, each part in the order of the spec."""
    if spec.dialect in SAYS_NOTHING:
        return ()
    inside = tuple(
        WantedSession(
            remote_address=session.remote_address,
            remote_asn=spec.bgp.asn,
            name=session.name,
            external=False,
            enabled=True,
            why=session.why,
        )
        for session in (*spec.bgp.internal, *spec.bgp.beside, *spec.bgp.aside)
    )
    outside = tuple(
        WantedSession(
            vrf=session.vrf or GLOBAL_VRF,
            remote_address=session.remote_address,
            remote_asn=session.remote_asn,
            name=session.name,
            external=True,
            enabled=session.enabled,
            why=session.why,
        )
        for session in spec.bgp.external
    )
    return inside + outside


def wanted_neighbours(spec: DeviceSpec) -> tuple[WantedNeighbour, ...]:
    """Return the router's OSPF neighbours, version 2 first, each part in the order of the spec.

    None where the dialect leaves OSPF to the operator: it is not ours there, and NAPALM has no question for it.
    """
    if spec.dialect in WITHOUT_OSPF:
        return ()
    return tuple(
        WantedNeighbour(version=version, interface=interface.name, router_id=interface.neighbour, why=interface.why)
        for version in (2, 3)
        for ospf in (spec.ospf, *(vrf.ospf for vrf in spec.vrfs))
        for interface in ospf.interfaces
    )
