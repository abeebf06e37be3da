"""What a router shows of itself: everything that an object of the wanted network may leave behind."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Final

from hanse_lab.nodes.life import Running

HEAD: Final = re.compile(r"^#= (\S+)$", re.MULTILINE)
FOLDERS: Final = (
    "/etc/bgpd.conf /etc/bird /etc/dnsmasq.d /etc/exabgp /etc/frr /etc/gobgpd.conf /etc/hanse /etc/modules-load.d"
    " /etc/network/interfaces /etc/network/interfaces.d /etc/nftables.conf /etc/openvpn /etc/swanctl/conf.d"
    " /etc/sysctl.d /etc/systemd/network /etc/wireguard"
)
# Part -> what prints it. The interfaces of the kernel's own that no command ever makes or removes are left out below.
QUESTIONS: Final = {
    "links": "ip -json -details link",
    "addresses": "ip -json address",
    "routes4": "ip -json -4 route show table all",
    "routes6": "ip -json -6 route show table all",
    "labels": "ip -json -family mpls route",
    "rules4": "ip -4 rule",
    "rules6": "ip -6 rule",
    "firewall": "nft --stateless list ruleset",
    "vlans": "bridge -json vlan",
    "flooding": "bridge fdb | grep '^00:00:00:00:00:00 '",
    "wireguard": "for one in $(wg show interfaces); do echo $one; wg showconf $one | sort; done",
    "settings": "sysctl --all --pattern '^net[.](ipv4|ipv6|mpls)[.]'",
    "programs": "ps -e -o args=",
    "files": f"find {FOLDERS} -type f -exec sha256sum {{}} + | sort -k 2",
}
SCRIPT: Final = "\n".join(f"echo '#= {part}'\n{{ {words}; }} 2>/dev/null" for part, words in QUESTIONS.items())
KERNELS_OWN: Final = frozenset(
    {"lo", "gre0", "gretap0", "erspan0", "tunl0", "sit0", "ip6tnl0", "ip6gre0", "ip_vti0", "ip6_vti0"}
)
SERVICES: Final = frozenset({"anycast", "anycast-end"})  # interfaces of services: what is on them changes by itself
FIXED: Final = frozenset({"kernel", "static", "boot", "ra"})  # routes that no routing daemon has put there
SWEEPING: Final = re.compile(  # settings that the kernel itself changes as it goes, or that are of the machine
    r"^net[.](ipv4|ipv6)[.](route[.]|tcp_|udp_|inet_|ip_local|icmp_|igmp_|xfrm|fib_|neigh[.]|conf[.][^.]+[.]stable_secret)"
)
PASSING: Final = re.compile(  # programs that come and go
    r"^(ps |/bin/sh|sh |sshd: |nsenter|/usr/sbin/sshd|sleep |tcpdump |ping |/usr/bin/python3 .*router|birdc|vtysh)"
)
Shown = Mapping[str, tuple[str, ...]]  # part -> its lines, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A router: what has to be equal whenever the same is wanted of it, and its interfaces' numbers."""

    shown: Shown
    numbers: Mapping[str, int]  # interface -> the number that the kernel gave it when it was made


def look_at(node: Running) -> Look:
    """Return what a router shows now.

    :raises CommandFailed:
    """
    return read(node.run("/bin/sh", "-c", f"{SCRIPT}\ntrue"))


def read(text: str) -> Look:
    """Return what the answers of a router say."""
    _, *rest = HEAD.split(text)
    answers = dict(zip(rest[::2], rest[1::2], strict=True))
    shown = {part: tuple(READERS.get(part, _lines)(answer.strip())) for part, answer in answers.items()}
    return Look(shown=shown, numbers=_numbers(answers["links"]))


def differences(before: Shown, now: Shown) -> tuple[str, ...]:
    """Return what differs, a line each: `links: +gre7 ...`."""
    return tuple(
        f"{part}: {line}"
        for part in QUESTIONS
        for line in unified_diff(before.get(part, ()), now.get(part, ()), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    )


def _rows(answer: str) -> list[dict[str, Any]]:
    return [row for row in json.loads(answer or "[]") if row]


def _numbers(answer: str) -> dict[str, int]:
    return {row["ifname"]: row["ifindex"] for row in _rows(answer)}


def _lines(answer: str) -> list[str]:
    return answer.splitlines()


def _links(answer: str) -> list[str]:
    """Return each interface with what it is made of, without what counts or moves."""
    return sorted(_link(row) for row in _rows(answer) if row["ifname"] not in KERNELS_OWN - {"lo"})


def _link(row: dict[str, Any]) -> str:
    made = row.get("linkinfo", {})
    words = {
        "mtu": row.get("mtu"),
        "up": "UP" in row.get("flags", ()),
        "master": row.get("master", ""),
        "below": row.get("link", ""),
        "kind": made.get("info_kind", ""),
        "alias": row.get("ifalias", ""),
        "vlan": made.get("info_data", {}).get("id"),
        "table": made.get("info_data", {}).get("table"),
        "local": made.get("info_data", {}).get("local"),
        "mode": row.get("inet6_addr_gen_mode", ""),
    }
    return " ".join([row["ifname"], *(f"{word}={value}" for word, value in words.items() if value not in (None, ""))])


def _addresses(answer: str) -> list[str]:
    return sorted(
        f"{row['ifname']} {one['local']}/{one['prefixlen']}"
        for row in _rows(answer)
        for one in row.get("addr_info", ())
        if one.get("scope") != "link" and "local" in one and row["ifname"] not in SERVICES
    )


def _routes(answer: str) -> list[str]:
    """Return the routes that no routing daemon has put there, but for those of each link's own."""
    return sorted(
        " ".join(
            f"{word}={row[word]}" for word in ("type", "dst", "gateway", "dev", "table", "protocol") if word in row
        )
        for row in _rows(answer)
        if row.get("protocol") in FIXED
        and row.get("dev") not in SERVICES
        and not str(row.get("dst", "")).startswith(("fe80:", "multicast", "ff00:"))
    )


def _labels(answer: str) -> list[str]:
    return sorted(
        " ".join(f"{word}={row[word]}" for word in ("dst", "to", "via", "dev", "protocol") if word in row)
        for row in _rows(answer)
        if row.get("protocol") not in {"ldp", "bgp", "zebra"}
    )


def _settings(answer: str) -> list[str]:
    return sorted(line for line in answer.splitlines() if not SWEEPING.match(line))


def _programs(answer: str) -> list[str]:
    return sorted(line.strip() for line in answer.splitlines() if not PASSING.match(line.strip()))


def _sorted(answer: str) -> list[str]:
    return sorted(answer.splitlines())


READERS: Final[Mapping[str, Callable[[str], list[str]]]] = {
    "links": _links,
    "addresses": _addresses,
    "routes4": _routes,
    "routes6": _routes,
    "labels": _labels,
    "settings": _settings,
    "programs": _programs,
    "flooding": _sorted,
}
