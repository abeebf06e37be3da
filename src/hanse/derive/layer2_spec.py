"""What an interface is made of, below its addresses."""

from dataclasses import dataclass
from enum import StrEnum


class InterfaceKind(StrEnum):
    """What an interface is to the kernel."""

    LOOPBACK = "loopback"
    PHYSICAL = "physical"
    VLAN = "vlan"
    BOND = "bond"
    BRIDGE = "bridge"
    VETH = "veth"
    DUMMY = "dummy"
    VRF = "vrf"
    VXLAN = "vxlan"
    TUNNEL = "tunnel"  # made by what carries it: see the router's tunnels
    MESH = "mesh"  # B.A.T.M.A.N. Advanced


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeVlans:
    """The VLANs of a VLAN-aware bridge, or of one of its ports (IEEE 802.1Q, section 6.9)."""

    untagged: int | None = None  # frames without a tag belong to this VLAN; None: there are none
    tagged: tuple[int, ...] = ()  # in order
