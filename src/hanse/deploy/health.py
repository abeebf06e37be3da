"""What was up on a router before and after a deployment, and the harm between the two."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from hanse.derive.expected import WantedNeighbour, WantedSession
from hanse.devices.driver import Abilities, Driver
from hanse.network.seen.bgp import GLOBAL_VRF, SeenSession
from hanse.network.seen.device import OspfState, SeenOspfNeighbour
from hanse.network.values.addresses import Address

SessionKey = tuple[str, Address]  # VRF and remote address
NeighbourKey = tuple[int, str, str]  # version, interface, router ID

# Two routers that are neither designated nor backup stay at 2-way for good: RFC 2328 section 10.4.
ADJACENT: Final = frozenset({OspfState.TWO_WAY, OspfState.FULL})
SAME_MOMENT: Final = timedelta(seconds=5)  # devices tell uptimes in whole seconds, counted back from their own now


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is up on a router that answers, and since when it says so (None: it does not say)."""

    sessions: dict[SessionKey, datetime | None] = field(default_factory=dict)
    neighbours: dict[NeighbourKey, datetime | None] = field(default_factory=dict)

    def tree(self) -> dict[str, Any]:
        """Return the same as plain words, for the record."""
        return {
            "sessions": [
                {"session": session_name(key), "since": since.isoformat() if since else None}
                for key, since in sorted(self.sessions.items(), key=lambda item: session_name(item[0]))
            ],
            "neighbours": [
                {"neighbour": neighbour_name(key), "since": since.isoformat() if since else None}
                for key, since in sorted(self.neighbours.items())
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StillWanted:
    """What the new configuration is to keep up, if it was up before. Switched-off sessions are not in it."""

    sessions: frozenset[SessionKey] = frozenset()
    neighbours: frozenset[NeighbourKey] = frozenset()


def still_wanted(sessions: Iterable[WantedSession], neighbours: Iterable[WantedNeighbour] = ()) -> StillWanted:
    """Return what verification insists on, from what is derived for the router."""
    return StillWanted(
        sessions=frozenset((wanted.vrf, wanted.remote_address) for wanted in sessions if wanted.enabled),
        neighbours=frozenset((wanted.version, wanted.interface, wanted.router_id) for wanted in neighbours),
    )


def health_of(driver: Driver, abilities: Abilities) -> Health:
    """Return what is up on the device now; OSPF only where the device reports it.

    :raises Unreachable:
    """
    return health_from(driver.bgp_sessions(), driver.ospf_neighbours() if abilities.neighbours else ())


def health_from(sessions: Iterable[SeenSession], neighbours: Iterable[SeenOspfNeighbour]) -> Health:
    """Return what is up among `sessions` and `neighbours`."""
    return Health(
        sessions={(seen.vrf, seen.remote_address): seen.since for seen in sessions if seen.state.carries_routes},
        neighbours={
            (seen.version, seen.interface, seen.router_id): seen.since for seen in neighbours if seen.state in ADJACENT
        },
    )


def harm_between(before: Health, after: Health | None, wanted: StillWanted) -> tuple[str, ...]:
    """Return a sentence for each thing that was up before, is still wanted, and is not up now.

    `after` is None when the router does not answer. Nothing: no harm.
    """
    if after is None:
        return ("the router does not answer a new connection",)
    lost_neighbours = sorted(before.neighbours.keys() & wanted.neighbours - after.neighbours.keys())
    lost_sessions = sorted(before.sessions.keys() & wanted.sessions - after.sessions.keys(), key=session_name)
    return (
        *(f"the {neighbour_name(key)} was up before and is not now" for key in lost_neighbours),
        *(f"the {session_name(key)} was up before and is not now" for key in lost_sessions),
    )


def restarted_between(before: Health, after: Health) -> tuple[str, ...]:
    """Return the names of what was up before and is up again, but began anew in between."""
    neighbours = [
        neighbour_name(key)
        for key in sorted(before.neighbours.keys() & after.neighbours.keys())
        if _later(before.neighbours[key], after.neighbours[key])
    ]
    sessions = [
        session_name(key)
        for key in sorted(before.sessions.keys() & after.sessions.keys(), key=session_name)
        if _later(before.sessions[key], after.sessions[key])
    ]
    return (*neighbours, *sessions)


def _later(before: datetime | None, after: datetime | None) -> bool:
    return before is not None and after is not None and after - before > SAME_MOMENT


def session_name(key: SessionKey) -> str:
    """Return what people call a session: by its address, and its VRF where it has one.

    >>> from ipaddress import ip_address
    >>> session_name(("global", ip_address("192.0.2.11")))
    'BGP session with 192.0.2.11'
    """
    vrf, address = key
    return f"BGP session with {address}" + ("" if vrf == GLOBAL_VRF else f" in VRF {vrf}")


def neighbour_name(key: NeighbourKey) -> str:
    """Return what people call an OSPF neighbour.

    >>> neighbour_name((3, "eth1", "10.0.0.2"))
    'OSPFv3 neighbour 10.0.0.2 on eth1'
    """
    version, interface, router_id = key
    return f"OSPFv{version} neighbour {router_id} on {interface}"
