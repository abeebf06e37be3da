"""What our addresses are called in the domain name system: each has one name, and that name has the address.

`core1` is what its public address is called (its loopback, where there is no public pool), `lo.core1` its loopback
beside that, `ring0.core1` what its port ring0 carries. All are within the network's domain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hanse.derive.addressing import own_addresses
from hanse.derive.around import surroundings
from hanse.derive.interfaces import interfaces
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.network.errors import WantedError
from hanse.network.values.addresses import Address
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node


class NoDomain(WantedError):
    """Names are asked for, and nobody said in which domain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAddress:
    """An address and its name. `why` is the path of the wanted object."""

    name: str  # with the domain, without a dot at the end
    address: Address
    why: str


def named_addresses(network: Network) -> tuple[NamedAddress, ...]:
    """Return every address of a router once, by router and interface. One that several have is the first router's.

    Routers that are not there yet have no names: nobody could reach them.

    :raises NoDomain:
    """
    if not network.network.domain:
        raise NoDomain("the network has no domain: write network.domain, as city.example")
    found: dict[Address, NamedAddress] = {}
    for node in sorted(network.nodes.values(), key=lambda node: node.number):
        if node.status.takes_part:
            for one in _of_node(network, node):
                found.setdefault(one.address, one)
    return tuple(found.values())


def _of_node(network: Network, node: Node) -> Iterator[NamedAddress]:
    own = own_addresses(network, node)
    host = f"{node.name}.{network.network.domain}"
    for interface in interfaces(surroundings(network), node):
        for address in interface.addresses:
            name = host if address.ip in own else f"{label_of(interface)}.{host}"
            yield NamedAddress(name=name, address=address.ip, why=interface.why)


def label_of(interface: InterfaceSpec) -> str:
    """Return what an interface is called as one label: eth0.100 is eth0-100."""
    if interface.role is InterfaceRole.LOOPBACK:
        return "lo"
    return re.sub(r"[^a-z0-9]+", "-", interface.name.lower()).strip("-")[:63].strip("-")
