"""How much of the underlay's packet a tunnel takes for itself. docs/use/tunnels.md has the sums."""

from typing import Final

from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.tunnels import Tunnel, TunnelEnd, TunnelKind

OUTER: Final = {4: 20, 6: 40}  # octets of the outer IP header
# Octets between the outer IP header and the packet within.
INNER: Final = {
    TunnelKind.WIREGUARD: 8 + 16 + 16,  # UDP; type, receiver and counter; Poly1305
    TunnelKind.OPENVPN: 8 + 4 + 4 + 16,  # UDP; opcode and peer; packet number; AES-GCM's tag
    TunnelKind.IPSEC: 8 + 8 + 4 + 3 + 2 + 16,  # ESP; AES-GCM's IV; GRE; padding; its trailer; the check value
    TunnelKind.GRE: 4,  # RFC 2784 without options
}
ENCAPSULATION_LIMIT: Final = 8  # octets: Linux adds it to GRE within IPv6 (RFC 2473 section 4.1.1)
ASSUMED: Final = 1500  # octets: the underlay's MTU where no port of ours has the address


def overhead(kind: TunnelKind, version: int) -> int:
    """Return how many octets smaller a packet within is, over an underlay of this IP version.

    >>> overhead(TunnelKind.WIREGUARD, 4), overhead(TunnelKind.WIREGUARD, 6), overhead(TunnelKind.GRE, 4)
    (60, 80, 24)
    """
    is_gre_within_ipv6 = version == 6 and kind in {TunnelKind.GRE, TunnelKind.IPSEC}
    return OUTER[version] + INNER[kind] + (ENCAPSULATION_LIMIT if is_gre_within_ipv6 else 0)


def underlay_version(tunnel: Tunnel) -> int:
    """Return the IP version that carries the tunnel: that of its addresses."""
    return next((end.address.version for end in tunnel.ends.values() if end.address), 4)


def largest_mtu(network: Network, tunnel: Tunnel) -> int:
    """Return the largest packet that goes through the tunnel whole."""
    found = [_underlay_mtu(network.nodes[end.name], end) for end in tunnel.ends.values() if end.name in network.nodes]
    return min(found, default=ASSUMED) - overhead(tunnel.kind, underlay_version(tunnel))


def _underlay_mtu(node: Node, end: TunnelEnd) -> int:
    """Return the MTU of the port that has the end's address."""
    for port in node.ports.values():
        if any(address.ip == end.address for address in port.addresses):
            return port.mtu
    return ASSUMED
