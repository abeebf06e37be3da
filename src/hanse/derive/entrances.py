"""Where others come in to a router, and from which addresses they may: by the trust in who is at the other end."""

from collections.abc import Iterator
from ipaddress import ip_network

from hanse.derive.around import Surroundings
from hanse.derive.firewall_spec import Entrance, Source
from hanse.derive.interfaces import interfaces
from hanse.derive.spec import DeviceSpec, InterfaceRole, InterfaceSpec
from hanse.network.wanted.links import Link
from hanse.network.wanted.memberships import runs_at
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.services import Trust
from hanse.network.wanted.tunnel_names import interface_of
from hanse.network.wanted.tunnels import Tunnel
from hanse.network.wanted.vrfs import StaticRoute

Way = Link | Tunnel


def entrances(around: Surroundings, node: Node, spec: DeviceSpec) -> Iterator[Entrance]:
    """Yield the interfaces of `node` at whose other end somebody else is, in the order of the spec."""
    spoken = {session.interface for session in spec.bgp.external}
    links = {link.ends[end].port: (link, link.ends[1 - end].node) for link, end in around.links.get(node.name, ())}
    tunnels = {interface_of(here.tunnel): (here.tunnel, here.yours.name) for here in around.tunnels.get(node.name, ())}
    for interface in spec.interfaces:
        match interface.role:
            case InterfaceRole.EXCHANGE:
                yield Entrance(interface=interface.name, sources=_connected(interface), why=interface.why)
            case InterfaceRole.DIRECT:
                yield Entrance(
                    interface=interface.name,
                    only=interface.name not in spoken,
                    sources=(*_connected(interface), *_routed(node, interface)),
                    why=interface.why,
                )
            case InterfaceRole.SEGMENT if interface.addresses:
                yield Entrance(interface=interface.name, only=True, sources=_connected(interface), why=interface.why)
            case InterfaceRole.LINK:
                yield from _over_way(around, node, *links[interface.name], interface)
            case InterfaceRole.TUNNEL:
                yield from _over_way(around, node, *tunnels[interface.name], interface)
            case _:
                continue


def _connected(interface: InterfaceSpec) -> tuple[Source, ...]:
    return tuple(Source(prefix=address.network, why=interface.why) for address in interface.addresses)


def _routed(node: Node, interface: InterfaceSpec) -> Iterator[Source]:
    """Yield the networks that routes fixed by hand lead to behind an interface."""
    for route in node.routes.values():
        by_address = route.via is not None and any(
            route.via.version == address.version and route.via in address.network for address in interface.addresses
        )
        if route.port == interface.name or by_address:
            yield Source(prefix=route.prefix, why=_why_routed(node, route))


def _over_way(around: Surroundings, node: Node, way: Way, far: str, interface: InterfaceSpec) -> Iterator[Entrance]:
    """Yield a link or tunnel that leaves the inside, with all that stands behind it.

    Of one that lies on a ring nothing can be said: everything of ours may come in there.
    """
    if around.network.link_classes[way.link_class].trust is not Trust.OUTSIDE:
        return
    behind = nodes_behind(around, far, way)
    if node.name not in behind:
        sources = dict.fromkeys(source for name in sorted(behind) for source in _networks_of(around, name))
        yield Entrance(interface=interface.name, sources=tuple(sources), why=interface.why)


def nodes_behind(around: Surroundings, far: str, without: Way) -> frozenset[str]:
    """Return the routers that `far`, one end of a link or tunnel, reaches without it, by links and tunnels."""
    found: set[str] = set()
    to_see = [far]
    while to_see:
        name = to_see.pop()
        if name not in found:
            found.add(name)
            to_see += [there for way, there in _ways(around, name) if way is not without]
    return frozenset(found)


def _ways(around: Surroundings, name: str) -> Iterator[tuple[Way, str]]:
    """Yield a router's links and tunnels, each with the router at its other end."""
    for link, end in around.links.get(name, ()):
        yield link, link.ends[1 - end].node
    for here in around.tunnels.get(name, ()):
        yield here.tunnel, here.yours.name


def _networks_of(around: Surroundings, name: str) -> Iterator[Source]:
    """Yield the networks that stand at a router: its own addresses, its links, what is plugged in, its services."""
    node = around.network.nodes[name]
    for interface in interfaces(around, node):
        if interface.role is not InterfaceRole.MANAGEMENT:
            for address in interface.addresses:
                yield Source(prefix=address.network, why=interface.why)
    for route in node.routes.values():
        yield Source(prefix=route.prefix, why=_why_routed(node, route))
    for service in around.network.anycasts.values():
        for told in service.addresses if runs_at(service, node) else ():
            yield Source(prefix=ip_network(told), why=f"anycasts.{service.name}")


def _why_routed(node: Node, route: StaticRoute) -> str:
    return f"nodes.{node.name}.routes.{route.name}"
