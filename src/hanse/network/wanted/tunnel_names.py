"""What a tunnel is called on its routers, and the ports that it takes there."""

from typing import Final

from hanse.network.wanted.tunnels import Tunnel, TunnelKind

PREFIXES: Final = {
    TunnelKind.WIREGUARD: "wg-",
    TunnelKind.OPENVPN: "ov-",
    TunnelKind.IPSEC: "ip-",
    TunnelKind.GRE: "gre-",
}
FIRST_PORTS: Final = {TunnelKind.WIREGUARD: 51820, TunnelKind.OPENVPN: 21194}  # UDP, of tunnel 0


def interface_of(tunnel: Tunnel) -> str:
    """Return the tunnel's interface: the same on both routers.

    >>> interface_of(Tunnel(name="west", number=1, kind=TunnelKind.GRE, ends={}, link_class="far"))
    'gre-west'
    """
    return PREFIXES[tunnel.kind] + tunnel.name


def port_of(tunnel: Tunnel) -> int | None:
    """Return the UDP port at both ends; None: the kind has none of its own."""
    first = FIRST_PORTS.get(tunnel.kind)
    return None if first is None else first + tunnel.number
