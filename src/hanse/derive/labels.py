"""Labels at one router: its share of the static paths, both ways, and the links over which LDP tells it more."""

from collections.abc import Iterator
from ipaddress import ip_network

from hanse.derive.addressing import link_addresses, router_id
from hanse.derive.around import Surroundings
from hanse.derive.label_spec import LabelInterface, LabelPush, LabelSpec, LabelSwap, VpnSpec
from hanse.network.values.addresses import Address
from hanse.network.wanted.label_paths import LABEL_ROOM, LabelPath
from hanse.network.wanted.label_steps import Step, speaks_ldp, steps_of, way_back
from hanse.network.wanted.links import Link, LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, NodeStatus
from hanse.network.wanted.vrfs import Vrf


def labels(around: Surroundings, node: Node) -> LabelSpec:
    """Return the labels of `node`.

    The last router but one takes the label off, so the last one sees plain packets and needs no entry. What comes in at
    a path's start is labelled unless somebody works on the way: then routing leads around it, and entries on the way
    stay for packets that are under way.
    """
    here = [(path, steps_of(around.network, path)) for path in around.label_paths.get(node.name, ())]
    pushes: list[LabelPush] = []
    swaps: list[LabelSwap] = []
    from_frr: set[str] = set()
    for path, steps in here:
        for label, way in ((path.label_there, steps), (path.label_back, way_back(steps))):
            pushes += _push(around, node, path, label, way)
            swaps += _swap(around.network, node, path, label, way)
            from_frr |= _handed_over_by_frr(around.network, node, way)
    return LabelSpec(
        interfaces=tuple(_interfaces(around, node)),
        pushes=tuple(pushes),
        swaps=tuple(swaps),
        from_frr=tuple(sorted(from_frr)),
    )


def label_room(around: Surroundings, link: Link) -> int:
    """Return the octets that labels add to the packets of a link."""
    return LABEL_ROOM if link.name in around.labelled_links else 0


def vpn(network: Network, node: Node, vrf: Vrf) -> VpnSpec | None:
    """Return how `node` tells others the routes of a table that it has; None: they stay its own."""
    if not vrf.vpn or not node.takes_part:
        return None
    return VpnSpec(
        distinguisher=f"{router_id(network, node.number)}:{vrf.number}",
        target=f"{network.network.asn.number}:{vrf.number}",
        why=f"vrfs.{vrf.name}.vpn",
    )


def _interfaces(around: Surroundings, node: Node) -> Iterator[LabelInterface]:
    found = [
        LabelInterface(
            name=link.ends[end].port,
            ldp=speaks_ldp(around.network, link),
            why=around.labelled_links[link.name],
        )
        for link, end in around.links.get(node.name, ())
        if link.name in around.labelled_links
    ]
    yield from sorted(found, key=lambda one: one.name)


def _push(around: Surroundings, node: Node, path: LabelPath, label: int, way: tuple[Step, ...]) -> Iterator[LabelPush]:
    network = around.network
    if way[0].leaves.node == node.name and not _is_worked_on(network, way):
        end = network.nodes[way[-1].enters.node]
        yield LabelPush(
            prefix=ip_network(router_id(network, end.number)),
            via=_next(network, way[0]),
            interface=way[0].leaves.port,
            label=label,
            in_vpn=end.name in around.vpn_members,
            why=f"label_paths.{path.name}",
        )


def _swap(network: Network, node: Node, path: LabelPath, label: int, way: tuple[Step, ...]) -> Iterator[LabelSwap]:
    for step in way[1:]:
        if step.leaves.node == node.name:
            yield LabelSwap(
                label=label,
                via=_next(network, step),
                interface=step.leaves.port,
                out=None if step is way[-1] else label,
                why=f"label_paths.{path.name}",
            )


def _handed_over_by_frr(network: Network, node: Node, way: tuple[Step, ...]) -> set[str]:
    return {
        step.enters.port
        for step in way[1:]
        if step.enters.node == node.name
        and network.platforms[network.nodes[step.leaves.node].platform].dialect == "frr"
    }


def _next(network: Network, step: Step) -> Address:
    """Return the IPv4 address of the router that a step leads to."""
    index = step.link.ends.index(step.enters)
    return next(one.ip for one in link_addresses(network, step.link.number, index) if one.version == 4)


def _is_worked_on(network: Network, way: tuple[Step, ...]) -> bool:
    """Say whether traffic is to leave a link of the way, or a router that it only passes."""
    passed = (network.nodes[step.enters.node] for step in way[:-1])
    return any(step.link.status is LinkStatus.MAINTENANCE for step in way) or any(
        node.status is NodeStatus.MAINTENANCE for node in passed
    )
