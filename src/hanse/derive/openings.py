"""What has to come in to a router, each part of the network saying what it needs and why.

A part that has to be reached adds a function to OPENINGS: from a place to openings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Final

from hanse.derive.firewall_spec import Opening
from hanse.derive.spec import DeviceSpec, ExternalSession, InternalSession
from hanse.derive.targets import exporters_of
from hanse.derive.tunnel_spec import TunnelSpec
from hanse.network.values.addresses import Address, Family, Prefix, family_of
from hanse.network.wanted.anycast import Asks
from hanse.network.wanted.lookups import is_offered_by
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.places import PoolUse
from hanse.network.wanted.tunnels import TunnelKind

SSH: Final = 22
DNS: Final = 53
BGP: Final = 179  # RFC 4271 section 8.2.1
BFD: Final = (3784, 3785)  # control and echo, RFC 5881 section 4
BFD_MULTIHOP: Final = 4784  # RFC 5883 section 5
DHCP: Final = 67  # RFC 2131 section 4.1
IKE: Final = (500, 4500)  # RFC 7296 section 2
LDP: Final = 646  # RFC 5036 section 3.10
VXLAN: Final = 4789  # RFC 7348 section 5
LINK_LOCAL: Final = ip_network("fe80::/10")  # where OSPFv3 speaks from, RFC 5340 section 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A router in its network, with its spec but for the firewall."""

    network: Network
    node: Node
    spec: DeviceSpec


def _management(place: Place) -> Iterator[Opening]:
    """Yield the way in for those who manage the router, Hanse among them, and for their monitoring."""
    general, login = place.network.network, place.node.login
    sources = general.management_sources or (place.node.management.address.network,)
    why = "network.management_sources" if general.management_sources else f"nodes.{place.node.name}.management"
    exporters = (port for _, port in exporters_of(place.network, place.node))
    for port in (login.port if login and login.port else SSH, *exporters):
        yield Opening(protocol="tcp", port=port, sources=sources, why=why)


def _ospf(place: Place) -> Iterator[Opening]:
    """Yield what OSPFv2 says from the link's own network, and OSPFv3 from its link-local addresses."""
    addresses = {one.name: one.addresses for one in place.spec.interfaces}
    for table in (place.spec.ospf, *(vrf.ospf for vrf in place.spec.vrfs)):
        for interface in table.interfaces:
            mine = (one for one in addresses.get(interface.name, ()) if family_of(one) is Family.IPV4)
            yield Opening(
                protocol="ospf",
                sources=(*(one.network for one in mine), LINK_LOCAL),
                interface=interface.name,
                why=interface.why,
            )


def _bgp(place: Place) -> Iterator[Opening]:
    sessions: tuple[InternalSession | ExternalSession, ...] = (
        *place.spec.bgp.internal,
        *place.spec.bgp.aside,
        *place.spec.bgp.external,
    )
    for session in sessions:
        yield Opening(protocol="tcp", port=BGP, sources=(alone(session.remote_address),), why=session.why)


def _bfd(place: Place) -> Iterator[Opening]:
    for session in place.spec.bgp.external:
        if session.bfd:
            first, last = (BFD_MULTIHOP, BFD_MULTIHOP) if session.multihop else BFD
            yield Opening(
                protocol="udp",
                port=first,
                until=last,
                sources=(alone(session.remote_address),),
                interface="" if session.multihop else session.interface,
                why=session.why,
            )


def _tunnels(place: Place) -> Iterator[Opening]:
    for tunnel in place.spec.tunnels:
        sources = (alone(tunnel.remote),) if tunnel.remote else ()
        for protocol, port in _wrapped(tunnel):
            yield Opening(protocol=protocol, port=port, sources=sources, why=tunnel.why)


def _wrapped(tunnel: TunnelSpec) -> tuple[tuple[str, int | None], ...]:
    """Return protocols and ports by which the packets of a tunnel travel."""
    match tunnel.kind:
        case TunnelKind.GRE:
            return (("gre", None),)
        case TunnelKind.IPSEC:  # what was decrypted comes in once more, and the kernel refuses it where it was not
            return (("esp", None), *(("udp", port) for port in IKE), ("gre", None))
        case _:
            return (("udp", tunnel.port),)


def _segments(place: Place) -> Iterator[Opening]:
    """Yield the overlays of the other members, and what hosts ask their gateway for."""
    overlays = {one.name: one.vxlan for one in place.spec.interfaces if one.vxlan}
    for segment in place.spec.segments:
        overlay = overlays.get(segment.vxlan)
        if overlay:
            members = tuple(alone(remote) for remote in overlay.remotes)
            yield Opening(protocol="udp", port=VXLAN, sources=members or _loopbacks(place), why=segment.why)
        if segment.gateway and segment.dhcp:
            yield Opening(protocol="udp", port=DHCP, interface=segment.gateway, why=segment.why)
        if segment.gateway and {address.ip for address in segment.gateways} & set(segment.resolvers):
            hosts = tuple(address.network for address in segment.gateways)
            for protocol in ("udp", "tcp"):
                yield Opening(protocol=protocol, port=DNS, sources=hosts, interface=segment.gateway, why=segment.why)


def _labels(place: Place) -> Iterator[Opening]:
    """Yield the hellos of neighbours on links, and their sessions, which come from loopbacks."""
    addresses = {one.name: one.addresses for one in place.spec.interfaces}
    for interface in place.spec.labels.ldp:
        mine = (one for one in addresses.get(interface.name, ()) if family_of(one) is Family.IPV4)
        sources = tuple(one.network for one in mine)
        yield Opening(protocol="udp", port=LDP, sources=sources, interface=interface.name, why=interface.why)
        yield Opening(protocol="tcp", port=LDP, sources=_loopbacks(place), why=interface.why)


def _anycasts(place: Place) -> Iterator[Opening]:
    """Yield the ports at which services are asked whether they are well: at these they answer everybody."""
    for service in place.spec.anycasts:
        for protocol in ("udp", "tcp") if service.check.kind is Asks.DNS else ("tcp",):
            yield Opening(protocol=protocol, port=service.check.port, why=service.why)


def _loopbacks(place: Place) -> tuple[Prefix, ...]:
    """Return where members speak from who find each other by themselves."""
    return tuple(pool.prefix for pool in place.network.pools.values() if pool.use is PoolUse.LOOPBACK)


def _services(place: Place) -> Iterator[Opening]:
    for name in sorted(place.network.services):
        service = place.network.services[name]
        for ports in service.ports if is_offered_by(service, place.node) else ():
            yield Opening(
                protocol=str(service.protocol),
                port=ports.first,
                until=ports.last,
                sources=service.sources,
                why=f"services.{name}",
            )


def alone(address: Address) -> Prefix:
    """Return the network that holds one address and no other."""
    return ip_network(address)


OPENINGS: Final[tuple[Callable[[Place], Iterator[Opening]], ...]] = (
    _management,
    _ospf,
    _bgp,
    _bfd,
    _tunnels,
    _segments,
    _labels,
    _anycasts,
    _services,
)
