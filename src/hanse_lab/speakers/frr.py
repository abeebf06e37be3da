"""FRRouting: zebra, staticd and bgpd, one configuration."""

from typing import Final

from hanse_lab.plan import Peer, Speaker
from hanse_lab.speakers.form import Recipe, family_of, is_ipv4

DAEMONS: Final = ("zebra", "staticd", "bgpd")
FOLDER: Final = "/run/frr"


def recipe(speaker: Speaker) -> Recipe:
    """Return how FRR is run as `speaker`."""
    return Recipe(
        files=(
            ("/etc/frr/frr.conf", configuration(speaker), "frr"),
            ("/etc/frr/vtysh.conf", "service integrated-vtysh-config\n", "frr"),
        ),
        folders=((FOLDER, "frr"),),
        starts=(
            *(
                (f"/usr/lib/frr/{daemon}", "-d", "-A", "127.0.0.1", "-i", f"{FOLDER}/{daemon}.pid")
                for daemon in DAEMONS
            ),
            ("vtysh", "-b"),
        ),
    )


def configuration(speaker: Speaker) -> str:
    """Return the text of frr.conf."""
    lines = [
        "frr defaults datacenter",
        f"hostname {speaker.name}",
        *(f"{_word(prefix)} route {prefix} blackhole" for prefix in speaker.announces if not prefix.endswith("/0")),
        *(f"{_word(prefix)} prefix-list own permit {prefix}" for prefix in speaker.announces),
        "ip prefix-list own deny any",  # where nothing is announced, too: by a list without a rule FRR tells all
        "ipv6 prefix-list own deny any",
        "route-map tail permit 10",
        *([f" set as-path prepend {' '.join(map(str, speaker.path))}"] if speaker.path else []),
        "exit",
        f"router bgp {speaker.asn}",
        f" bgp router-id {speaker.router_id}",
        " no bgp ebgp-requires-policy",
        " no bgp default ipv4-unicast",
        *(line for peer in speaker.peers for line in _neighbour(peer)),
        *_family(speaker, 4),
        *_family(speaker, 6),
        "exit",
    ]
    return "\n".join(lines) + "\n"


def _word(prefix: str) -> str:
    return "ip" if is_ipv4(prefix) else "ipv6"


def _neighbour(peer: Peer) -> list[str]:
    start = f" neighbor {peer.address}"
    return [
        f"{start} remote-as {peer.asn}",
        f"{start} description {peer.name}",
        f"{start} timers {peer.hold // 3} {peer.hold}",
        f"{start} timers connect 1",
        *([f"{start} update-source {peer.local_address}"] if family_of(peer) == 6 else []),
    ]


def _family(speaker: Speaker, version: int) -> list[str]:
    peers = [peer for peer in speaker.peers if family_of(peer) == version]
    prefixes = [prefix for prefix in speaker.announces if is_ipv4(prefix) == (version == 4)]
    told = [prefix for prefix in prefixes if not prefix.endswith("/0")]
    default = len(told) < len(prefixes)
    lines = [f" address-family ipv{version} unicast"]
    lines += [f"  network {prefix} route-map tail" for prefix in told]
    for peer in peers:
        lines.append(f"  neighbor {peer.address} activate")
        lines.append(f"  neighbor {peer.address} prefix-list own out")
        if default:
            lines.append(f"  neighbor {peer.address} default-originate")
    return [*lines, " exit-address-family"]
