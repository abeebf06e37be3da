"""Contradictions among the ports of a router: what they are, what they are made of, and what fits through them."""

from collections.abc import Iterator
from typing import Final

from hanse.network.wanted.memberships import bridge_for, is_member
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import Port, PortKind
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of

JOINING: Final = frozenset({PortKind.BOND, PortKind.BRIDGE})
# What may be a member of what.
MEMBERS: Final = {
    PortKind.BOND: frozenset({PortKind.PHYSICAL, PortKind.VETH}),
    PortKind.BRIDGE: frozenset({PortKind.PHYSICAL, PortKind.BOND, PortKind.VETH, PortKind.DUMMY}),
}
Where = tuple[Node, Port, Path]


def ports_unlike_their_kind(network: Network) -> Iterator[Problem]:
    """Words at ports of a kind that has no use for them, or lacks them."""
    for _, port, path in ports_of(network):
        if port.parent and port.kind is not PortKind.PHYSICAL:
            yield Problem((*path, "kind"), f"with a parent it is a VLAN, and no {port.kind}: take one of the two away")
        if port.members and port.kind not in JOINING:
            yield Problem((*path, "members"), f"a {port.kind} port has none: write `kind: bond` or `kind: bridge`")
        if port.kind is PortKind.BOND and not port.members:
            yield Problem((*path, "members"), "a bond without members carries nothing: name ports of this router")
        if port.peer and port.kind is not PortKind.VETH:
            yield Problem((*path, "peer"), f"a {port.kind} port has no peer: write `kind: veth`, or take `peer` away")
        if port.mac and (port.kind is not PortKind.PHYSICAL or port.parent):
            yield Problem((*path, "mac"), "only a physical port is found by it: Hanse gives one to what it makes")


def members_that_cannot_be(network: Network) -> Iterator[Problem]:
    """Members of bonds and bridges that are not there, belong to two, or cannot be one."""
    for node, port, path in ports_of(network):
        for index, name in enumerate(port.members if port.kind in JOINING else ()):
            place = (*path, "members", str(index))
            member = node.ports.get(name)
            if member is None:
                advice = one_of(set(node.ports) - {port.name}, name)
                yield Problem(place, f"{node.name} has no port {name!r}: {advice} Or add it under its `ports`")
            elif name == port.name or name in port.members[:index]:
                yield Problem(place, f"{name} stands here twice: a member is another port, named once")
            elif member.kind not in MEMBERS[port.kind] or (member.parent and port.kind is PortKind.BOND):
                what = "VLAN" if member.parent else str(member.kind)
                yield Problem(place, f"a {what} cannot be a member of a {port.kind}: name another port")
            elif member.parent == port.name:
                yield Problem(place, f"{name} is made of {port.name}: it cannot be its member too")
            elif member.addresses or member.vrf or name == node.management.port:
                yield Problem(place, f"{name} carries {port.name} alone: give {_what(member)} to {port.name}")
    yield from _members_of_two(network)


def _what(member: Port) -> str:
    return "its addresses" if member.addresses else "its VRF" if member.vrf else "the management"


def _members_of_two(network: Network) -> Iterator[Problem]:
    owner: dict[tuple[str, str], str] = {}
    for node, port, path in ports_of(network):
        for index, name in enumerate(port.members if port.kind in JOINING else ()):
            first = owner.setdefault((node.name, name), port.name)
            if first != port.name:
                yield Problem(
                    (*path, "members", str(index)),
                    f"{name} is a member of {first} already: take it out of one of the two",
                )


def members_used_otherwise(network: Network) -> Iterator[Problem]:
    """Links and connections at ports that are members: what they carry belongs to the bond or bridge."""
    above = {
        (node.name, name): port.name
        for node, port, _ in ports_of(network)
        for name in (port.members if port.kind in JOINING else ())
    }
    for link in network.links.values():
        for index, end in enumerate(link.ends):
            master = above.get((end.node, end.port))
            if master:
                path = ("links", link.name, "ends", str(index))
                yield Problem(path, f"{end.port} is a member of {master}: write {end.node}:{master}, or a VLAN of it")
    for connection in network.connections.values():
        master = above.get((connection.node, connection.port))
        if master:
            port_path = ("connections", connection.name, "port")
            yield Problem(port_path, f"{connection.port} is a member of {master}: write {master}, or a VLAN of it")


def peers_that_differ(network: Network) -> Iterator[Problem]:
    """Ends of veth pairs that do not name each other."""
    for node, port, path in ports_of(network):
        if port.kind is not PortKind.VETH:
            continue
        peer = node.ports.get(port.peer)
        if not port.peer or peer is None or peer is port:
            advice = one_of(set(node.ports) - {port.name}, port.peer)
            yield Problem((*path, "peer"), f"a veth has its other end at the same router: name that port. {advice}")
        elif peer.kind is not PortKind.VETH or peer.peer != port.name:
            way_out = f"write `kind: veth` and `peer: {port.name}` there"
            yield Problem((*path, "peer"), f"{peer.name} is not its other end: {way_out}")
        elif peer.mtu != port.mtu and port.name < peer.name:
            yield Problem(
                (*path, "mtu"), f"{port.mtu} is not the MTU of the other end {peer.name}, {peer.mtu}: mend one"
            )


def vlans_twice(network: Network) -> Iterator[Problem]:
    """Children of one parent with one VLAN."""
    owner: dict[tuple[str, str, int], str] = {}
    for node, port, path in ports_of(network):
        if port.parent and port.vlan is not None:
            first = owner.setdefault((node.name, port.parent, port.vlan), port.name)
            if first != port.name:
                yield Problem(
                    (*path, "vlan"), f"{port.vlan} is the VLAN of {first} on {port.parent} already: take another one"
                )


def members_that_do_not_fit(network: Network) -> Iterator[Problem]:
    """Bridges whose packets do not fit through a member, and bonds whose members differ from them."""
    for node, port, path in ports_of(network):
        found = [node.ports[name] for name in port.members if name in node.ports and name != port.name]
        if port.kind is PortKind.BOND:
            for member in found:
                if member.mtu != port.mtu:
                    yield Problem(
                        (*path, "mtu"),
                        f"{port.mtu} is not the MTU of its member {member.name}, {member.mtu}: "
                        "a bond and its members have the same, mend one",
                    )
        if port.kind is PortKind.BRIDGE and found:
            smallest = min(found, key=lambda member: member.mtu)
            if port.mtu > smallest.mtu:
                yield Problem(
                    (*path, "mtu"),
                    f"{port.mtu} does not fit through its member {smallest.name} with its MTU of {smallest.mtu}: "
                    f"lower this one, or raise that of {smallest.name}",
                )


def segments_of_ports(network: Network) -> Iterator[Problem]:
    """Segments at ports that are not there, at another router, or go over no bridge of this one."""
    for node, port, path in ports_of(network):
        named = [((*path, "untagged"), port.untagged)] if port.untagged else []
        named += [((*path, "tagged", str(index)), name) for index, name in enumerate(port.tagged)]
        bridge = _bridge(node, port)
        for place, name in named:
            segment = network.segments.get(name)
            if segment is None:
                yield Problem(place, f"there is no segment {name!r}: {one_of(network.segments, name)}")
            elif not is_member(node, segment):
                yield Problem(place, f"{node.name} is no member of {name}: add it to the segment's `nodes`")
            elif "tagged" in place and bridge is None:
                yield Problem(place, f"only ports of a bridge have tags: make {port.name} a member of one")
            elif bridge and bridge_for(node, segment) is not bridge:
                yield Problem(place, f"{name} does not go over {bridge.name}: give the segment a `vlan`")
        if port.untagged and port.untagged in port.tagged:
            yield Problem((*path, "tagged"), f"{port.untagged} goes untagged here: take it out of one of the two")


def _bridge(node: Node, port: Port) -> Port | None:
    bridges = (one for one in node.ports.values() if one.kind is PortKind.BRIDGE)
    return next((one for one in bridges if port.name in one.members), None)


def ports_of(network: Network) -> Iterator[Where]:
    """Yield each port with its router and its path."""
    for node in network.nodes.values():
        for port in node.ports.values():
            yield node, port, ("nodes", node.name, "ports", port.name)
