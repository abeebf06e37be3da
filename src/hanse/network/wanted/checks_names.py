"""Names and MAC addresses of interfaces: none too long for Linux, none twice."""

from collections.abc import Iterator
from typing import Final

from hanse.network.wanted.checks_ports import ports_of
from hanse.network.wanted.linux import LONGEST_NAME, is_linux
from hanse.network.wanted.made_macs import made_mac
from hanse.network.wanted.memberships import is_member, members_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.vrfs import DEVICE, device_of

ROOM: Final = LONGEST_NAME - len(DEVICE)  # characters of a VRF's name
SEGMENT_PREFIXES: Final = ("br-", "gw-", "vx-", "bat-")  # of the interfaces that a segment may need at a member


def names_that_linux_cannot_have(network: Network) -> Iterator[Problem]:
    """Ports of Linux routers with names that its kernel does not take."""
    for node, port, path in ports_of(network):
        if not is_linux(network, node):
            continue
        if len(port.name) > LONGEST_NAME:
            yield Problem(
                path,
                f"an interface of Linux has {LONGEST_NAME} characters at most, and {port.name} has {len(port.name)}: "
                "call it something shorter",
            )
        if "/" in port.name or ":" in port.name:
            yield Problem(path, f"Linux has no interface with '/' or ':' in its name: call {port.name} otherwise")
        if port.name == "lo":
            yield Problem(path, "lo is the loopback, which every router has: remove it, or call it otherwise")


def vrfs_with_long_names(network: Network) -> Iterator[Problem]:
    """VRFs of Linux routers whose interface would have a name that the kernel does not take."""
    used = {vrf for node in network.nodes.values() if is_linux(network, node) for vrf in _vrfs_of(network, node)}
    for vrf in network.vrfs.values():
        if vrf.name in used and (len(vrf.name) > ROOM or "." in vrf.name):
            yield Problem(
                ("vrfs", vrf.name),
                f"on Linux the interface {device_of(vrf.name)} stands for it, with {LONGEST_NAME} characters at most "
                f"and no dot: name it with {ROOM} at most",
            )


def _vrfs_of(network: Network, node: Node) -> set[str]:
    connections = (one.vrf for one in network.connections.values() if one.node == node.name)
    ports = (port.vrf for port in node.ports.values())
    return {*ports, *(route.vrf for route in node.routes.values()), *connections} - {""}


def names_twice(network: Network) -> Iterator[Problem]:
    """Ports that are called as something that Hanse makes at the same router; tunnels look after their own names."""
    for node, port, path in ports_of(network):
        what = _made_for(network, node, port.name)
        if what and is_linux(network, node):
            yield Problem(path, f"{node.name} has {port.name} for {what} already: call this port otherwise")


def _made_for(network: Network, node: Node, name: str) -> str:
    """Return what Hanse makes an interface of this name for; empty: it makes none."""
    first, dash, rest = name.partition("-")
    if f"{first}{dash}" == DEVICE and rest in network.vrfs:
        return f"VRF {rest}"
    segment = network.segments.get(rest)
    if f"{first}{dash}" in SEGMENT_PREFIXES and segment and is_member(node, segment):
        return f"segment {rest}"
    return ""


def macs_twice(network: Network) -> Iterator[Problem]:
    """MAC addresses at two interfaces, as written or as made."""
    owner: dict[str, str] = {}
    for mac, place, path in _macs(network):
        first = owner.setdefault(mac, place)
        if first != place:
            yield Problem(
                path, f"{mac} is the MAC address of {first} too: give this one another name, or mend its `mac`"
            )


def _macs(network: Network) -> Iterator[tuple[str, str, Path]]:
    for node, port, path in ports_of(network):
        place = f"{node.name}:{port.name}"
        if port.mac:
            yield port.mac, place, (*path, "mac")
        elif port.kind is not PortKind.PHYSICAL:
            yield made_mac(node, port.name), place, path
    for segment in network.segments.values():
        for node in members_of(network, segment):
            for first in SEGMENT_PREFIXES:
                name = f"{first}{segment.name}"
                yield made_mac(node, name), f"{node.name}:{name}", ("segments", segment.name)
