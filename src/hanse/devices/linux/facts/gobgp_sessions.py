"""BGP sessions as GoBGP tells of them, in `gobgp neighbor -j`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final

from hanse.devices.linux.facts.fact import NotUnderstood
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn

MARK: Final = "#= gobgp"  # what others say stands before it
QUESTION: Final = f"if [ -e /etc/gobgpd.conf ]; then echo '{MARK}'; gobgp neighbor -j 2>/dev/null; fi; true"
FAMILIES: Final = {1: Family.IPV4, 2: Family.IPV6}  # address family numbers of IANA
UNICAST: Final = 1
STATES: Final = {
    1: BgpState.IDLE,
    2: BgpState.CONNECT,
    3: BgpState.ACTIVE,
    4: BgpState.OPEN_SENT,
    5: BgpState.OPEN_CONFIRM,
    6: BgpState.ESTABLISHED,
}
SWITCHED_OFF: Final = 1  # `admin_state`


def parted(out: str) -> tuple[str, str]:
    """Return what others say, and what GoBGP does; the latter empty where it does not run."""
    others, _, answer = out.partition(f"{MARK}\n")
    return others, answer


def read_gobgp_sessions(answer: str) -> Iterator[SeenSession]:
    """Yield all sessions with one neighbour.

    :raises NotUnderstood:
    """
    if not answer.strip():
        return
    try:
        told = json.loads(answer)
    except ValueError as error:
        raise NotUnderstood(f"gobgp: {answer[:200]!r}") from error
    yield from (_session(one) for one in told or ())


def _session(told: dict[str, Any]) -> SeenSession:
    state = STATES.get(told["state"].get("session_state", 0), BgpState.IDLE)
    local = told.get("transport", {}).get("local_address")
    return SeenSession(
        remote_address=ip_address(told["conf"]["neighbor_address"]),
        remote_asn=Asn(int(told["conf"].get("peer_asn", 0))),
        local_asn=Asn(int(told["conf"].get("local_asn", 0))),
        local_address=ip_address(local) if local else None,
        remote_id=str(told["state"].get("router_id") or ""),
        state=BgpState.ADMIN_DOWN if told["state"].get("admin_state") == SWITCHED_OFF else state,
        since=_since(told, state),
        counts=tuple(_counts(told)) if state.carries_routes else (),
        description=str(told["conf"].get("description", "")),
    )


def _since(told: dict[str, Any], state: BgpState) -> datetime | None:
    word = "uptime" if state.carries_routes else "downtime"
    seconds = (told.get("timers", {}).get("state", {}).get(word) or {}).get("seconds")
    return datetime.fromtimestamp(int(seconds), tz=UTC) if seconds else None


def _counts(told: dict[str, Any]) -> Iterator[RouteCounts]:
    for table in told.get("afi_safis") or ():
        state = table.get("state", {})
        numbers = state.get("family", {})
        if numbers.get("safi") == UNICAST and numbers.get("afi") in FAMILIES:
            yield RouteCounts(
                family=FAMILIES[numbers["afi"]],
                received=state.get("received", 0),
                accepted=state.get("accepted", 0),
                advertised=state.get("advertised", 0),
            )
