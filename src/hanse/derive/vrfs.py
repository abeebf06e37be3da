"""The routing tables of a Linux router beside the global one: who is in them, what OSPF does there, what they share."""

import re
from collections.abc import Iterable, Iterator

from hanse.derive.around import Surroundings
from hanse.derive.labels import vpn
from hanse.derive.layer2_spec import InterfaceKind
from hanse.derive.ospf import link_ospf
from hanse.derive.ospf_spec import OspfSpec, OspfStub
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.derive.vrf_spec import LeakSpec, RouteSpec, VrfSpec
from hanse.network.wanted.inherited import vrf_of
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.nodes import Node, NodeStatus
from hanse.network.wanted.vrfs import FIRST_TABLE, Vrf, device_of


def vrf_devices(around: Surroundings, node: Node) -> Iterator[InterfaceSpec]:
    """Yield the interfaces that stand for the tables of `node`, by name."""
    for vrf in _used(around, node):
        yield InterfaceSpec(
            name=device_of(vrf.name),
            role=InterfaceRole.VRF,
            kind=InterfaceKind.VRF,
            why=f"vrfs.{vrf.name}",
            description=vrf.description,
        )


def vrfs(around: Surroundings, node: Node, interfaces: Iterable[InterfaceSpec]) -> tuple[VrfSpec, ...]:
    """Return the tables of `node`, by name; `interfaces` are all of the router."""
    used = _used(around, node)
    there = {vrf.name for vrf in used}
    found = tuple(interfaces)
    return tuple(
        VrfSpec(
            name=vrf.name,
            device=device_of(vrf.name),
            table=FIRST_TABLE + (vrf.number or 0),
            interfaces=tuple(one.name for one in found if one.vrf == device_of(vrf.name)),
            ospf=_ospf(around, node, vrf, found),
            routes=routes(node, vrf.name),
            leaks=tuple(_leaks(vrf, there)),
            vpn=vpn(around.network, node, vrf),
            why=f"vrfs.{vrf.name}",
        )
        for vrf in used
    )


def routes(node: Node, vrf: str) -> tuple[RouteSpec, ...]:
    """Return the routes fixed by hand in one table of `node`; without a name, in the global one."""
    return tuple(
        RouteSpec(prefix=route.prefix, via=route.via, interface=route.port, why=f"nodes.{node.name}.routes.{name}")
        for name, route in sorted(node.routes.items())
        if route.vrf == vrf
    )


def shared_leaks(around: Surroundings, node: Node) -> tuple[LeakSpec, ...]:
    """Return what the global table of `node` takes from the others, by their names."""
    return tuple(
        LeakSpec(
            name=_symbol(f"global_{vrf.name}"),
            source=vrf.name,
            prefixes=vrf.shared,
            why=f"vrfs.{vrf.name}.shared",
        )
        for vrf in _used(around, node)
        if vrf.shared
    )


def _used(around: Surroundings, node: Node) -> tuple[Vrf, ...]:
    """Return the tables that something of `node` is in, by name; none where the router is not Linux."""
    if not is_linux(around.network, node):
        return ()
    names = {
        *(port.vrf for port in node.ports.values()),
        *(route.vrf for route in node.routes.values()),
        *(connection.vrf for connection in around.connections.get(node.name, ())),
        *(vrf_of(around.network, session) for session in around.sessions.get(node.name, ())),
        *(segment.vrf for segment in around.segments.get(node.name, ())),
        *(here.mine.vrf for here in around.tunnels.get(node.name, ())),
    }
    found = (around.network.vrfs[name] for name in sorted(names) if name in around.network.vrfs)
    return tuple(vrf for vrf in found if vrf.number is not None)


def _leaks(vrf: Vrf, there: set[str]) -> Iterator[LeakSpec]:
    """Yield what the table takes from the global one and from those that are on the router too."""
    for name, leak in sorted(vrf.leaks.items()):
        if not leak.source or leak.source in there:
            yield LeakSpec(
                name=_symbol(f"{vrf.name}_{name}"),
                source=leak.source,
                prefixes=leak.prefixes,
                why=f"vrfs.{vrf.name}.leaks.{name}",
            )


def _ospf(around: Surroundings, node: Node, vrf: Vrf, interfaces: tuple[InterfaceSpec, ...]) -> OspfSpec:
    """Return OSPF of one table: it speaks on links; the networks of its other interfaces are told as stubs."""
    inside = [one for one in interfaces if one.vrf == device_of(vrf.name)]
    return OspfSpec(
        interfaces=tuple(
            link_ospf(around, node, link, end)
            for link, end in around.links.get(node.name, ())
            if node.ports[link.ends[end].port].vrf == vrf.name
        ),
        stubs=tuple(
            OspfStub(prefix=address.network, why=one.why)
            for one in inside
            if one.role not in {InterfaceRole.LINK, InterfaceRole.EXCHANGE, InterfaceRole.MANAGEMENT}
            for address in one.addresses
        ),
        max_metric=node.status is NodeStatus.MAINTENANCE,
    )


def _symbol(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "_", text)
