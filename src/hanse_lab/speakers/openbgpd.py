"""OpenBGPD: also as a route server, whose AS is not in the paths it hands on."""

from typing import Final

from hanse_lab.plan import Peer, Speaker
from hanse_lab.speakers.form import Recipe, family_of

PLACE: Final = "/etc/bgpd-lab.conf"
FAMILIES: Final = {4: ("IPv4", "IPv6"), 6: ("IPv6", "IPv4")}  # spoken, not spoken


def recipe(speaker: Speaker) -> Recipe:
    """Return how OpenBGPD is run as `speaker`."""
    return Recipe(
        files=((PLACE, configuration(speaker), "root"),),
        folders=(("/run/openbgpd", "root"),),
        stays=("bgpd", "-d", "-f", PLACE),
    )


def configuration(speaker: Speaker) -> str:
    """Return the text of bgpd.conf."""
    lines = [
        f"AS {speaker.asn}",
        f"router-id {speaker.router_id}",
        "connect-retry 1",
        f"fib-update {'no' if speaker.route_server else 'yes'}",
        *(["transparent-as yes"] if speaker.route_server else []),
        *(f"network {prefix}" for prefix in speaker.announces),
        *(line for peer in speaker.peers for line in _neighbour(peer, route_server=speaker.route_server)),
        "allow from any",
        *_tells(speaker),
    ]
    return "\n".join(lines) + "\n"


def _tells(speaker: Speaker) -> list[str]:
    """Return to whom what is told: a route server hands on, all others tell what is their own."""
    if speaker.route_server:
        return ["allow to any"]
    return ["deny to any", *(f"allow to any prefix {prefix}" for prefix in speaker.announces)]


def _neighbour(peer: Peer, *, route_server: bool) -> list[str]:
    spoken, silent = FAMILIES[family_of(peer)]
    return [
        f"neighbor {peer.address} {{",
        f"  remote-as {peer.asn}",
        f'  descr "{peer.name}"',
        f"  local-address {peer.local_address}",
        f"  holdtime {peer.hold}",
        f"  announce {spoken} unicast",
        f"  announce {silent} none",
        *(["  enforce neighbor-as no"] if peer.via_route_server else []),
        "}",
    ]
