"""Kernel features that a network may need, and how a machine is asked for one: by trying it, never by a version."""

from collections.abc import Iterable
from typing import Final

from hanse_lab.commands import SURROUNDINGS
from hanse_lab.places.machine import Machine

# Feature -> the trial, in a network namespace of its own that ends with it.
TRIALS: Final = {
    "vrf": "ip link add t0 type vrf table 1001",
    "vlan": "ip link add t0 type veth peer t1; ip link add link t0 name t0.5 type vlan id 5",
    "vlan-filtering": "ip link add t0 type bridge vlan_filtering 1",
    "bond": "ip link add t0 type bond mode 802.3ad",
    "dummy": "ip link add t0 type dummy",
    "vxlan": "ip link add t0 type vxlan id 5 local 127.0.0.1 dstport 4789",
    "gre": "ip link add t0 type gre local 127.0.0.1 remote 127.0.0.2",
    "gretap": "ip link add t0 type gretap local 127.0.0.1 remote 127.0.0.2",
    "ip6gre": "ip link add t0 type ip6gre local ::1 remote ::2",
    "ipip": "ip link add t0 type ipip local 127.0.0.1 remote 127.0.0.2",
    "vti": "ip link add t0 type vti local 127.0.0.1 remote 127.0.0.2 key 5",
    "mpls": "modprobe -aq mpls_router mpls_iptunnel || true; sysctl -qw net.mpls.platform_labels=100;"
    " ip link set lo up; ip route add 10.0.0.0/8 encap mpls 200 dev lo",
    "batman-adv": "ip link add t0 type batadv",
    "macvlan": "ip link add t0 type veth peer t1; ip link add t2 link t0 type macvlan mode bridge",
    "tun": "ip tuntap add t0 mode tun",
    "esp": "ip xfrm state add src 127.0.0.1 dst 127.0.0.2 proto esp spi 256 mode tunnel"
    " aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128",
    "xfrm-interface": "ip link add t0 type xfrm dev lo if_id 5",
    "wireguard": "ip link add t0 type wireguard",
    "nft-inet": "nft add table inet trial",
    "nft-bridge": "nft add table bridge trial",
}


def lacking(machine: Machine, features: Iterable[str]) -> dict[str, str]:
    """Return those of `features` that the machine's kernel does not offer, each with what it said."""
    found = {}
    for feature in features:
        words = ("unshare", "--net", "/bin/sh", "-ec", TRIALS[feature])
        tried = machine.outcome(words, env=SURROUNDINGS)
        if tried.returncode:
            found[feature] = " ".join((tried.stdout + tried.stderr).split())
    return found
