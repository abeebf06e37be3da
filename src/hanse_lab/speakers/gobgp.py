"""GoBGP: speaks, and installs no routes in the kernel."""

from typing import Final

from hanse_lab.plan import Peer, Speaker
from hanse_lab.speakers.form import Recipe, family_of, is_ipv4

PLACE: Final = "/etc/gobgpd-lab.toml"

# Only what was made here is told to others.
OWN_ONLY: Final = (
    "  [global.apply-policy.config]",
    '    export-policy-list = ["own"]',
    '    default-export-policy = "reject-route"',
    "[[policy-definitions]]",
    '  name = "own"',
    "  [[policy-definitions.statements]]",
    "    [policy-definitions.statements.conditions.bgp-conditions]",
    '      route-type = "local"',
    "    [policy-definitions.statements.actions]",
    '      route-disposition = "accept-route"',
)


def recipe(speaker: Speaker) -> Recipe:
    """Return how GoBGP is run as `speaker`."""
    return Recipe(
        files=((PLACE, configuration(speaker), "root"),),
        stays=("gobgpd", "-t", "toml", "-f", PLACE, "--api-hosts", "127.0.0.1:50051"),
        ready=("gobgp", "global"),
        then=tuple(_announcement(speaker, prefix) for prefix in speaker.announces),
    )


def configuration(speaker: Speaker) -> str:
    """Return the text of gobgpd's configuration, in TOML."""
    start = ["[global.config]", f"  as = {speaker.asn}", f'  router-id = "{speaker.router_id}"']
    return "\n".join([*start, *OWN_ONLY, *(line for peer in speaker.peers for line in _neighbour(peer))]) + "\n"


def _neighbour(peer: Peer) -> list[str]:
    return [
        "[[neighbors]]",
        "  [neighbors.config]",
        f'    neighbor-address = "{peer.address}"',
        f"    peer-as = {peer.asn}",
        "  [neighbors.transport.config]",
        f'    local-address = "{peer.local_address}"',
        "  [neighbors.timers.config]",
        "    connect-retry = 1",
        "    idle-hold-time-after-reset = 1",
        f"    hold-time = {peer.hold}",
        f"    keepalive-interval = {peer.hold // 3}",
        "  [[neighbors.afi-safis]]",
        "    [neighbors.afi-safis.config]",
        f'      afi-safi-name = "ipv{family_of(peer)}-unicast"',
    ]


def _announcement(speaker: Speaker, prefix: str) -> tuple[str, ...]:
    family = 4 if is_ipv4(prefix) else 6
    local = next(peer.local_address for peer in speaker.peers if family_of(peer) == family)
    path = ("aspath", " ".join(map(str, speaker.path))) if speaker.path else ()
    return ("gobgp", "global", "rib", "-a", f"ipv{family}", "add", prefix, "nexthop", local, *path)
