"""What OSPF has to be on a router, once for the global table and once for each other one."""

from dataclasses import dataclass

from hanse.network.values.addresses import Prefix


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
    max_metric: bool = False  # a stub router (RFC 6987): every interface has the highest cost, its own stay near
