"""Contradictions among segments."""

from collections.abc import Iterator
from typing import Final

from hanse.network.values.addresses import Address
from hanse.network.wanted.memberships import bridge_for, bridges_of, members_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.segments import Flooding, Segment, SegmentKind
from hanse.network.wanted.sentences import one_of

VXLAN_OVERHEAD: Final = 50  # octets over IPv4: Ethernet 14, VXLAN 8, UDP 8, IP 20 (RFC 7348 section 4.3)
MESH_OVERHEAD: Final = 32  # octets: the largest header of B.A.T.M.A.N. Advanced with its Ethernet header
LONGEST_NAME: Final = 12  # characters: an interface has 15, and three say what it is


def segments_with_one_number(network: Network) -> Iterator[Problem]:
    """Segments that would get the same VNI."""
    owner: dict[int, str] = {}
    free = max((segment.number for segment in network.segments.values()), default=0) + 1
    for segment in network.segments.values():
        first = owner.setdefault(segment.number, segment.name)
        if first != segment.name:
            yield Problem(
                ("segments", segment.name, "number"),
                f"{segment.number} is the number of {first}: take another one, {free} is free",
            )


def segments_with_long_names(network: Network) -> Iterator[Problem]:
    """Segments whose interfaces would have too long a name."""
    for segment in network.segments.values():
        room = LONGEST_NAME - (segment.kind is SegmentKind.MESH)  # bat- is longer than the others
        if len(segment.name) > room:
            yield Problem(
                ("segments", segment.name),
                f"interfaces are called after it, and have 15 characters: name it with {room} at most",
            )


def segments_of_nobody(network: Network) -> Iterator[Problem]:
    """Segments whose members are not there, or that have none."""
    for segment in network.segments.values():
        for index, name in enumerate(segment.nodes):
            if name not in network.nodes:
                path = ("segments", segment.name, "nodes", str(index))
                yield Problem(path, f"there is no node {name!r}: {one_of(network.nodes, name)}")
        for index, name in enumerate(segment.sites):
            if name not in network.sites:
                path = ("segments", segment.name, "sites", str(index))
                yield Problem(path, f"there is no site {name!r}: {one_of(network.sites, name)}")
        if not members_of(network, segment):
            yield Problem(("segments", segment.name), "it has no member: name routers under `nodes`, or their sites")


def segments_on_one_vlan(network: Network) -> Iterator[Problem]:
    """Segments that would be one wire on the bridge of a router."""
    owner: dict[tuple[str, str, int], str] = {}
    for segment in network.segments.values():
        for node in members_of(network, segment):
            bridge = bridge_for(node, segment)
            if bridge is None or segment.vlan is None:
                continue
            first = owner.setdefault((node.name, bridge.name, segment.vlan), segment.name)
            if first != segment.name:
                yield Problem(
                    ("segments", segment.name, "vlan"),
                    f"{segment.vlan} is the VLAN of {first} on {node.name}:{bridge.name}: take another one",
                )
                break


def segments_over_several_bridges(network: Network) -> Iterator[Problem]:
    """Segments with a VLAN at routers that have more than one VLAN-aware bridge: which one would be a guess."""
    for segment in network.segments.values():
        for node in members_of(network, segment) if segment.vlan is not None else ():
            names = [bridge.name for bridge in bridges_of(node)]
            if len(names) > 1:
                yield Problem(
                    ("segments", segment.name, "vlan"),
                    f"{node.name} has the bridges {' and '.join(names)}: "
                    "make one of them, or take the VLAN from the segment",
                )


def segments_and_their_kind(network: Network) -> Iterator[Problem]:
    """Gateways and addresses to lend where their segment has no use for them, or lacks them."""
    for segment in network.segments.values():
        path = ("segments", segment.name)
        if segment.kind is SegmentKind.BRIDGED and (segment.gateways or segment.dhcp or segment.resolvers):
            yield Problem(
                (*path, "kind"),
                "hosts of a bridged segment are among themselves: gateways, DHCP and resolvers want `kind: access`",
            )
        if segment.kind is SegmentKind.ACCESS and not segment.gateways:
            yield Problem((*path, "gateways"), "hosts of an access segment need a gateway: write one for each family")
        if segment.kind is SegmentKind.MESH and segment.vlan is not None:
            yield Problem((*path, "vlan"), "a mesh goes over no VLAN-aware bridge: take `vlan` away")
        yield from _dhcp(network, segment, path)


def meshes_without_room(network: Network) -> Iterator[Problem]:
    """Meshes with a member whose number leads out of their network: each has the address of its number there."""
    for segment in network.segments.values():
        for node in members_of(network, segment) if segment.kind is SegmentKind.MESH else ():
            for index, address in enumerate(segment.gateways):
                if int(address.ip) + node.number > int(address.network[-1]):
                    yield Problem(
                        ("segments", segment.name, "gateways", str(index)),
                        f"{node.name} has the number {node.number}, and {address} has no address that far: "
                        "write a larger network",
                    )


def _own_addresses(network: Network, segment: Segment) -> Iterator[Address]:
    """Yield the IPv4 addresses that members have themselves."""
    for node in members_of(network, segment):
        for address in segment.gateways:
            if address.version == 4 and segment.kind is SegmentKind.MESH:
                yield address.ip + node.number
            elif address.version == 4:
                yield address.ip


def _dhcp(network: Network, segment: Segment, path: Path) -> Iterator[Problem]:
    if segment.dhcp is None:
        return
    first, last = segment.dhcp.first, segment.dhcp.last
    networks = [one.network for one in segment.gateways if one.version == 4]
    if first.version != 4 or last.version != 4:
        yield Problem((*path, "dhcp"), "IPv4 addresses are lent; IPv6 hosts make their own (`advertise`)")
    elif not any(first in network and last in network for network in networks):
        yield Problem((*path, "dhcp"), f"{first} to {last} lies in no gateway's network: write addresses of one")
    elif int(first) > int(last):
        yield Problem((*path, "dhcp"), f"{first} comes after {last}: write the smaller one first")
    elif any(int(first) <= int(one) <= int(last) for one in _own_addresses(network, segment)):
        yield Problem((*path, "dhcp"), "the gateway's own address is among those lent: begin after it")


def segments_with_too_few_addresses(network: Network) -> Iterator[Problem]:
    """Access segments with fewer addresses to lend than members: each lends a share of its own."""
    for segment in network.segments.values():
        members = len(members_of(network, segment))
        if segment.dhcp is None or segment.dhcp.first.version != segment.dhcp.last.version:
            continue
        count = int(segment.dhcp.last) - int(segment.dhcp.first) + 1
        if 0 < count < members:
            yield Problem(
                ("segments", segment.name, "dhcp"),
                f"{count} addresses are fewer than its {members} members, each of which lends a share: lend more",
            )


def segments_above_links(network: Network) -> Iterator[Problem]:
    """Segments whose packets, with what the overlay adds, do not fit through a link they may take."""
    links = [link for link in network.links.values() if link.link_class in network.link_classes]
    if not links:
        return
    narrow = min(links, key=lambda link: network.link_classes[link.link_class].mtu)
    room = network.link_classes[narrow.link_class].mtu
    for segment in network.segments.values():
        overhead = overhead_of(segment)
        if segment.mtu + overhead > room and len(members_of(network, segment)) > 1:
            yield Problem(
                ("segments", segment.name, "mtu"),
                f"{segment.mtu} and the {overhead} octets of the overlay do not fit through {narrow.name} with its "
                f"MTU of {room}: write {room - overhead} at most, or raise that of class {narrow.link_class}",
            )


def overhead_of(segment: Segment) -> int:
    """Return what the overlay adds to a packet of a host, in octets."""
    return VXLAN_OVERHEAD + (MESH_OVERHEAD if segment.kind is SegmentKind.MESH else 0)


def segments_without_words(network: Network) -> Iterator[Problem]:
    """Segments that a member's platform has no words for."""
    for segment in network.segments.values():
        for node in members_of(network, segment):
            platform = network.platforms.get(node.platform)
            dialect = platform.dialect if platform else ""
            if dialect and dialect not in {"bird2", "frr"}:
                path = ("segments", segment.name)
                yield Problem(path, f"{node.name} speaks {dialect}, and only Linux routers have segments: leave it out")
        if segment.flooding is Flooding.EVPN:
            yield from _without_evpn(network, segment)


def _without_evpn(network: Network, segment: Segment) -> Iterator[Problem]:
    reflectors = [node for node in network.nodes.values() if Role.ROUTE_REFLECTOR in node.roles]
    for node in {node.name: node for node in (*members_of(network, segment), *reflectors)}.values():
        if _dialect(network, node) == "bird2":
            yield Problem(
                ("segments", segment.name, "flooding"),
                f"{node.name} speaks bird2, which knows no EVPN: give it a platform with dialect frr, "
                "or write `flooding: head-end`",
            )


def segments_flooded_two_ways(network: Network) -> Iterator[Problem]:
    """Segments with a list of members where BGP tells of members: FRR then rewrites every list of the router."""
    told = {
        node.name: segment.name
        for segment in network.segments.values()
        if segment.flooding is Flooding.EVPN
        for node in members_of(network, segment)
    }
    for segment in network.segments.values():
        for node in members_of(network, segment) if segment.flooding is Flooding.HEAD_END else ():
            if node.name in told:
                yield Problem(
                    ("segments", segment.name, "flooding"),
                    f"{node.name} is told of the members of {told[node.name]} by EVPN, and FRR does so for all or no "
                    "segments of a router: write `flooding: evpn` for both, or head-end",
                )
                break


def _dialect(network: Network, node: Node) -> str:
    platform = network.platforms.get(node.platform)
    return platform.dialect if platform else ""
