"""BGP sessions as FRR tells of them, in `show bgp vrf all neighbors json`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final

from hanse.devices.linux.facts.frr import documents
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Address, Family
from hanse.network.values.asn import Asn
from hanse.network.wanted.vrfs import DEVICE

QUESTION: Final = "show bgp vrf all neighbors json"
GLOBAL: Final = "default"  # FRR's name of the global table
NEVER: Final = "0.0.0.0"  # a router ID that is not known yet
FAMILIES: Final = {"ipv4Unicast": Family.IPV4, "ipv6Unicast": Family.IPV6}
STATES: Final = {
    "Idle": BgpState.IDLE,
    "Connect": BgpState.CONNECT,
    "Active": BgpState.ACTIVE,
    "OpenSent": BgpState.OPEN_SENT,
    "OpenConfirm": BgpState.OPEN_CONFIRM,
    "Established": BgpState.ESTABLISHED,
}


def read_frr_sessions(answer: str, now: datetime) -> Iterator[SeenSession]:
    """Yield all sessions with one neighbour.

    :raises NotUnderstood:
    """
    for tables in documents(answer):
        for vrf, table in tables.items():
            for name, told in table.items():
                address = _address(name)
                if address and isinstance(told, dict) and "bgpState" in told:
                    yield _session(vrf, address, told, now)


def _session(vrf: str, address: Address, told: dict[str, Any], now: datetime) -> SeenSession:
    state = STATES.get(told["bgpState"], BgpState.IDLE)
    if told.get("adminShutDown"):
        state = BgpState.ADMIN_DOWN
    remote_id = str(told.get("remoteRouterId", ""))
    return SeenSession(
        vrf=GLOBAL_VRF if vrf == GLOBAL else vrf.removeprefix(DEVICE),
        remote_address=address,
        remote_asn=Asn(int(told.get("remoteAs", 0))),
        local_asn=Asn(int(told["localAs"])) if "localAs" in told else None,
        local_address=_address(str(told.get("hostLocal", ""))) or _address(str(told.get("updateSource", ""))),
        remote_id="" if remote_id == NEVER else remote_id,
        state=state,
        since=_since(told, state, now),
        counts=tuple(_counts(told)) if state.carries_routes else (),
        last_error=_last_error(told, state),
        description=str(told.get("nbrDesc", "")),
    )


def _address(text: str) -> Address | None:
    """Return an address; None for a neighbour that is an interface, and for one that is not known yet."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _since(told: dict[str, Any], state: BgpState, now: datetime) -> datetime | None:
    if state.carries_routes:
        epoch = told.get("bgpTimerUpEstablishedEpoch")
        return datetime.fromtimestamp(int(epoch), tz=now.tzinfo) if epoch else None
    passed = told.get("lastResetTimerMsecs")
    return now - timedelta(milliseconds=int(passed)) if passed is not None else None


def _last_error(told: dict[str, Any], state: BgpState) -> str:
    """Return why it went down last; what came before it was up for the first time says nothing any more."""
    if state.carries_routes and not told.get("connectionsDropped"):
        return ""
    return str(told.get("lastNotificationReason") or told.get("lastResetDueTo") or "")


def _counts(told: dict[str, Any]) -> Iterator[RouteCounts]:
    """Yield the counts of each family; what came before the filters FRR counts for one neighbour at a time only."""
    for name, counted in told.get("addressFamilyInfo", {}).items():
        if name in FAMILIES:
            yield RouteCounts(
                family=FAMILIES[name],
                accepted=counted.get("acceptedPrefixCounter"),
                advertised=counted.get("sentPrefixCounter", 0),
            )
