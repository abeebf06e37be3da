"""All that a router is and does, in words that are the same whenever it is the same: for "exactly as before"."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from hanse_lab.faults.asked import answers_to
from hanse_lab.nodes.life import Running

Bearings = dict[str, tuple[str, ...]]  # what was asked, and the lines of the answer
DAEMONS: Final = re.compile(
    r"bird|exabgp|gobgpd|dnsmasq|openvpn|wireguard-go|watchfrr|charon.*|bgpd|zebra|staticd|ospfd|ospf6d|bfdd|ldpd|pbrd"
)
BUILT: Final = ("id", "table", "local", "remote", "ttl", "mode", "vlan_filtering")  # what an interface is made with
PATHS_LABEL: Final = re.compile(r"1\d{5} ")  # see network/wanted/label_paths.py
DRAWN: Final = "local fe80:"  # addresses of the wire that the kernel draws, as those of a mesh each time
GUARDS: Final = "[.]pyz (guard|work) "


def _lines(said: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in said.splitlines() if line.strip())


def _links(said: str) -> tuple[str, ...]:
    """Return what an interface is; addresses of the wire that the kernel draws are left out."""
    return tuple(sorted(_link(link) for link in json.loads(said or "[]")))


def _link(link: dict[str, Any]) -> str:
    made = link.get("linkinfo", {})
    kind, built = made.get("info_kind", ""), made.get("info_data", {})
    up = "up" if "UP" in link["flags"] else "down"
    of = "".join(f" {name} {built[name]}" for name in BUILT if name in built)
    return f"{link['ifname']} {kind}{of} mtu {link['mtu']} of {link.get('master', 'none')} {up}"


def _addresses(said: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            f"{link['ifname']} {address['local']}/{address['prefixlen']}"
            for link in json.loads(said or "[]")
            for address in link.get("addr_info", ())
            if address["scope"] != "link"
        )
    )


def _daemons(said: str) -> tuple[str, ...]:
    """Return how often each daemon runs."""
    found = Counter(name.strip() for name in said.splitlines() if DAEMONS.fullmatch(name.strip()))
    return tuple(f"{count} {name}" for name, count in sorted(found.items()))


def _protocols(said: str) -> tuple[str, ...]:
    """Return BIRD's protocols without their states and times."""
    return tuple(sorted(" ".join(line.split()[:3]) for line in said.splitlines()[2:]))


def _tunnels(said: str) -> tuple[str, ...]:
    """Return WireGuard's keys and settings; where a peer is and what it sent is left out."""
    rows = [line.split("\t") for line in said.splitlines()]
    return tuple(sorted(" ".join(row if len(row) < 9 else [*row[:3], row[4], row[8]]) for row in rows))


def _own_routes(said: str) -> tuple[str, ...]:
    """Return the routes that no daemon has heard from others: their own addresses', and those that lead nowhere."""
    return tuple(sorted(line.strip() for line in said.splitlines() if " proto kernel " in line and DRAWN not in line))


def _vlans(said: str) -> tuple[str, ...]:
    """Return each port's VLANs; ports stand in the order in which they joined, which is another at each start."""
    return tuple(
        sorted(
            f"{port['ifname']} {vlan['vlan']} {' '.join(vlan.get('flags', ()))}".rstrip()
            for port in json.loads(said or "[]")
            for vlan in port["vlans"]
        )
    )


def _remotes(said: str) -> tuple[str, ...]:
    """Return where segments send what all are to hear; hosts that were heard come and go."""
    return tuple(sorted(line.strip() for line in said.splitlines() if line.startswith("00:00:00:00:00:00 ")))


def _sorted(said: str) -> tuple[str, ...]:
    return tuple(sorted(_lines(said)))


def _steps(said: str) -> tuple[str, ...]:
    """Return what is done with the labels of paths; LDP and VPNs take others each time."""
    return tuple(sorted(line.strip() for line in said.splitlines() if PATHS_LABEL.match(line)))


def _nothing(said: str) -> tuple[str, ...]:
    """Return the lines of what must be empty."""
    return _lines(said)


QUESTIONS: Final[tuple[tuple[str, tuple[str, ...], Callable[[str], tuple[str, ...]]], ...]] = (
    ("links", ("ip", "-json", "-details", "link", "show"), _links),
    ("addresses", ("ip", "-json", "address", "show"), _addresses),
    ("rules", ("ip", "rule", "show"), _lines),
    ("rules of IPv6", ("ip", "-6", "rule", "show"), _lines),
    ("routes of its own", ("ip", "route", "show", "table", "all"), _own_routes),
    ("VLANs", ("bridge", "-json", "vlan", "show"), _vlans),
    ("other ends of segments", ("bridge", "fdb", "show"), _remotes),
    ("labels", ("sh", "-c", "grep -s . /proc/sys/net/mpls/platform_labels /proc/sys/net/mpls/conf/*/input"), _sorted),
    ("steps of label paths", ("ip", "-family", "mpls", "route", "show"), _steps),
    ("names of tables", ("cat", "/etc/iproute2/rt_tables.d/ifupdown2_vrf_map.conf"), _sorted),
    ("IPsec", ("swanctl", "--list-conns"), _lines),
    ("firewall", ("nft", "--stateless", "list", "ruleset"), _lines),
    ("WireGuard", ("wg", "show", "all", "dump"), _tunnels),
    ("BIRD", ("birdc", "show", "protocols"), _protocols),
    ("FRR", ("vtysh", "-c", "show running-config"), _lines),
    ("daemons", ("ps", "-e", "-o", "comm="), _daemons),
    ("left in /etc", ("find", "/etc", "-name", ".*.hanse-*"), _nothing),
    ("at work still", ("pgrep", "-f", GUARDS), _nothing),
)


def bearings_of(router: Running) -> Bearings:
    """Return what the router is and does now."""
    said = answers_to(router, (words for _, words, _ in QUESTIONS))
    return {name: read(said[words]) for name, words, read in QUESTIONS}


def differences(before: Bearings, now: Bearings) -> tuple[str, ...]:
    """Return a sentence for each line that is gone or has come."""
    return tuple(
        f"{name}: {'; '.join([*(f'- {line}' for line in gone), *(f'+ {line}' for line in come)])}"
        for name in before
        for gone, come in [_gone_and_come(before[name], now[name])]
        if gone or come
    )


def _gone_and_come(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the lines that are gone and those that have come; where only their order is another, all of both."""
    gone, come = Counter(before) - Counter(now), Counter(now) - Counter(before)
    if before != now and not gone and not come:
        return list(before), list(now)
    return list(gone.elements()), list(come.elements())
