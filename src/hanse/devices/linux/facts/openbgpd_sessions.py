"""BGP sessions as OpenBGPD tells of them, in `bgpctl -j show neighbor`."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final

from hanse.devices.linux.facts.bird_time import NOW, read_now
from hanse.devices.linux.facts.fact import NotUnderstood
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import family_of
from hanse.network.values.asn import Asn

MARK: Final = "#= openbgpd"  # what others say stands before it
QUESTION: Final = (
    f"if [ -S /run/openbgpd/bgpd.sock.0 ]; then echo '{MARK}'; {NOW}; bgpctl -j show neighbor 2>/dev/null; fi; true"
)
NEVER: Final = "0.0.0.0"  # a router ID that is not known yet
NOT_YET: Final = "Never"  # it was never up
STATES: Final = {
    "Idle": BgpState.IDLE,
    "Connect": BgpState.CONNECT,
    "Active": BgpState.ACTIVE,
    "OpenSent": BgpState.OPEN_SENT,
    "OpenConfirm": BgpState.OPEN_CONFIRM,
    "Established": BgpState.ESTABLISHED,
}


def parted(out: str) -> tuple[str, str]:
    """Return what others say, and what OpenBGPD does; the latter empty where it does not run."""
    others, _, answer = out.partition(f"{MARK}\n")
    return others, answer


def read_openbgpd_sessions(answer: str) -> Iterator[SeenSession]:
    """Yield all sessions with one neighbour.

    :raises NotUnderstood:
    """
    first, _, rest = answer.partition("\n")
    if not rest.strip():
        return
    try:
        told = json.loads(rest)["neighbors"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotUnderstood(f"bgpctl: {rest[:200]!r}") from error
    now = read_now(first)
    yield from (_session(one, now) for one in told if "remote_addr" in one)


def _session(told: dict[str, Any], now: datetime) -> SeenSession:
    state = STATES.get(told.get("state", ""), BgpState.IDLE)
    local = told.get("session", {}).get("local", {}).get("address")
    passed = None if told.get("last_updown") == NOT_YET else told.get("last_updown_sec")
    remote_id = str(told.get("bgpid", ""))
    return SeenSession(
        remote_address=ip_address(told["remote_addr"]),
        remote_asn=Asn.parse(str(told.get("remote_as", "0"))),
        local_address=ip_address(local) if local else None,
        remote_id="" if remote_id == NEVER else remote_id,
        state=BgpState.ADMIN_DOWN if told.get("config", {}).get("down") else state,
        since=None if passed is None else now - timedelta(seconds=int(passed)),
        counts=(_counts(told),) if state.carries_routes else (),
        last_error=str(told.get("last_error", "")),
        description=str(told.get("description", "")),
    )


def _counts(told: dict[str, Any]) -> RouteCounts:
    """Return the counts of a session, which carries the family of its addresses; what filters refuse is in them."""
    counted = told.get("stats", {}).get("prefixes", {})
    return RouteCounts(
        family=family_of(ip_address(told["remote_addr"])),
        received=counted.get("received"),
        accepted=counted.get("received"),
        advertised=counted.get("sent"),
    )
