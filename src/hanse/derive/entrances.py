"""Where others come in to a router, and from which addresses they may: by the trust in who is at the other end."""

from collections.abc import Iterator

from hanse.derive.around import Surroundings
from hanse.derive.firewall_spec import Entrance, Source
from hanse.derive.interfaces import interfaces
from hanse.derive.spec import DeviceSpec, InterfaceRole, InterfaceSpec
from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import far_end
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.services import Trust


def entrances(around: Surroundings, node: Node, spec: DeviceSpec) -> Iterator[Entrance]:
    """Yield the interfaces of `node` at whose other end somebody else is, in the order of the spec."""
    spoken = {session.interface for session in spec.bgp.external}
    links = {link.ends[end].port: link for link, end in around.links.get(node.name, ())}
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
                yield from _over_link(around, node, links[interface.name], interface)
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
            yield Source(prefix=route.prefix, why=f"nodes.{node.name}.routes.{route.name}")


def _over_link(around: Surroundings, node: Node, link: Link, interface: InterfaceSpec) -> Iterator[Entrance]:
    """Yield a link that leaves the inside, with all that stands behind it.

    Of a link that lies on a ring nothing can be said: everything of ours may come in there.
    """
    if around.network.link_classes[link.link_class].trust is not Trust.OUTSIDE:
        return
    behind = nodes_behind(around, node, link)
    if node.name not in behind:
        sources = dict.fromkeys(source for name in sorted(behind) for source in _networks_of(around, name))
        yield Entrance(interface=interface.name, sources=tuple(sources), why=interface.why)


def nodes_behind(around: Surroundings, node: Node, link: Link) -> frozenset[str]:
    """Return the routers that the far end of `link` reaches without it; on a ring, `node` is one of them."""
    found: set[str] = set()
    to_see = [far_end(link, node).node]
    while to_see:
        name = to_see.pop()
        if name not in found:
            found.add(name)
            others = (other for other, _ in around.links.get(name, ()) if other.name != link.name)
            to_see += [end.node for other in others for end in other.ends]
    return frozenset(found)


def _networks_of(around: Surroundings, name: str) -> Iterator[Source]:
    """Yield the networks that stand at a router: its own addresses, its links, what is plugged in."""
    for interface in interfaces(around, around.network.nodes[name]):
        if interface.role is not InterfaceRole.MANAGEMENT:
            for address in interface.addresses:
                yield Source(prefix=address.network, why=interface.why)
