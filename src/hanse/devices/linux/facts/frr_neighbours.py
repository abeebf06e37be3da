"""OSPF neighbours as FRR tells of them; each daemon tells of its own version."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final

from hanse.devices.linux.facts.frr import documents
from hanse.network.seen.device import OspfState, SeenOspfNeighbour

QUESTIONS: Final = ("show ip ospf vrf all neighbor json", "show ipv6 ospf6 vrf all neighbor detail json")
DURATION: Final = re.compile(r"(?:(?P<days>\d+)d)?(?P<hours>\d+):(?P<minutes>\d+):(?P<seconds>\d+)")
STATES: Final = {
    "down": OspfState.DOWN,
    "attempt": OspfState.ATTEMPT,
    "init": OspfState.INIT,
    "2-way": OspfState.TWO_WAY,
    "twoway": OspfState.TWO_WAY,
    "exstart": OspfState.EXSTART,
    "exchange": OspfState.EXCHANGE,
    "loading": OspfState.LOADING,
    "full": OspfState.FULL,
}


def read_frr_neighbours(answer: str, now: datetime) -> Iterator[SeenOspfNeighbour]:
    """Yield the neighbours of both versions.

    :raises NotUnderstood:
    """
    for document in documents(answer):
        for name, told in document.items():
            if "neighborState" in told:
                yield _of_version_3(name, told, now)
            for router_id, adjacencies in told.get("neighbors", {}).items():
                yield from (_of_version_2(router_id, one, now) for one in adjacencies)


def _of_version_2(router_id: str, told: dict[str, Any], now: datetime) -> SeenOspfNeighbour:
    passed = told.get("upTimeInMsec")
    return SeenOspfNeighbour(
        version=2,
        interface=str(told.get("ifaceName", "")).partition(":")[0],
        router_id=router_id,
        address=ip_address(told["ifaceAddress"]) if "ifaceAddress" in told else None,
        state=_state(str(told.get("nbrState", ""))),
        since=now - timedelta(milliseconds=int(passed)) if passed is not None else None,
    )


def _of_version_3(name: str, told: dict[str, Any], now: datetime) -> SeenOspfNeighbour:
    """Return what stands under a name as `10.20.0.1%ring0`."""
    passed = DURATION.fullmatch(str(told.get("neighborStateDuration", "")))
    return SeenOspfNeighbour(
        version=3,
        interface=str(told.get("interface", "")),
        router_id=name.partition("%")[0],
        address=ip_address(told["linkLocalAddress"]) if "linkLocalAddress" in told else None,
        state=_state(str(told["neighborState"])),
        since=now - timedelta(**{unit: int(number or 0) for unit, number in passed.groupdict().items()})
        if passed
        else None,
    )


def _state(text: str) -> OspfState:
    return STATES.get(text.partition("/")[0].lower(), OspfState.DOWN)
