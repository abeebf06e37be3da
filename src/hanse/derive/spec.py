"""What one router has to be, in words that hold for every vendor. Templates see this and nothing else.

`why` names the wanted object that a value comes from, as a path: "links.ring-1". It stands in the rendered text
where the dialect has comments, and in `hanse derive`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hanse.network.values.addresses import Address, Family, InterfaceAddress, Prefix
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.sessions import Relationship, SessionStatus


class InterfaceRole(StrEnum):
    """What an interface is there for."""

    LOOPBACK = "loopback"
    MANAGEMENT = "management"
    LINK = "link"
    EXCHANGE = "exchange"
    DIRECT = "direct"  # addresses fixed by hand: upstreams, customers
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSpec:
    """One interface with its addresses, IPv4 before IPv6."""

    name: str
    role: InterfaceRole
    why: str
    mtu: int | None = None  # None: the loopback keeps its own
    parent: str = ""  # of a VLAN: the interface below; else empty
    vlan: int | None = None
    addresses: tuple[InterfaceAddress, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfInterface:
    """A point-to-point interface on which OSPF speaks."""

    name: str
    cost: int  # of the link
    hello: int  # seconds
    dead: int  # seconds
    neighbour: str  # router ID wanted at the other end
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfStub:
    """A network of the router's own that OSPF tells to others without speaking there."""

    prefix: Prefix
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfSpec:
    """OSPFv2 and OSPFv3 of a router, all in area 0 (RFC 2328, RFC 5340)."""

    interfaces: tuple[OspfInterface, ...]
    stubs: tuple[OspfStub, ...]


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
    communities: tuple[CommunityValue, ...] = ()  # put on all that is told


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
    tags: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)  # words of the router's own for templates
    missing: tuple[str, ...] = ()  # what registries never told: nothing is written until they do
