"""What a router has to know of the anycast services that run on it."""

from dataclasses import dataclass

from hanse.network.values.addresses import Address
from hanse.network.wanted.anycast import Asks, Teller


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """How a service is asked whether it is well; times are seconds."""

    kind: Asks
    address: Address
    port: int
    path: str  # asked for by http
    question: str  # asked for by dns
    interval: float
    timeout: float
    fall: int  # bad answers in a row until it is withdrawn
    rise: int  # good answers in a row until it is told
    hold: float  # how long it stays withdrawn at least; twice as long each time it falls again soon
    longest_hold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnycastSpec:
    """A service that runs here: its addresses are on the router, and told to others, while it is well."""

    name: str
    addresses: tuple[Address, ...]  # IPv4 before IPv6
    speaker: Teller
    check: CheckSpec
    why: str
