"""Configurations for one test router."""

from devices.linux.linux_node import LinuxNode
from hanse.network.values.bundle import File, print_bundle

BIRD_OLD = """\
router id 10.255.0.1;
protocol device { }
protocol static kept { ipv4; route 198.51.100.0/24 unreachable; }
"""

BIRD_NEW = """\
router id 10.255.0.1;
protocol device { }
protocol static kept { ipv4; route 198.51.100.0/24 unreachable; }
protocol static added { ipv4; route 203.0.113.0/24 unreachable; }
protocol bgp edge {
  local as 64500; neighbor 192.0.2.9 as 64501; password "@secret(peer)@";
  ipv4 { import none; export none; };
}
"""

FIREWALL = """\
flush ruleset
table inet filter {
  chain input {
    type filter hook input priority 0; policy accept;
    tcp dport 22 accept
  }
}
"""

BRIDGE = """
auto br9
iface br9
    bridge-ports none
    address 10.99.0.1/24
"""


def old_text(node: LinuxNode) -> str:
    """Return a small configuration."""
    return print_bundle(
        [
            File("/etc/network/interfaces", node.interfaces),
            File("/etc/bird/bird.conf", BIRD_OLD, 0o640, "bird"),
        ]
    )


def new_text(node: LinuxNode) -> str:
    """Return a larger one that changes every component."""
    return print_bundle(
        [
            File("/etc/network/interfaces", node.interfaces + BRIDGE),
            File("/etc/bird/bird.conf", BIRD_NEW, 0o640, "bird"),
            File("/etc/nftables.conf", FIREWALL, 0o600),
            File("/etc/sysctl.d/60-hanse.conf", "net.ipv4.ip_forward = 1\n"),
            File("/etc/hanse-motd/banner", "this router is written by Hanse\n"),
        ]
    )
