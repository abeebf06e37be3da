"""What PeeringDB says, in its own words: the fields keep the names of its API, of which only what is used is kept.

A field without a default is one that every answer has to have. Numbers that end in `_id` are PeeringDB's own keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from hanse.network.values.addresses import Prefix


class PeeringdbKind(StrEnum):
    """A kind of object, as the API calls it, in the order in which they are fetched."""

    ORGANISATION = "org"
    CAMPUS = "campus"
    FACILITY = "fac"
    CARRIER = "carrier"
    NETWORK = "net"
    EXCHANGE = "ix"
    LAN = "ixlan"
    PREFIX = "ixpfx"
    PRESENCE = "netfac"
    MEMBER = "netixlan"
    EXCHANGE_SITE = "ixfac"
    CARRIER_SITE = "carrierfac"
    CONTACT = "poc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company or association."""

    id: int
    updated: datetime
    name: str
    aka: str = ""
    website: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    """Facilities that belong together."""

    id: int
    updated: datetime
    org_id: int
    name: str
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A building in which networks have routers."""

    id: int
    updated: datetime
    org_id: int
    name: str
    campus_id: int | None = None
    aka: str = ""
    website: str = ""
    clli: str = ""
    address1: str = ""
    zipcode: str = ""
    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A company that leads lines to facilities."""

    id: int
    updated: datetime
    org_id: int
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredNetwork:
    """A network with its AS number. `info_prefixes4` and `6` are what it wants as max-prefix; None: it says none."""

    id: int
    updated: datetime
    org_id: int
    asn: int
    name: str
    aka: str = ""
    name_long: str = ""
    website: str = ""
    looking_glass: str = ""
    route_server: str = ""
    irr_as_set: str = ""
    info_type: str = ""
    info_prefixes4: int | None = None
    info_prefixes6: int | None = None
    info_traffic: str = ""
    info_ratio: str = ""
    info_scope: str = ""
    info_unicast: bool = True
    info_ipv6: bool = False
    info_never_via_route_servers: bool = False
    policy_url: str = ""
    policy_general: str = ""
    policy_locations: str = ""
    policy_ratio: bool = False
    policy_contracts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredExchange:
    """An Internet exchange."""

    id: int
    updated: datetime
    org_id: int
    name: str
    aka: str = ""
    name_long: str = ""
    city: str = ""
    country: str = ""
    region_continent: str = ""
    media: str = ""
    website: str = ""
    url_stats: str = ""
    tech_email: str = ""
    tech_phone: str = ""
    policy_email: str = ""
    service_level: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLan:
    """A peering LAN of an exchange. Its `id` is the number that the wanted exchange names as `peeringdb`."""

    id: int
    updated: datetime
    ix_id: int
    name: str = ""
    descr: str = ""
    mtu: int | None = None
    dot1q_support: bool = False
    rs_asn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanPrefix:
    """A prefix of a peering LAN."""

    id: int
    updated: datetime
    ixlan_id: int
    prefix: Prefix
    in_dfz: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A network is in a facility."""

    id: int
    updated: datetime
    net_id: int
    fac_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A network's port on a peering LAN. `speed` is in Mbit/s."""

    id: int
    updated: datetime
    net_id: int
    ix_id: int
    ixlan_id: int
    asn: int
    speed: int = 0
    ipaddr4: IPv4Address | None = None
    ipaddr6: IPv6Address | None = None
    is_rs_peer: bool = False
    bfd_support: bool = False
    operational: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeSite:
    """An exchange can be reached in a facility."""

    id: int
    updated: datetime
    ix_id: int
    fac_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierSite:
    """A carrier leads to a facility."""

    id: int
    updated: datetime
    carrier_id: int
    fac_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicContact:
    """Whom to write to at a network. `visible` is "Public" or "Users"; those that are private are never kept."""

    id: int
    updated: datetime
    net_id: int
    role: str
    visible: str
    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


Entry = (
    Organisation
    | Campus
    | Facility
    | Carrier
    | RegisteredNetwork
    | RegisteredExchange
    | ExchangeLan
    | LanPrefix
    | Presence
    | Member
    | ExchangeSite
    | CarrierSite
    | PublicContact
)
FORMS: Final[Mapping[PeeringdbKind, type[Entry]]] = {
    PeeringdbKind.ORGANISATION: Organisation,
    PeeringdbKind.CAMPUS: Campus,
    PeeringdbKind.FACILITY: Facility,
    PeeringdbKind.CARRIER: Carrier,
    PeeringdbKind.NETWORK: RegisteredNetwork,
    PeeringdbKind.EXCHANGE: RegisteredExchange,
    PeeringdbKind.LAN: ExchangeLan,
    PeeringdbKind.PREFIX: LanPrefix,
    PeeringdbKind.PRESENCE: Presence,
    PeeringdbKind.MEMBER: Member,
    PeeringdbKind.EXCHANGE_SITE: ExchangeSite,
    PeeringdbKind.CARRIER_SITE: CarrierSite,
    PeeringdbKind.CONTACT: PublicContact,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A row that makes no sense, and why. What was known under its key stays."""

    id: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer to one question: `count` rows, of which some are to be kept, some to go, some to be passed over."""

    kind: PeeringdbKind
    entries: tuple[Entry, ...]
    gone: tuple[int, ...] = ()  # the keys of those that are no more
    passed_over: tuple[PassedOver, ...] = ()
    count: int
    as_of: datetime  # when PeeringDB put the answer together


@dataclass(frozen=True, slots=True, kw_only=True)
class LanHere:
    """A peering LAN with its exchange and its prefixes, IPv4 first."""

    lan: ExchangeLan
    exchange: RegisteredExchange
    prefixes: tuple[Prefix, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtExchange:
    """A network's port, with the exchange that it is at."""

    member: Member
    exchange: RegisteredExchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How fresh one kind is. What is refused or failed did not replace what was good."""

    kind: PeeringdbKind
    rows: int = 0
    good_at: datetime | None = None  # when it was last read to its end and taken
    full_at: datetime | None = None  # when that last was everything, and not only what changed
    began_at: datetime | None = None  # of the reading that is under way, or was cut
    position: int = 0  # rows read of that
    refused: str = ""  # why what PeeringDB said last was not taken whole
    refused_at: datetime | None = None
    error: str = ""  # why the last attempt failed
    error_at: datetime | None = None
