"""BGP sessions as a device reports them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hanse.network.values.addresses import Address, Family
from hanse.network.values.asn import Asn

GLOBAL_VRF = "global"


class BgpState(StrEnum):
    """The six states of RFC 4271, section 8.2.2, and a session that is switched off on the device."""

    IDLE = "idle"
    CONNECT = "connect"
    ACTIVE = "active"
    OPEN_SENT = "open sent"
    OPEN_CONFIRM = "open confirm"
    ESTABLISHED = "established"
    ADMIN_DOWN = "administratively down"

    @property
    def carries_routes(self) -> bool:
        """Say whether routes flow in this state."""
        return self is BgpState.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCounts:
    """Routes of one address family on one session; None where the device does not tell."""

    family: Family
    received: int | None = None
    accepted: int | None = None
    advertised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSession:
    """One BGP session on a device, told apart there by VRF and remote address."""

    vrf: str = GLOBAL_VRF
    remote_address: Address
    remote_asn: Asn
    local_asn: Asn | None = None
    local_address: Address | None = None
    remote_id: str = ""  # router ID of the neighbour, empty until it is known
    state: BgpState
    since: datetime | None = None  # when it entered this state, where the device tells
    counts: tuple[RouteCounts, ...] = ()
    last_error: str = ""
    description: str = ""

    @property
    def accepted(self) -> int:
        """Return the routes accepted over all families; 0 where the device does not tell."""
        return sum(count.accepted or 0 for count in self.counts)
