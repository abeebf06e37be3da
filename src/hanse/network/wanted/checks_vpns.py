"""Contradictions among VPNs: tables that several routers share by labels."""

from collections.abc import Iterator
from itertools import combinations

from hanse.network.wanted.checks_label_paths import dialect_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Role
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.vpns import ldp_groups, path_ends, vpn_members, without_labels_between


def vpns_without_words(network: Network) -> Iterator[Problem]:
    """VPNs at a member, or told by a reflector, that does not know them."""
    reflectors = [node for node in network.nodes.values() if node.takes_part and Role.ROUTE_REFLECTOR in node.roles]
    for vrf, members in vpn_members(network).items():
        concerned = {node.name: node for node in (*members, *(reflectors if len(members) > 1 else ()))}
        for node in concerned.values():
            if dialect_of(network, node) != "frr":
                what = "is a member" if node in members else "reflects its routes"
                yield Problem(
                    ("vrfs", vrf, "vpn"),
                    f"{node.name} {what} and speaks {dialect_of(network, node) or 'nothing that Hanse writes'}: only "
                    "frr knows VPNs, give it a platform with that dialect, or write `vpn: false`",
                )


def vpns_without_labels(network: Network) -> Iterator[Problem]:
    """VPNs with two members between which no labels lead: their routes would lead nowhere."""
    groups = (*ldp_groups(network), *path_ends(network))
    for vrf, members in vpn_members(network).items():
        for one, other in combinations(members, 2):
            if not any({one.name, other.name} <= group for group in groups):
                yield Problem(
                    ("vrfs", vrf, "vpn"),
                    f"no labels lead from {one.name} to {other.name}: write `ldp: true` at the class of the links "
                    "between them, or a label path",
                )


def vpns_beside_labels(network: Network) -> Iterator[Problem]:
    """VPNs with packets that OSPF leads over links without labels, though there is a way with labels."""
    for vrf, members in vpn_members(network).items():
        for one, other, over in without_labels_between(network, tuple(node.name for node in members)):
            yield Problem(
                ("vrfs", vrf, "vpn"),
                f"a shortest way from {one} to {other} goes by {over}, which has no labels, and packets would be lost "
                f"there: write `ldp: true` at its class, give {over} a higher cost, or lead a label path",
            )


def vpns_that_leak(network: Network) -> Iterator[Problem]:
    """VPNs that take routes from another table of a router or give some: FRR knows one of the two for a table."""
    for vrf, members in vpn_members(network).items():
        wanted = network.vrfs[vrf]
        takers = [
            name for name, other in network.vrfs.items() if any(leak.source == vrf for leak in other.leaks.values())
        ]
        if members and (wanted.leaks or wanted.shared or takers):
            what = "leaks" if wanted.leaks else "shared routes" if wanted.shared else f"a leak into {takers[0]}"
            yield Problem(
                ("vrfs", vrf, "vpn"),
                f"it has {what}, and a table of FRR has either leaks or a VPN: take one of the two away",
            )
