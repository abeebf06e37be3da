"""Which kernel features a wanted network needs of the machine that its routers stand on. Pure."""

from collections.abc import Iterator
from typing import Final

from hanse.network.wanted.label_steps import labelled_links
from hanse.network.wanted.network import Network
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.segments import SegmentKind
from hanse.network.wanted.tunnels import TunnelKind

OF_PORTS: Final = {PortKind.BOND: "bond", PortKind.BRIDGE: "vlan-filtering", PortKind.DUMMY: "dummy"}
OF_SEGMENTS: Final = {SegmentKind.MESH: ("vxlan", "batman-adv")}
# WireGuard and OpenVPN have programs that do without the kernel's own.
OF_TUNNELS: Final = {
    TunnelKind.GRE: ("gre",),
    TunnelKind.IPSEC: ("gre", "esp"),
    TunnelKind.OPENVPN: ("tun",),
    TunnelKind.WIREGUARD: ("tun",),
}


def needs(network: Network) -> tuple[str, ...]:
    """Return the names of the features (see `features`) without which `network` cannot be built."""
    labels = ("mpls",) if any(True for _ in labelled_links(network)) else ()
    return tuple(sorted({*_needs(network), *labels}))


def _needs(network: Network) -> Iterator[str]:
    if network.vrfs:
        yield "vrf"
    for node in network.nodes.values():
        for port in node.ports.values():
            if port.parent:
                yield "vlan"
            elif port.kind in OF_PORTS:
                yield OF_PORTS[port.kind]
    for segment in network.segments.values():
        yield from OF_SEGMENTS.get(segment.kind, ("vxlan",))
    for tunnel in network.tunnels.values():
        yield from OF_TUNNELS[tunnel.kind]
