"""ExaBGP: speaks, and installs no routes in the kernel. It lives in Hanse's own Python environment."""

import sys
from pathlib import Path
from typing import Final

from hanse_lab.plan import Peer, Speaker
from hanse_lab.speakers.form import Recipe, family_of, is_ipv4

SETTINGS: Final = (
    ("exabgp_daemon_user", "root"),
    ("exabgp_log_destination", "stdout"),
    ("exabgp_api_cli", "false"),
    ("exabgp_api_ack", "false"),
)


def recipe(speaker: Speaker, place: Path) -> Recipe:
    """Return how ExaBGP is run as `speaker`; it reads its file at `place`, outside of the node."""
    return Recipe(
        stays=(str(Path(sys.executable).parent / "exabgp"), "server", str(place)),
        beside=True,
        environment=SETTINGS,
    )


def configuration(speaker: Speaker) -> str:
    """Return the text of exabgp.conf."""
    return "".join(_neighbour(speaker, peer) for peer in speaker.peers)


def _neighbour(speaker: Speaker, peer: Peer) -> str:
    family = family_of(peer)
    path = f" as-path [ {' '.join(map(str, speaker.path))} ]" if speaker.path else ""
    routes = "".join(
        f"    route {prefix} next-hop {peer.local_address}{path};\n"
        for prefix in speaker.announces
        if is_ipv4(prefix) == (family == 4)
    )
    return (
        f"neighbor {peer.address} {{\n"
        f'  description "{peer.name}";\n'
        f"  router-id {speaker.router_id};\n"
        f"  local-address {peer.local_address};\n"
        f"  local-as {speaker.asn};\n"
        f"  peer-as {peer.asn};\n"
        f"  hold-time {peer.hold};\n"
        f"  family {{ ipv{family} unicast; }}\n"
        f"  static {{\n{routes}  }}\n"
        "}\n"
    )
