"""The network as it is when an edit is drawn, and what an edit can be made of. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any, Final, TypeVar

from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.wanted.files import network_from
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.problems import problems
from hanse.render.text import render
from hanse_lab.places.needs import needs
from hanse_lab.soak.edits import Edit, Tree

Specs = dict[str, DeviceSpec]
T = TypeVar("T")
ROUTED: Final = frozenset({"bird2", "frr"})  # dialects of routers, as against those of speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A network without problems, in all its forms."""

    tree: Tree
    network: Network
    specs: Specs
    offers: frozenset[str]  # features of the kernel that the routers stand on

    def routers(self) -> tuple[Node, ...]:
        """Return the routers that take part and are made by Hanse, by name."""
        return tuple(
            node
            for node in self.network.nodes.values()
            if node.takes_part
            and not node.is_speaker
            and self.network.platforms[node.platform].driver == "linux"
            and self.network.platforms[node.platform].dialect in ROUTED
        )

    def spare_ports(self) -> tuple[tuple[str, str], ...]:
        """Return the physical ports that nothing uses: node and port."""
        used = {(end.node, end.port) for link in self.network.links.values() for end in link.ends}
        used |= {(one.node, one.port) for one in self.network.connections.values()}
        for node in self.routers():
            used |= {(node.name, node.management.port)}
            used |= {(node.name, name) for port in node.ports.values() for name in (*port.members, port.parent)}
        return tuple(
            (node.name, port.name)
            for node in self.routers()
            for port in node.ports.values()
            if port.kind is PortKind.PHYSICAL
            and not (port.parent or port.addresses or port.untagged or port.vrf or port.mac)
            and (node.name, port.name) not in used
        )


Draw = Callable[[Present, Random], Edit | None]  # None: there is nothing to draw here


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of edit."""

    name: str
    weight: int
    draw: Draw
    needs: tuple[str, ...] = ()  # features of the kernel


def seen_in(tree: Tree, offers: frozenset[str]) -> Present | None:
    """Return the network of `tree` in all its forms; None if it is not valid, or cannot be built there."""
    try:
        network = network_from(tree)
        if problems(network) or set(needs(network)) - offers:
            return None
        specs = device_specs(network)
        for spec in specs.values():
            if spec.dialect and not spec.missing:
                render(spec)
    except WantedError:
        return None
    return Present(tree=tree, network=network, specs=specs, offers=offers)


def islands(specs: Specs) -> frozenset[frozenset[str]]:
    """Return the routers, those that reach each other by OSPF together."""
    by_id = {spec.router_id: spec.name for spec in specs.values()}
    near = {
        spec.name: {by_id[one.neighbour] for one in spec.ospf.interfaces if one.neighbour in by_id}
        for spec in specs.values()
    }
    left, groups = set(near), set()
    while left:
        group: set[str] = set()
        border = {min(left)}
        while border:
            group |= border
            border = {other for name in border for other in near[name]} - group
        groups.add(frozenset(group))
        left -= group
    return frozenset(groups)


def one_of(chance: Random, things: Iterable[T]) -> T | None:
    """Return one of `things`; None if there is none."""
    listed = list(things)
    return chance.choice(listed) if listed else None


def free(taken: Iterable[int], first: int = 1) -> int:
    """Return the first number from `first` on that is not taken."""
    used = set(taken)
    return next(number for number in range(first, first + len(used) + 1) if number not in used)


def edit(kind: str, what: str, *changes: Any) -> Edit:
    """Return an edit of these changes."""
    return Edit(kind=kind, what=what, changes=tuple(changes))
