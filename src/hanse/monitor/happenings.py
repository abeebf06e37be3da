"""Two looks at a router in, everything that changed out.

A look that did not come about changes nothing but whether the router answers: its sessions stay as they were last seen.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final, Generic, TypeVar

from hanse.monitor.changes import (
    ADJACENT,
    DEFAULT_LIMITS,
    Change,
    Limits,
    change_between,
    interface_change_between,
    neighbour_change_between,
)
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import GLOBAL_VRF, SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLabel, SeenLldpNeighbour, SeenOspfNeighbour
from hanse.network.values.addresses import Address

Seen = TypeVar("Seen")
GOOD: Final = frozenset({Change.CAME_UP, Change.APPEARED, Change.SWITCHED_ON})  # no error explains these


class Subject(StrEnum):
    """What a change is about."""

    ROUTER = "router"
    SESSION = "BGP session"
    NEIGHBOUR = "OSPF neighbour"
    INTERFACE = "interface"
    LABEL = "label"  # of a label path
    LLDP = "LLDP neighbour"  # it is remembered, and its coming and going is no change of the router


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One change of one thing on one router.

    `at` is when it was seen, `since` when it happened by the router's own word, `why` its last error.
    """

    node: str
    subject: Subject
    name: str  # a session's address, a neighbour's version, interface and ID, an interface, a label; empty: the router
    change: Change
    before: str
    after: str
    why: str
    at: datetime
    since: datetime | None
    routes: tuple[int, int] | None = None  # accepted before and after, where that is what changed

    def __str__(self) -> str:
        what = f"{self.node}: {self.subject} {self.name}" if self.name else self.node
        return f"{what} {self.change}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """What is known of a router: its last answered look's parts, and whether it answered the last time.

    `answered` is None when nobody ever looked, `device` when it never answered: then nothing is a change yet.
    """

    answered: bool | None = None
    device: SeenDevice | None = None
    sessions: tuple[SeenSession, ...] = ()
    neighbours: tuple[SeenOspfNeighbour, ...] = ()
    interfaces: tuple[SeenInterface, ...] = ()
    lldp: tuple[SeenLldpNeighbour, ...] = ()
    labels: tuple[SeenLabel, ...] = ()


def last_seen(before: LastSeen, now: Look | Unanswered) -> LastSeen:
    """Return what is known after `now`; an unanswered look leaves all but `answered` as it was."""
    if isinstance(now, Unanswered):
        return replace(before, answered=False)
    return LastSeen(
        answered=True,
        device=now.device,
        sessions=now.sessions,
        neighbours=now.neighbours,
        interfaces=now.interfaces,
        lldp=now.lldp,
        labels=now.labels,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind(Generic[Seen]):
    """How one kind of thing is told apart, named, compared and worded."""

    subject: Subject
    key: Callable[[Seen], Hashable]
    name: Callable[[Seen], str]
    state: Callable[[Seen], str]
    change: Callable[[Seen, Seen], Change | None]
    came: Callable[[Seen], Change | None]  # of one that was not there before
    gone: Callable[[Seen], Change | None]  # of one that is not there any more
    why: Callable[[Seen], str]
    since: Callable[[Seen], datetime | None]
    routes: Callable[[Seen], int] = lambda seen: 0


def session_name(vrf: str, address: Address) -> str:
    """Return what changes call a BGP session."""
    return f"{address}" + ("" if vrf == GLOBAL_VRF else f" in VRF {vrf}")


def neighbour_name(version: int, interface: str, router_id: str) -> str:
    """Return what changes call an OSPF neighbour."""
    return f"{router_id} on {interface} (OSPFv{version})"


def _sessions(limits: Limits) -> _Kind[SeenSession]:
    return _Kind(
        subject=Subject.SESSION,
        key=lambda seen: (seen.vrf, seen.remote_address),
        name=lambda seen: session_name(seen.vrf, seen.remote_address),
        state=lambda seen: seen.state,
        change=partial(change_between, limits=limits),
        came=lambda seen: Change.CAME_UP if seen.state.carries_routes else Change.APPEARED,
        gone=lambda seen: Change.VANISHED,
        why=lambda seen: seen.last_error,
        since=lambda seen: seen.since,
        routes=lambda seen: seen.accepted,
    )


NEIGHBOURS: Final[_Kind[SeenOspfNeighbour]] = _Kind(
    subject=Subject.NEIGHBOUR,
    key=lambda seen: (seen.version, seen.interface, seen.router_id),
    name=lambda seen: neighbour_name(seen.version, seen.interface, seen.router_id),
    state=lambda seen: seen.state,
    change=neighbour_change_between,
    came=lambda seen: Change.CAME_UP if seen.state in ADJACENT else None,
    gone=lambda seen: Change.WENT_DOWN if seen.state in ADJACENT else None,
    why=lambda seen: "",
    since=lambda seen: seen.since,
)
INTERFACES: Final[_Kind[SeenInterface]] = _Kind(
    subject=Subject.INTERFACE,
    key=lambda seen: seen.name,
    name=lambda seen: seen.name,
    state=lambda seen: ("up" if seen.is_up else "down") if seen.is_enabled else "switched off",
    change=interface_change_between,
    came=lambda seen: Change.APPEARED,
    gone=lambda seen: Change.VANISHED,
    why=lambda seen: "",
    since=lambda seen: None,
)
LABELS: Final[_Kind[SeenLabel]] = _Kind(
    subject=Subject.LABEL,
    key=lambda seen: seen.label,
    name=lambda seen: str(seen.label),
    state=lambda seen: f"out of {seen.interface}",
    change=lambda before, now: None,
    came=lambda seen: Change.APPEARED,
    gone=lambda seen: Change.VANISHED,
    why=lambda seen: "",
    since=lambda seen: None,
)


def changes_between(before: LastSeen, now: Look | Unanswered, limits: Limits = DEFAULT_LIMITS) -> tuple[Happening, ...]:
    """Return what changed on the router, the router itself first, then interfaces, labels, neighbours and sessions."""
    if isinstance(now, Unanswered):
        return (_router(now, Change.UNREACHABLE, before, now.reason),) if before.answered else ()
    found = [_router(now, Change.REACHABLE, before)] if before.answered is False else []
    if before.device is None:
        return tuple(found)
    if _rebooted(before.device, now.device):
        found.append(_router(now, Change.REBOOTED, before, since=_started(now)))
    return (
        *found,
        *_happenings(now, before.interfaces, now.interfaces, INTERFACES),
        *_happenings(now, before.labels, now.labels, LABELS),
        *_happenings(now, before.neighbours, now.neighbours, NEIGHBOURS),
        *_happenings(now, before.sessions, now.sessions, _sessions(limits)),
    )


def _happenings(now: Look, before: Iterable[Seen], after: Iterable[Seen], kind: _Kind[Seen]) -> tuple[Happening, ...]:
    """Return the changes of one kind of thing, in the order of the look, what is gone at the end."""
    was = {kind.key(one): one for one in before}
    found = [_of_present(now, was.pop(kind.key(one), None), one, kind) for one in after]
    found += [_of_gone(now, one, kind) for one in was.values()]
    return tuple(one for one in found if one is not None)


def _of_present(now: Look, before: Seen | None, after: Seen, kind: _Kind[Seen]) -> Happening | None:
    change = kind.came(after) if before is None else kind.change(before, after)
    if change is None:
        return None
    if before is not None and change is Change.LOST_MOST_ROUTES:
        return _lost_routes(now, before, after, kind)
    return Happening(
        node=now.node,
        subject=kind.subject,
        name=kind.name(after),
        change=change,
        before="absent" if before is None else kind.state(before),
        after=kind.state(after),
        why="" if change in GOOD else kind.why(after),
        at=now.taken_at,
        since=kind.since(after),
    )


def _lost_routes(now: Look, before: Seen, after: Seen, kind: _Kind[Seen]) -> Happening:
    """Its last error is from another day and explains nothing: how many routes are left says more."""
    was, left = kind.routes(before), kind.routes(after)
    return Happening(
        node=now.node,
        subject=kind.subject,
        name=kind.name(after),
        change=Change.LOST_MOST_ROUTES,
        before=f"{was} routes",
        after=f"{left} routes",
        why=f"{left} of {was} are left",
        at=now.taken_at,
        since=None,
        routes=(was, left),
    )


def _of_gone(now: Look, before: Seen, kind: _Kind[Seen]) -> Happening | None:
    change = kind.gone(before)
    if change is None:
        return None
    return Happening(
        node=now.node,
        subject=kind.subject,
        name=kind.name(before),
        change=change,
        before=kind.state(before),
        after="absent",
        why="",
        at=now.taken_at,
        since=None,
    )


def _rebooted(before: SeenDevice | None, now: SeenDevice) -> bool:
    """Say whether the device has been up for less time than before."""
    return before is not None and before.uptime is not None and now.uptime is not None and now.uptime < before.uptime


def _router(
    now: Look | Unanswered, change: Change, before: LastSeen, why: str = "", since: datetime | None = None
) -> Happening:
    words = {None: "unknown", True: "answers", False: "does not answer"}
    return Happening(
        node=now.node,
        subject=Subject.ROUTER,
        name="",
        change=change,
        before=words[before.answered],
        after=words[isinstance(now, Look)],
        why=why,
        at=now.taken_at,
        since=since,
    )


def _started(now: Look) -> datetime | None:
    return None if now.device.uptime is None else now.taken_at - now.device.uptime
