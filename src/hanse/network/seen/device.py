"""A device and its interfaces, neighbours and routes as it reports them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hanse.network.values.addresses import Address, InterfaceAddress, Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDevice:
    """What a device says of itself."""

    hostname: str
    vendor: str
    model: str
    os_version: str
    serial_number: str = ""
    uptime: timedelta | None = None
    versions: tuple[tuple[str, str], ...] = ()  # (software, version), by software


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInterface:
    """One interface; `is_up` is what it carries now, `is_enabled` what it was told."""

    name: str
    is_enabled: bool
    is_up: bool
    mtu: int | None = None
    mac: str = ""
    speed: int | None = None  # Mbit/s
    description: str = ""
    kind: str = ""  # what the device made it as: vlan, bond, bridge, vrf, ...; empty: it is screwed on, or nobody says
    master: str = ""  # the bond, bridge or table that it is in
    addresses: tuple[InterfaceAddress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRoute:
    """One route of the device's forwarding table."""

    prefix: Prefix
    via: Address | None = None
    interface: str = ""
    protocol: str = ""
    metric: int | None = None


class OspfState(StrEnum):
    """The neighbour states of RFC 2328, section 10.1."""

    DOWN = "down"
    ATTEMPT = "attempt"
    INIT = "init"
    TWO_WAY = "2-way"
    EXSTART = "exstart"
    EXCHANGE = "exchange"
    LOADING = "loading"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLabel:
    """What a router does with packets that come in with a label (RFC 3031)."""

    label: int
    out: tuple[int, ...]  # those they go on with, the outermost first; empty: it is taken off
    via: Address | None  # None: the interface alone, as of a VPN's table
    interface: str
    protocol: str  # who told the kernel: static, ldp, bgp, bird


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOspfNeighbour:
    """An OSPF neighbour, told apart by version, interface and its router ID."""

    version: int  # 2 or 3
    interface: str
    router_id: str
    address: Address | None = None
    state: OspfState
    since: datetime | None = None  # when the adjacency entered this state, where the device tells


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLldpNeighbour:
    """What is at the other end of the cable, by LLDP (IEEE 802.1AB)."""

    interface: str
    remote_system: str
    remote_port: str
