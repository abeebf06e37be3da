"""Two looks at one thing in, a change or nothing out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.seen.device import OspfState, SeenInterface, SeenOspfNeighbour

ADJACENT: Final = frozenset({OspfState.FULL, OspfState.TWO_WAY})  # RFC 2328 section 10.4
SAME_MOMENT: Final = timedelta(seconds=5)  # devices count uptimes back in whole seconds


class Change(StrEnum):
    """What happened between two looks."""

    WENT_DOWN = "went down"
    CAME_UP = "came up"
    RESTARTED = "began anew"  # up at both looks, and down in between
    LOST_MOST_ROUTES = "lost most of its routes"
    SWITCHED_OFF = "was switched off"  # on the router, by its configuration
    SWITCHED_ON = "was switched on"
    APPEARED = "appeared"  # the router has it now, not up yet
    VANISHED = "vanished"  # the router does not have it any more
    UNREACHABLE = "stopped answering"
    REACHABLE = "answers again"
    REBOOTED = "was started anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When fewer routes are a change: fewer than the share `kept` of before, and there were `few` or more."""

    kept: float = 0.5
    few: int = 10


DEFAULT_LIMITS: Final = Limits()


def change_between(before: SeenSession, now: SeenSession, limits: Limits = DEFAULT_LIMITS) -> Change | None:
    """Return what happened to a session between two looks."""
    match before.state.carries_routes, now.state.carries_routes:
        case True, False:
            return Change.SWITCHED_OFF if now.state is BgpState.ADMIN_DOWN else Change.WENT_DOWN
        case False, True:
            return Change.CAME_UP
        case True, True if _later(before.since, now.since):
            return Change.RESTARTED
        case True, True if before.accepted >= limits.few and now.accepted < before.accepted * limits.kept:
            return Change.LOST_MOST_ROUTES
        case _:
            return _switched(before.state is not BgpState.ADMIN_DOWN, now.state is not BgpState.ADMIN_DOWN)


def neighbour_change_between(before: SeenOspfNeighbour, now: SeenOspfNeighbour) -> Change | None:
    """Return what happened to an OSPF neighbour between two looks."""
    match before.state in ADJACENT, now.state in ADJACENT:
        case True, False:
            return Change.WENT_DOWN
        case False, True:
            return Change.CAME_UP
        case True, True if before.state is now.state and _later(before.since, now.since):
            return Change.RESTARTED
        case _:
            return None


def interface_change_between(before: SeenInterface, now: SeenInterface) -> Change | None:
    """Return what happened to an interface between two looks."""
    switched = _switched(before.is_enabled, now.is_enabled)
    if switched is not None:
        return switched
    match before.is_up, now.is_up:
        case True, False:
            return Change.WENT_DOWN
        case False, True:
            return Change.CAME_UP
        case _:
            return None


def _switched(was_on: bool, is_on: bool) -> Change | None:
    if was_on == is_on:
        return None
    return Change.SWITCHED_ON if is_on else Change.SWITCHED_OFF


def _later(before: datetime | None, now: datetime | None) -> bool:
    return before is not None and now is not None and now - before > SAME_MOMENT
