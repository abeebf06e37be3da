"""Contradictions among tunnels."""

from collections.abc import Iterable, Iterator

from hanse.network.wanted.linux import LONGEST_NAME, is_linux
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.tunnel_names import interface_of
from hanse.network.wanted.tunnel_sizes import largest_mtu, overhead, underlay_version
from hanse.network.wanted.tunnels import Tunnel, TunnelEnd, TunnelKind


def tunnels_to_nowhere(network: Network) -> Iterator[Problem]:
    """Tunnels at a router that is not there or cannot have them, by a table or of a class that nobody described."""
    for tunnel in network.tunnels.values():
        path = ("tunnels", tunnel.name)
        if tunnel.link_class not in network.link_classes:
            advice = one_of(network.link_classes, tunnel.link_class)
            yield Problem((*path, "link_class"), f"there is no link class {tunnel.link_class!r}: {advice}")
        for end in tunnel.ends.values():
            if end.name not in network.nodes:
                advice = one_of(network.nodes, end.name)
                yield Problem((*path, "ends", end.name), f"there is no node {end.name!r}: {advice}")
            if end.vrf and end.vrf not in network.vrfs:
                advice = one_of(network.vrfs, end.vrf)
                yield Problem((*path, "ends", end.name, "vrf"), f"there is no VRF {end.vrf!r}: {advice}")
            elif end.vrf and tunnel.kind is TunnelKind.IPSEC:
                yield Problem(
                    (*path, "ends", end.name, "vrf"),
                    f"{tunnel.kind} goes by the global table only: leave the VRF out, or take wireguard or openvpn",
                )


def tunnels_by_another_table(network: Network) -> Iterator[Problem]:
    """Tunnels whose end stands in another table than that by which its packets go."""
    connections: dict[str, list[Connection]] = {}
    for connection in network.connections.values() if network.tunnels else ():
        connections.setdefault(connection.node, []).append(connection)
    for tunnel in network.tunnels.values():
        for end in tunnel.ends.values():
            if end.name not in network.nodes or end.vrf not in {"", *network.vrfs}:
                continue
            places = _places(network.nodes[end.name], connections.get(end.name, []), end)
            if places and end.vrf not in places.values():
                yield _by_another_table(tunnel, end, *next(iter(places.items())))


def _places(node: Node, connections: Iterable[Connection], end: TunnelEnd) -> dict[str, str]:
    """Return the ports with the end's address, each with its table; none where another router stands before it."""
    at_ports = {
        port.name: port.vrf for port in node.ports.values() if end.address in {one.ip for one in port.addresses}
    }
    at_exchanges = {
        one.port: one.vrf or node.ports[one.port].vrf
        for one in connections
        if one.port in node.ports and end.address in one.addresses
    }
    return {**at_ports, **at_exchanges}


def _by_another_table(tunnel: Tunnel, end: TunnelEnd, port: str, table: str) -> Problem:
    advice = f"write `vrf: {table}`" if table else "leave the VRF out"
    if table and tunnel.kind is TunnelKind.IPSEC:
        advice = "take an address of that one"
    return Problem(
        ("tunnels", tunnel.name, "ends", end.name, "vrf"),
        f"{end.address} is at port {port}, in {_table(table)}, and the packets go by {_table(end.vrf)}: {advice}",
    )


def _table(vrf: str) -> str:
    return f"VRF {vrf}" if vrf else "the global table"


def tunnels_of_others(network: Network) -> Iterator[Problem]:
    """Tunnels at routers on which Hanse makes no tunnels."""
    for tunnel in network.tunnels.values():
        for end in tunnel.ends.values():
            node = network.nodes.get(end.name)
            platform = network.platforms.get(node.platform) if node else None
            if node and platform and not is_linux(network, node):
                yield Problem(
                    ("tunnels", tunnel.name, "ends", end.name),
                    f"{end.name} is of platform {platform.name}, and Hanse makes tunnels on Linux routers only: "
                    "name a Linux router beside it",
                )


def tunnels_out_of_reach(network: Network) -> Iterator[Problem]:
    """Tunnels whose ends cannot find each other."""
    for tunnel in network.tunnels.values():
        known = [end for end in tunnel.ends.values() if end.address is not None]
        path = ("tunnels", tunnel.name, "ends")
        if not known:
            yield Problem(
                path,
                f"neither {' nor '.join(tunnel.ends)} has an address, so neither can reach the other: "
                "give the one that is not behind NAT its address",
            )
        elif len(known) < len(tunnel.ends) and tunnel.kind.needs_both_addresses:
            hidden = next(end.name for end in tunnel.ends.values() if end.address is None)
            yield Problem(
                (*path, hidden),
                f"{tunnel.kind} needs the addresses of both ends, and {hidden} has none: "
                "give it one, or take wireguard or openvpn, which wait for an end behind NAT",
            )
        elif len({end.address.version for end in known if end.address}) > 1:
            yield Problem(path, "one end has an IPv4 address and the other an IPv6 one: give both one of the same kind")
        elif len(known) > 1 and known[0].address == known[1].address:
            yield Problem(path, f"both ends have the address {known[0].address}: each router has its own")


def tunnels_with_one_number(network: Network) -> Iterator[Problem]:
    """Tunnels that would get the same addresses and ports."""
    owner: dict[int, str] = {}
    free = max((tunnel.number for tunnel in network.tunnels.values()), default=-1) + 1
    for tunnel in network.tunnels.values():
        first = owner.setdefault(tunnel.number, tunnel.name)
        if first != tunnel.name:
            yield Problem(
                ("tunnels", tunnel.name, "number"),
                f"{tunnel.number} is the number of {first}: take another one, {free} is free",
            )


def tunnels_without_a_name(network: Network) -> Iterator[Problem]:
    """Tunnels whose interface cannot be called so, or is there already."""
    for tunnel in network.tunnels.values():
        interface = interface_of(tunnel)
        path = ("tunnels", tunnel.name)
        if len(interface) > LONGEST_NAME:
            room = LONGEST_NAME - (len(interface) - len(tunnel.name))
            yield Problem(
                path,
                f"its interface {interface} would have {len(interface)} characters, and Linux takes {LONGEST_NAME}: "
                f"call a tunnel of this kind something of {room} characters or fewer",
            )
        elif "." in tunnel.name:
            yield Problem(path, f"its interface {interface} would be taken for a VLAN: call it something without dots")
        yield from _taken(network, tunnel, interface)


def _taken(network: Network, tunnel: Tunnel, interface: str) -> Iterator[Problem]:
    for end in tunnel.ends.values():
        node = network.nodes.get(end.name)
        if node and interface in {*node.ports, node.management.port}:
            yield Problem(
                ("tunnels", tunnel.name, "ends", end.name),
                f"{end.name} has a port {interface} already: call the tunnel or the port something else",
            )


def tunnels_twice(network: Network) -> Iterator[Problem]:
    """Tunnels that nobody could tell apart on the wire: GRE between the same two addresses."""
    owner: dict[frozenset[str], str] = {}
    for tunnel in network.tunnels.values():
        if not tunnel.kind.needs_both_addresses:
            continue
        pair = frozenset(f"{end.name} {end.address}" for end in tunnel.ends.values())
        first = owner.setdefault(pair, tunnel.name)
        if first != tunnel.name:
            yield Problem(
                ("tunnels", tunnel.name, "ends"),
                f"{first} goes between the same two addresses already: give one of the two other addresses",
            )


def tunnels_above_underlay(network: Network) -> Iterator[Problem]:
    """Tunnels whose packets do not fit into those of the network that they go through."""
    for tunnel in network.tunnels.values():
        link_class = network.link_classes.get(tunnel.link_class)
        most = largest_mtu(network, tunnel)
        if link_class and link_class.mtu > most:
            taken = overhead(tunnel.kind, underlay_version(tunnel))
            yield Problem(
                ("tunnels", tunnel.name, "link_class"),
                f"class {link_class.name} has an MTU of {link_class.mtu}, and through {tunnel.kind} over packets of "
                f"{most + taken} octets goes one of {most} (it takes {taken}): take a class that fits",
            )


def tunnels_without_cost(network: Network) -> Iterator[Problem]:
    """Tunnels that OSPF cannot compare with other ways."""
    for tunnel in network.tunnels.values():
        link_class = network.link_classes.get(tunnel.link_class)
        if link_class and tunnel.cost is None and link_class.cost is None and link_class.capacity is None:
            yield Problem(
                ("tunnels", tunnel.name),
                f"neither it nor its class {link_class.name} has a cost: give one of the two a cost, "
                "or the class its capacity",
            )
