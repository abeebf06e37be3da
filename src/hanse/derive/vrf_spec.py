"""What a router has to know of its routing tables beside the global one."""

from dataclasses import dataclass

from hanse.derive.label_spec import VpnSpec
from hanse.derive.ospf_spec import OspfSpec
from hanse.network.values.addresses import Address, Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSpec:
    """A route fixed by hand."""

    prefix: Prefix
    via: Address | None  # None: out of the interface, to whoever is there
    interface: str  # empty: whichever leads to `via`
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakSpec:
    """Routes that a table takes from another of the same router."""

    name: str  # unique on the router: letters, digits and '_' only
    source: str  # the VRF that they come from; empty: the global table
    prefixes: tuple[Prefix, ...]  # these, and more specific ones
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VrfSpec:
    """One routing table of a router, beside the global one (RFC 4364, section 3)."""

    name: str  # of the wanted VRF
    device: str  # the interface that stands for it on Linux: vrf-NAME
    table: int  # of the kernel, 1001 to 5000
    interfaces: tuple[str, ...]  # that are in it, by name
    ospf: OspfSpec  # of its own: it speaks on its links, and tells its other networks
    routes: tuple[RouteSpec, ...] = ()  # fixed by hand, in order of their names
    leaks: tuple[LeakSpec, ...] = ()  # what it takes from other tables
    vpn: VpnSpec | None = None  # how other routers of ours are told its routes; None: they are not
    why: str
