"""What one router has to be, in words that hold for every vendor. Templates see this and nothing else.

`why` names the wanted object that a value comes from, as a path: "links.ring-1". It stands in the rendered text
where the dialect has comments, and in `hanse derive`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hanse.derive.anycast_spec import AnycastSpec
from hanse.derive.firewall_spec import FirewallSpec
from hanse.derive.label_spec import LabelSpec
from hanse.derive.layer2_spec import BridgeVlans, InterfaceKind
from hanse.derive.ospf_spec import OspfSpec
from hanse.derive.segment_spec import SegmentSpec, VxlanSpec
from hanse.derive.tunnel_spec import TunnelSpec
from hanse.derive.vrf_spec import LeakSpec, RouteSpec, VrfSpec
from hanse.network.values.addresses import Address, Family, InterfaceAddress, Prefix
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.sessions import Relationship, SessionStatus


class InterfaceRole(StrEnum):
    """What an interface is there for."""

    LOOPBACK = "loopback"
    MANAGEMENT = "management"
    LINK = "link"
    TUNNEL = "tunnel"
    EXCHANGE = "exchange"
    DIRECT = "direct"  # addresses fixed by hand: upstreams, customers
    VRF = "vrf"  # stands for a routing table
    SEGMENT = "segment"  # joins hosts, here and elsewhere
    UNUSED = "unused"  # without addresses: it carries others, or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSpec:
    """One interface with its addresses, IPv4 before IPv6."""

    name: str
    role: InterfaceRole
    kind: InterfaceKind = InterfaceKind.PHYSICAL
    why: str
    mac: str = ""  # set on what Hanse makes; a physical interface keeps its own
    found_by: str = ""  # the MAC address of a physical one that gets its name by it
    mtu: int | None = None  # None: the loopback keeps its own
    parent: str = ""  # the interface below, of a VLAN or whatever else is made on top of one
    vlan: int | None = None
    master: str = ""  # the bond or bridge that it is a member of
    members: tuple[str, ...] = ()  # of a bond or a bridge: those that name it their master, in order of their names
    peer: str = ""  # of a veth: its other end
    vrf: str = ""  # the interface that stands for its routing table; empty: the global one
    vlans: BridgeVlans | None = None  # of a VLAN-aware bridge and of its members; None: VLANs mean nothing here
    vxlan: VxlanSpec | None = None  # of an overlay: how it reaches the other members
    addresses: tuple[InterfaceAddress, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySpec:
    """One rule for the routes of a session of one family. Rules are gone through in order; refused is refused.

    A route is meant if it is in `prefixes` (or more specific) and has one of `with_communities`; empty: any.
    """

    name: str
    prefixes: tuple[Prefix, ...] = ()  # of the session's family
    with_communities: tuple[CommunityValue, ...] = ()
    refuse: bool = False  # such routes are refused
    local_preference: int | None = None  # set on routes taken
    med: int | None = None  # set on routes told
    prepend: int = 0  # how often our AS is put before the path
    communities: tuple[CommunityValue, ...] = ()  # put on the route
    text: str = ""  # lines of the router's own language, for templates that want them
    context: Mapping[str, Any] = field(default_factory=dict)  # words of its own for templates
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """What one AS may announce in one family. Its name holds for the whole router."""

    name: str  # as64501_ipv4
    family: Family
    prefixes: tuple[Prefix, ...]  # these, and more specific ones down to `longest`; empty: nothing
    longest: int  # prefix length
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginList:
    """From which ASes routes of one AS may come. Its name holds for the whole router."""

    name: str  # as64501_origins
    asns: tuple[Asn, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPolicy:
    """What is taken from an external neighbour; all that is not named here is refused (RFC 8212)."""

    relationship: Relationship
    local_preference: int
    max_prefixes: int  # received; more ends the session
    longest: int  # prefix length; more specific ones are refused
    default_route: bool  # may 0.0.0.0/0 or ::/0 come in
    prefix_list: PrefixList | None  # only these, and more specific ones up to `longest`; None: any
    first_asn: bool  # the path must begin with the neighbour's AS; not so at a route server
    origin_list: OriginList | None = None  # only routes that come from these; None: from anywhere
    policies: tuple[PolicySpec, ...] = ()  # after all of the above, in order: the last one to set something wins
    communities: tuple[CommunityValue, ...] = ()  # put on all that is taken

    @property
    def prefixes(self) -> tuple[Prefix, ...] | None:
        """Return the prefixes of the list, or None where any may come."""
        return self.prefix_list.prefixes if self.prefix_list else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPolicy:
    """What an external neighbour is told; all that is not named here stays here (RFC 8212)."""

    relationship: Relationship
    tells: tuple[Relationship, ...]  # whose routes besides our own
    default_route: bool = False
    policies: tuple[PolicySpec, ...] = ()  # in order: the last one to set something wins
    communities: tuple[CommunityValue, ...] = ()  # put on all that is told but a default route
    on_default: tuple[CommunityValue, ...] = ()  # put on a default route, on which nothing else is


@dataclass(frozen=True, slots=True, kw_only=True)
class BfdSpec:
    """Bidirectional forwarding detection on a session (RFC 5880)."""

    name: str
    transmit: int  # milliseconds
    receive: int  # milliseconds
    multiplier: int  # packets missed until the neighbour is lost


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSpec:
    """Somebody at the other network."""

    person: str
    email: str
    phone: str
    roles: tuple[str, ...]  # noc, policy, abuse, ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAs:
    """The network at the other end."""

    asn: Asn
    name: str
    as_set: str  # in the IRR; empty: none is known
    contacts: tuple[ContactSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSession:
    """An eBGP session of one address family."""

    name: str  # unique on the router: letters, digits and '_' only
    family: Family
    vrf: str = ""  # the routing table that it feeds; empty: the global one
    local_address: Address
    local_asn: Asn  # differs from that of the router where we speak for another AS of ours
    remote_address: Address
    remote_asn: Asn
    remote: RemoteAs  # who that is
    imports: ImportPolicy  # what is taken
    exports: ExportPolicy  # what is told
    status: SessionStatus  # with what stands above the session taken into account
    enabled: bool  # False: configured, and switched off
    draining: bool = False  # traffic is asked to leave (RFC 8326); `imports` and `exports` say so already
    hold: int  # seconds
    keepalive: int  # seconds
    multihop: int | None = None  # TTL of our packets; None: the neighbour is next door
    ttl_security: int | None = None  # hops away at most (GTSM, RFC 5082)
    passive: bool = False  # we wait for the neighbour to connect
    bfd: BfdSpec | None = None
    password: str  # `@secret(NAME)@` or empty
    description: str
    interface: str  # empty where the way is not one port's
    session: str  # the wanted session's name
    exchange: str = ""  # empty: a direct session
    connection: str = ""  # ours on the exchange
    group: str = ""  # of sessions, empty: none
    service: str = ""  # reference of a contract or ticket
    tags: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalSession:
    """An iBGP session of one address family between two loopbacks."""

    name: str
    family: Family
    local_address: Address
    remote_address: Address
    remote_node: str  # the other router
    is_client: bool  # the other end is our route reflector client (RFC 4456)
    evpn: bool = False  # it tells of members and hosts of segments too (RFC 8365)
    vpn: bool = False  # it tells of the IPv4 routes of VPNs too (RFC 4364)
    takes: tuple[Prefix, ...] = ()  # from an announcer: these and no others; from a collector nothing is taken
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSpec:
    """BGP of a router. What is ours is told to others only where `origins` is not empty: at the borders."""

    asn: Asn  # our AS
    internal: tuple[InternalSession, ...]  # sessions with routers of ours
    external: tuple[ExternalSession, ...]  # sessions with other networks
    origins: tuple[Prefix, ...]  # our prefixes told to others
    own_space: tuple[Prefix, ...]  # our prefixes, which nobody else may announce
    prefix_lists: tuple[PrefixList, ...]  # all that the sessions use, each once, by name
    origin_lists: tuple[OriginList, ...]  # likewise
    bogon_prefixes: tuple[Prefix, ...]  # refused from everybody
    bogon_asns: tuple[tuple[int, int], ...]  # first and last, both included
    aside: tuple[InternalSession, ...] = ()  # of both families, with collectors and announcers, or theirs with routers
    beside: tuple[InternalSession, ...] = ()  # sessions with what speaks BGP on the router itself


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSpec:
    """Everything that one router has to be."""

    name: str  # of the router
    domain: str  # its full name is NAME.DOMAIN
    number: int  # from which its own addresses come
    site: str  # where it stands
    platform: str  # its name
    driver: str  # which Hanse speaks with it by
    dialect: str  # empty: nothing is written for it
    router_id: str  # of BGP and OSPF, written as an IPv4 address
    source_addresses: tuple[Address, ...]  # one a family: the source of what the router sends itself
    interfaces: tuple[InterfaceSpec, ...]  # in order of their names
    ospf: OspfSpec
    bgp: BgpSpec
    segments: tuple[SegmentSpec, ...] = ()  # by name
    anycasts: tuple[AnycastSpec, ...] = ()  # services told from here, by name
    tunnels: tuple[TunnelSpec, ...] = ()  # by name
    labels: LabelSpec = field(default_factory=LabelSpec)  # of the global table
    vrfs: tuple[VrfSpec, ...] = ()  # tables beside the global one, by name
    routes: tuple[RouteSpec, ...] = ()  # fixed by hand in the global table
    leaks: tuple[LeakSpec, ...] = ()  # what the global table takes from others
    tags: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)  # words of the router's own for templates
    firewall: FirewallSpec = field(default_factory=FirewallSpec)  # of the router itself
    missing: tuple[str, ...] = ()  # what registries never told: nothing is written until they do
