"""What one router has to be, in words that hold for every vendor. Templates see this and nothing else.

`why` names the wanted object that a value comes from, as a path: "links.ring-1". It stands in the rendered text
where the dialect has comments, and in `hanse derive`.
"""

from dataclasses import dataclass
from enum import StrEnum

from hanse.network.values.addresses import Address, Family, InterfaceAddress, Prefix
from hanse.network.values.asn import Asn
from hanse.network.wanted.peering import Relationship


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
    parent: str = ""
    vlan: int | None = None
    addresses: tuple[InterfaceAddress, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfInterface:
    """A point-to-point interface on which OSPF speaks."""

    name: str
    cost: int
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
class ImportPolicy:
    """What is taken from an external neighbour; all that is not named here is refused (RFC 8212)."""

    relationship: Relationship
    local_preference: int
    max_prefixes: int  # received; more ends the session
    longest: int  # prefix length; more specific ones are refused
    default_route: bool  # may 0.0.0.0/0 or ::/0 come in
    prefixes: tuple[Prefix, ...] | None  # only these, and more specific ones up to `longest`; None: any
    first_asn: bool  # the path must begin with the neighbour's AS; not so at a route server


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPolicy:
    """What an external neighbour is told; all that is not named here stays here (RFC 8212)."""

    relationship: Relationship
    tells: tuple[Relationship, ...]  # whose routes besides our own
    default_route: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSession:
    """An eBGP session of one address family."""

    name: str  # unique on the router: letters, digits and '_' only
    family: Family
    local_address: Address
    remote_address: Address
    remote_asn: Asn
    imports: ImportPolicy
    exports: ExportPolicy
    enabled: bool
    hold: int  # seconds
    password: str  # `@secret(NAME)@` or empty
    description: str
    interface: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalSession:
    """An iBGP session of one address family between two loopbacks."""

    name: str
    family: Family
    local_address: Address
    remote_address: Address
    remote_node: str
    is_client: bool  # the other end is our route reflector client (RFC 4456)
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSpec:
    """BGP of a router. What is ours is told to others only where `origins` is not empty: at the borders."""

    asn: Asn
    internal: tuple[InternalSession, ...]
    external: tuple[ExternalSession, ...]
    origins: tuple[Prefix, ...]
    own_space: tuple[Prefix, ...]
    bogon_prefixes: tuple[Prefix, ...]
    bogon_asns: tuple[tuple[int, int], ...]  # first and last, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSpec:
    """Everything that one router has to be."""

    name: str
    domain: str
    number: int
    site: str
    platform: str
    driver: str
    dialect: str  # empty: nothing is written for it
    router_id: str
    source_addresses: tuple[Address, ...]  # one a family: the source of what the router sends itself
    interfaces: tuple[InterfaceSpec, ...]
    ospf: OspfSpec
    bgp: BgpSpec
