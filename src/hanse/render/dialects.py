"""Which texts make up a router's configuration, by dialect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.tunnel_names import interface_of
from hanse.network.wanted.tunnels import Tunnel, TunnelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a Linux router and the template that writes it; without a path, the text of a vendor's router."""

    path: str
    template: str
    mode: int = 0o644
    owner: str = "root"
    optional: bool = False  # without a word it is left out
    each: TunnelKind | None = None  # one file for each tunnel of this kind: `{}` in the path is its interface
    each_found: bool = False  # one file for each port that is found by its MAC address: `{}` in the path is its name

    def files(self, spec: DeviceSpec) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the path of each file and what its template sees: `spec`, and the `tunnel` or `interface` it is for."""
        if self.each_found:
            for interface in spec.interfaces:
                if interface.found_by:
                    yield self.path.format(interface.name), {"spec": spec, "interface": interface}
            return
        if self.each is None:
            yield self.path, {"spec": spec}
            return
        for tunnel in spec.tunnels:
            if tunnel.kind is self.each:
                yield self.path.format(tunnel.interface), {"spec": spec, "tunnel": tunnel}


FORWARDS_NOTHING: Final = (
    Part(path="/etc/network/interfaces", template="ifupdown2/interfaces.j2"),
    Part(path="/etc/systemd/network/10-hanse-{}.link", template="linux/port.link.j2", each_found=True),
    Part(path="/etc/nftables.conf", template="nftables/nftables.conf.j2", optional=True),
    Part(path="/etc/modules-load.d/hanse.conf", template="linux/modules.conf.j2", optional=True),
    Part(path="/etc/sysctl.d/90-hanse.conf", template="linux/sysctl.conf.j2"),
)

LINUX: Final = (
    *FORWARDS_NOTHING,
    Part(path="/etc/dnsmasq.d/hanse.conf", template="dnsmasq/hanse.conf.j2", optional=True),
    Part(path="/etc/hanse/health.conf", template="health/health.conf.j2", optional=True),
    Part(path="/etc/wireguard/{}.conf", template="wireguard/wireguard.conf.j2", mode=0o600, each=TunnelKind.WIREGUARD),
    Part(path="/etc/openvpn/{}.conf", template="openvpn/openvpn.conf.j2", mode=0o600, each=TunnelKind.OPENVPN),
    Part(path="/etc/swanctl/conf.d/{}.conf", template="swanctl/swanctl.conf.j2", mode=0o600, each=TunnelKind.IPSEC),
)


def tunnel_files(tunnel: Tunnel) -> tuple[str, ...]:
    """Return the paths of the files that a tunnel has to itself on each of its routers."""
    return tuple(part.path.format(interface_of(tunnel)) for part in LINUX if part.each is tunnel.kind)


# The name that a platform gives as its dialect -> its parts.
DIALECTS: Final = {
    "bird2": (
        *LINUX,
        Part(path="/etc/exabgp/exabgp.conf", template="exabgp/exabgp.conf.j2", optional=True),
        Part(path="/etc/exabgp/services.list", template="exabgp/services.list.j2", optional=True),
        Part(path="/etc/exabgp/services.py", template="exabgp/services.py.j2", mode=0o755, optional=True),
        Part(path="/etc/bird/bird.conf", template="bird2/bird.conf.j2", mode=0o640, owner="bird"),
    ),
    "eos": (Part(path="", template="eos/bgp.j2"),),
    "exabgp": (
        *FORWARDS_NOTHING,
        Part(path="/etc/exabgp/exabgp.conf", template="exabgp/announcer.conf.j2"),
    ),
    "frr": (
        *LINUX,
        Part(path="/etc/frr/daemons", template="frr/daemons.j2", mode=0o640, owner="frr"),
        Part(path="/etc/frr/frr.conf", template="frr/frr.conf.j2", mode=0o640, owner="frr"),
        Part(path="/etc/frr/vtysh.conf", template="frr/vtysh.conf.j2", mode=0o640, owner="frr"),
    ),
    "gobgp": (
        *FORWARDS_NOTHING,
        Part(path="/etc/gobgpd.conf", template="gobgp/gobgpd.conf.j2"),
    ),
    "ios": (Part(path="", template="ios/bgp.j2"),),
    "iosxr": (Part(path="", template="iosxr/bgp.cfg.j2"),),
    "junos": (Part(path="", template="junos/bgp.conf.j2"),),
    "nxos": (Part(path="", template="nxos/bgp.j2"),),
    "openbgpd": (
        *FORWARDS_NOTHING,
        Part(path="/etc/bgpd.conf", template="openbgpd/bgpd.conf.j2", mode=0o600),
    ),
}
