"""Configurations of FRR for one test router."""

from devices.linux.linux_node import LinuxNode
from hanse.network.values.bundle import File, print_bundle

LOOPBACK = """
auto lo
iface lo inet loopback
    address 10.255.0.1/32
"""
DAEMONS = "bgpd=yes\nospfd=yes\nbfdd=no\nvtysh_enable=yes\n"
CONFIGURATION = """\
frr defaults traditional
hostname {name}
log syslog informational
service integrated-vtysh-config
!
ip route 198.51.100.0/24 reject
!
interface lo
 ip ospf area 0
 ip ospf passive
exit
!
router ospf
 ospf router-id 10.255.0.1
exit
!
router bgp 64500
 bgp router-id 10.255.0.1
 neighbor 192.0.2.9 remote-as 64501
 neighbor 192.0.2.9 password @secret(peer)@
exit
"""


def frr_text(node: LinuxNode, configuration: str = CONFIGURATION, daemons: str = DAEMONS) -> str:
    """Return the whole of what a router with FRR has."""
    return print_bundle(
        [
            File("/etc/frr/daemons", daemons, 0o640, "frr"),
            File("/etc/frr/frr.conf", configuration.format(name=node.name), 0o640, "frr"),
            File("/etc/frr/vtysh.conf", "service integrated-vtysh-config\n", 0o640, "frr"),
            File("/etc/network/interfaces", node.interfaces + LOOPBACK),
        ]
    )
