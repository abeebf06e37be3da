"""What a lab consists of: nodes, and the cables between their ports. Pure values, kept as JSON while the lab is up."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_interface

from hanse.network.values.addresses import InterfaceAddress


class Place(StrEnum):
    """Where the routers of a lab stand."""

    HOST = "host"  # in namespaces of this machine
    UML = "uml"  # in namespaces of a guest, whose kernel has what this machine's lacks


class NodeKind(StrEnum):
    """Which side of the network's edge a node is on."""

    ROUTER = "router"  # ours: starts with its management address and nothing else
    NEIGHBOUR = "neighbour"  # of the outside world: comes with its daemon and its addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Plug:
    """A port with a cable in it."""

    node: str
    port: str

    def __str__(self) -> str:
        return f"{self.node}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """Ports that hear each other: two of them, or all ports of an exchange's LAN (`shared`)."""

    name: str
    plugs: tuple[Plug, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPort:
    """A port of a vendor's router."""

    name: str
    mtu: int | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What somebody has configured on a vendor's router before Hanse comes: all but BGP."""

    vendor: str  # which local router stands there: "eos"
    ports: tuple[HandPort, ...]
    frr: str  # its OSPF, in FRR's words
    text: str  # the configuration as the vendor's router shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """One of our routers: its name, and the way to it."""

    name: str
    management_port: str
    management_address: str  # with length: 198.18.0.1/16
    by_hand: ByHand | None = None  # None: a Linux router, on which all is Hanse's

    @property
    def address(self) -> InterfaceAddress:
        """Return the management address with its length."""
        return ip_interface(self.management_address)


class Daemon(StrEnum):
    """What speaks BGP on a neighbour: never the daemon under test."""

    FRR = "frr"
    GOBGP = "gobgp"
    OPENBGPD = "openbgpd"
    EXABGP = "exabgp"
    NONE = "none"  # a host: it speaks with nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPort:
    """A port of a neighbour with its addresses, each with its length."""

    name: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The other end of one BGP session of a neighbour."""

    name: str
    address: str
    local_address: str
    asn: int
    is_ours: bool = True  # one of our routers; else another neighbour
    via_route_server: bool = False  # the other end is a route server: its AS is not in the path (RFC 7947)
    hold: int = 30  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A neighbour: its addresses, its sessions and what it announces."""

    name: str
    daemon: Daemon
    asn: int
    router_id: str
    ports: tuple[SpeakerPort, ...]
    peers: tuple[Peer, ...]
    announces: tuple[str, ...] = ()  # prefixes; the first address of each answers
    path: tuple[int, ...] = ()  # ASes behind this one, in the paths of what it announces
    route_server: bool = False
    back: tuple[tuple[str, str], ...] = ()  # (prefix, via): kernel routes to us, where the daemon installs none


@dataclass(frozen=True, slots=True, kw_only=True)
class LabPlan:
    """A whole lab."""

    routers: tuple[Router, ...]
    speakers: tuple[Speaker, ...]
    cables: tuple[Cable, ...]
    test_addresses: tuple[str, ...] = ()  # far away ones that answer: one a family

    @property
    def nodes(self) -> tuple[Router | Speaker, ...]:
        """Return all nodes, routers first."""
        return (*self.routers, *self.speakers)

    @property
    def node_names(self) -> tuple[str, ...]:
        """Return the names of all nodes, routers first."""
        return tuple(node.name for node in self.nodes)


def plugs_with_carrier(plan: LabPlan, *, cut: frozenset[str], off: frozenset[str]) -> frozenset[Plug]:
    """Return the plugs whose port has carrier.

    `cut` names cables, or single plugs of a shared one; `off` names nodes without power. A cable of two ports with a
    dead node at one end is dark at the other, as a fibre is; a shared one goes on.
    """
    lit: set[Plug] = set()
    for cable in plan.cables:
        dark = cable.name in cut
        if not cable.shared:
            dark = dark or any(plug.node in off or str(plug) in cut for plug in cable.plugs)
        if not dark:
            lit |= {plug for plug in cable.plugs if str(plug) not in cut and plug.node not in off}
    return frozenset(lit)
