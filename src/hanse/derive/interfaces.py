"""Every interface of a router: loopback, management, ports, tables, segments, tunnels; each after what it needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hanse.derive.addressing import loopbacks_of
from hanse.derive.around import Surroundings
from hanse.derive.layer2_spec import InterfaceKind
from hanse.derive.ports import ports
from hanse.derive.segment_interfaces import above_overlays, overlays
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.derive.tunnels import tunnel_interface
from hanse.derive.vrfs import vrf_devices
from hanse.network.wanted.nodes import Node


def interfaces(around: Surroundings, node: Node) -> tuple[InterfaceSpec, ...]:
    """Return the router's interfaces, in the order in which they can be made."""
    found = (
        _loopback(around, node),
        *ports(around, node),
        *vrf_devices(around, node),
        *overlays(around, node),
        *above_overlays(around, node),
        *(tunnel_interface(around.network, here) for here in around.tunnels.get(node.name, ())),
    )
    return tuple(_in_order(_joined(found)))


def _loopback(around: Surroundings, node: Node) -> InterfaceSpec:
    addresses = loopbacks_of(around.network, node)
    return InterfaceSpec(
        name="lo",
        role=InterfaceRole.LOOPBACK,
        kind=InterfaceKind.LOOPBACK,
        why=f"nodes.{node.name}.number",
        addresses=tuple(sorted(addresses, key=lambda address: address.version)),
    )


def _joined(found: Iterable[InterfaceSpec]) -> tuple[InterfaceSpec, ...]:
    """Return the interfaces with members and masters both known, whichever of the two was said."""
    listed = tuple(found)
    masters = {member: one.name for one in listed for member in one.members}
    masters |= {one.name: one.master for one in listed if one.master}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name, master in masters.items():
        members[master].append(name)
    return tuple(
        replace(one, master=masters.get(one.name, ""), members=tuple(sorted(members.get(one.name, ()))))
        for one in listed
    )


def _in_order(found: Iterable[InterfaceSpec]) -> Iterator[InterfaceSpec]:
    """Yield each interface after those that it is made of, else as they come."""
    waiting = {one.name: one for one in found}

    def with_what_it_needs(name: str) -> Iterator[InterfaceSpec]:
        one = waiting.pop(name, None)
        if one:
            for needed in filter(None, (one.vrf, one.parent, *one.members)):
                yield from with_what_it_needs(needed)
            yield one

    for name in tuple(waiting):
        yield from with_what_it_needs(name)
