"""What is wanted against what is seen: each session and neighbour gets its condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from hanse.derive.expected import WantedNeighbour, WantedSession
from hanse.derive.label_spec import LabelSwap
from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.seen.device import OspfState, SeenLabel, SeenOspfNeighbour

FULL: Final = frozenset({OspfState.FULL, OspfState.TWO_WAY})  # 2-way is final between others: RFC 2328 section 10.4


class Condition(StrEnum):
    """How one thing stands that is wanted, or seen, or both."""

    UP = "up"  # wanted and working
    DOWN = "down"  # on the router, and not working
    ABSENT = "absent"  # the router answered and does not have it
    UNKNOWN = "unknown"  # the router did not answer
    DISABLED = "disabled"  # wanted switched off, and it is
    UNWANTED = "unwanted"  # the router has it and nobody wants it so


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCondition:
    """One BGP session; one of `wanted` and `seen` may be None. `why` is the reason for what is not as it should be."""

    condition: Condition
    wanted: WantedSession | None
    seen: SeenSession | None
    why: str = ""

    @property
    def since(self) -> datetime | None:
        """Return since when, by the router's word."""
        return self.seen.since if self.seen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourCondition:
    """One OSPF neighbour; one of `wanted` and `seen` may be None."""

    condition: Condition
    wanted: WantedNeighbour | None
    seen: SeenOspfNeighbour | None
    why: str = ""

    @property
    def since(self) -> datetime | None:
        """Return since when, by the router's word."""
        return self.seen.since if self.seen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many are wanted up and how many of them are; `up` is None when nobody knows."""

    wanted: int
    up: int | None

    def __str__(self) -> str:
        return f"{'?' if self.up is None else self.up}/{self.wanted}"


def session_conditions(
    wanted: Iterable[WantedSession], seen: Iterable[SeenSession] | None
) -> tuple[SessionCondition, ...]:
    """Return the condition of each wanted session in order, then what nobody wants, in the router's order.

    `seen` is None when the router did not answer. A session with another AS than wanted is not the wanted one.
    """
    if seen is None:
        return tuple(SessionCondition(condition=Condition.UNKNOWN, wanted=one, seen=None) for one in wanted)
    there = {(found.vrf, found.remote_address): found for found in seen}
    conditions = []
    for one in wanted:
        found = there.get((one.vrf, one.remote_address))
        if found is not None and found.remote_asn == one.remote_asn:
            del there[one.vrf, one.remote_address]
            conditions.append(_session_condition(one, found))
        else:
            conditions.append(_absent_session(one, found))
    return (*conditions, *map(_unwanted_session, there.values()))


def _session_condition(wanted: WantedSession, seen: SeenSession) -> SessionCondition:
    match wanted.enabled, seen.state:
        case True, BgpState.ESTABLISHED:
            condition, why = Condition.UP, ""
        case True, BgpState.ADMIN_DOWN:
            condition, why = Condition.DOWN, "it is switched off on the router"
        case True, _:
            condition, why = Condition.DOWN, seen.last_error
        case False, BgpState.ADMIN_DOWN:
            condition, why = Condition.DISABLED, ""
        case _:
            condition, why = Condition.UNWANTED, "it is wanted switched off and is not"
    return SessionCondition(condition=condition, wanted=wanted, seen=seen, why=why)


def _absent_session(wanted: WantedSession, other: SeenSession | None) -> SessionCondition:
    if other is not None:
        why = f"the router has AS{other.remote_asn} at this address"
        return SessionCondition(condition=Condition.ABSENT, wanted=wanted, seen=None, why=why)
    condition = Condition.ABSENT if wanted.enabled else Condition.DISABLED
    return SessionCondition(condition=condition, wanted=wanted, seen=None)


def _unwanted_session(seen: SeenSession) -> SessionCondition:
    return SessionCondition(condition=Condition.UNWANTED, wanted=None, seen=seen)


def neighbour_conditions(
    wanted: Iterable[WantedNeighbour], seen: Iterable[SeenOspfNeighbour] | None
) -> tuple[NeighbourCondition, ...]:
    """Return the condition of each wanted OSPF neighbour in order, then what nobody wants, in the router's order."""
    if seen is None:
        return tuple(NeighbourCondition(condition=Condition.UNKNOWN, wanted=one, seen=None) for one in wanted)
    there = {(found.version, found.interface, found.router_id): found for found in seen}
    conditions = [
        _neighbour_condition(one, there.pop((one.version, one.interface, one.router_id), None)) for one in wanted
    ]
    unwanted = (NeighbourCondition(condition=Condition.UNWANTED, wanted=None, seen=found) for found in there.values())
    return (*conditions, *unwanted)


def _neighbour_condition(wanted: WantedNeighbour, seen: SeenOspfNeighbour | None) -> NeighbourCondition:
    if seen is None:
        return NeighbourCondition(condition=Condition.ABSENT, wanted=wanted, seen=None)
    if seen.state in FULL:
        return NeighbourCondition(condition=Condition.UP, wanted=wanted, seen=seen)
    return NeighbourCondition(condition=Condition.DOWN, wanted=wanted, seen=seen, why=f"it stands at {seen.state}")


def labels_lacking(wanted: Iterable[LabelSwap], seen: Iterable[SeenLabel]) -> tuple[LabelSwap, ...]:
    """Return the labels of paths with which the router does not do what is wanted, in order."""
    done = {(one.label, one.interface, one.out) for one in seen}
    return tuple(one for one in wanted if (one.label, one.interface, () if one.out is None else (one.out,)) not in done)


def tally(conditions: Iterable[SessionCondition | NeighbourCondition]) -> Tally:
    """Return how many are wanted up and how many are."""
    counted = [
        one.condition
        for one in conditions
        if one.wanted is not None and not (isinstance(one.wanted, WantedSession) and not one.wanted.enabled)
    ]
    unknown = Condition.UNKNOWN in counted
    return Tally(wanted=len(counted), up=None if unknown else counted.count(Condition.UP))
