"""The interfaces of a router: those that are screwed on, and those that are made of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from hanse.network.wanted.fields import Intent, InterfaceAddressField, InterfaceName, MacField, ObjectName, Refers, Text

Mtu = Annotated[int, Ge(576), Le(65535)]  # RFC 791: every IPv4 host takes 576 octets
VlanId = Annotated[int, Ge(1), Le(4094)]  # IEEE 802.1Q


class PortKind(StrEnum):
    """What an interface is. One with a parent is a VLAN of it, and says nothing here."""

    PHYSICAL = "physical"
    BOND = "bond"  # several cables to one neighbour, LACP (IEEE 802.1AX)
    BRIDGE = "bridge"  # VLAN-aware (IEEE 802.1Q)
    DUMMY = "dummy"  # goes nowhere, and is always up
    VETH = "veth"  # one end of a cable within the router


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Intent):
    """An interface. With a parent it is that parent's child: a VLAN. Addresses are those fixed by hand."""

    name: InterfaceName
    kind: Annotated[PortKind, "what it is; a VLAN has a parent instead"] = PortKind.PHYSICAL
    mac: Annotated[MacField, "of a physical port: it is found by this address, and gets its name"] = ""
    mtu: Annotated[Mtu, "octets of the largest packet"] = 1500
    parent: Annotated[Text, "of a VLAN: the port that carries it"] = ""
    vlan: Annotated[VlanId | None, "its number on the parent"] = None
    members: Annotated[tuple[InterfaceName, ...], "of a bond or a bridge: ports of this router"] = ()
    peer: Annotated[Text, "of a veth: its other end, a port of this router"] = ""
    vrf: Annotated[Text, Refers("vrfs"), "its routing table; empty: the global one"] = ""
    untagged: Annotated[Text, Refers("segments"), "whose frames go without a tag here"] = ""
    tagged: Annotated[
        tuple[ObjectName, ...], Refers("segments", in_order=False), "on a bridge: only these go tagged; empty: all"
    ] = ()
    addresses: Annotated[tuple[InterfaceAddressField, ...], "those fixed by hand, with their length"] = ()
    description: Text = ""
