"""What changes and looks mean for people: alarms raised, and when one is over. Values in, values out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.monitor.alert_kinds import MEANS, AlarmKind, key_of
from hanse.monitor.alerts_wanted import WantedThing
from hanse.monitor.changes import ADJACENT, DEFAULT_LIMITS, Change
from hanse.monitor.happenings import Happening, Subject, neighbour_name, session_name
from hanse.monitor.look import Look, Unanswered

FLAPS: Final = 3  # so often in a row, and it flaps: told once, and not again until it holds still
CALM: Final = timedelta(minutes=30)  # two falls further apart are not in a row; what flapped and held so long is over


RAISES: Final[Mapping[tuple[Subject, Change], AlarmKind]] = {
    (Subject.ROUTER, Change.UNREACHABLE): AlarmKind.ROUTER_UNREACHABLE,
    (Subject.INTERFACE, Change.WENT_DOWN): AlarmKind.LINK_DOWN,
    (Subject.INTERFACE, Change.SWITCHED_OFF): AlarmKind.LINK_DOWN,
    (Subject.INTERFACE, Change.VANISHED): AlarmKind.LINK_DOWN,
    (Subject.NEIGHBOUR, Change.WENT_DOWN): AlarmKind.NEIGHBOUR_DOWN,
    (Subject.NEIGHBOUR, Change.RESTARTED): AlarmKind.NEIGHBOUR_DOWN,
    (Subject.LABEL, Change.VANISHED): AlarmKind.LABEL_MISSING,
    (Subject.SESSION, Change.WENT_DOWN): AlarmKind.SESSION_DOWN,
    (Subject.SESSION, Change.SWITCHED_OFF): AlarmKind.SESSION_DOWN,
    (Subject.SESSION, Change.VANISHED): AlarmKind.SESSION_DOWN,
    (Subject.SESSION, Change.RESTARTED): AlarmKind.SESSION_DOWN,
    (Subject.SESSION, Change.LOST_MOST_ROUTES): AlarmKind.SESSION_LOST_MOST_ROUTES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that people have to know. `enough`: accepted routes with which a session has recovered."""

    kind: AlarmKind
    node: str
    thing: str = ""  # tells it apart on the router; empty: the router itself
    subject: str = ""  # of the change that raised it; empty: none did
    name: str = ""  # what operators call the thing
    site: str = ""
    asn: int | None = None
    sentence: str
    at: datetime
    explained_by: tuple[str, ...] = ()
    is_quiet: bool = False
    enough: int | None = None

    @property
    def key(self) -> str:
        """Return what one open alert at a time has."""
        return key_of(self.kind, self.node, self.thing)


def alarm_from(happening: Happening, things: Mapping[tuple[Subject, str], WantedThing]) -> Alarm | None:
    """Return the alarm that a change raises; None if it is good news, or about what nobody wants up.

    `things` is what is wanted up on that router.
    """
    kind = RAISES.get((happening.subject, happening.change))
    thing = things.get((happening.subject, happening.name))
    if kind is None or thing is None:
        return None
    return Alarm(
        kind=kind,
        node=happening.node,
        thing=happening.name,
        subject=happening.subject,
        name=thing.label,
        site=thing.site,
        asn=thing.asn,
        sentence=sentence(kind, happening, thing),
        at=happening.at,
        explained_by=thing.explained_by,
        is_quiet=thing.is_quiet,
        enough=None if happening.routes is None else int(happening.routes[0] * DEFAULT_LIMITS.kept),
    )


def sentence(kind: AlarmKind, happening: Happening, thing: WantedThing) -> str:
    """Return what happened, since when, why, and what it means."""
    since = f" (since {happening.since:%Y-%m-%d %H:%M:%S} UTC by its own word)" if happening.since else ""
    why = f": {happening.why}" if happening.why else ""
    return f"{thing.title} {happening.change}{since}{why}; {MEANS[kind]}."


def why_over(
    alarm: tuple[AlarmKind, str, int | None],
    look: Look | Unanswered,
    things: Mapping[tuple[Subject, str], WantedThing],
) -> str:
    """Return why an alarm (its kind, its thing, how many routes are enough) is over by this look; empty: it is not."""
    kind, thing, enough = alarm
    if (SUBJECTS[kind], thing) not in things:
        return "nobody wants it any more"
    if isinstance(look, Unanswered):
        return ""
    return OVER[kind](look, thing, enough or 0)


def _router(look: Look, thing: str, enough: int) -> str:
    return "it answers again"


def _link(look: Look, thing: str, enough: int) -> str:
    is_up = any(one.name == thing and one.is_up and one.is_enabled for one in look.interfaces)
    return "it came up again" if is_up else ""


def _neighbour(look: Look, thing: str, enough: int) -> str:
    for one in look.neighbours:
        if one.state in ADJACENT and neighbour_name(one.version, one.interface, one.router_id) == thing:
            return "it came up again"
    return ""


def _label(look: Look, thing: str, enough: int) -> str:
    return "its router knows it again" if any(str(one.label) == thing for one in look.labels) else ""


def _session(look: Look, thing: str, enough: int) -> str:
    for one in look.sessions:
        if one.state.carries_routes and session_name(one.vrf, one.remote_address) == thing:
            return "it came up again"
    return ""


def _routes(look: Look, thing: str, enough: int) -> str:
    """A session that went down has an alarm of its own: that it had lost routes before is of no interest any more."""
    for one in look.sessions:
        if session_name(one.vrf, one.remote_address) == thing and one.state.carries_routes:
            return f"it has {one.accepted} routes again" if one.accepted >= enough else ""
    return "it is down altogether"


OVER: Final[Mapping[AlarmKind, Callable[[Look, str, int], str]]] = {
    AlarmKind.ROUTER_UNREACHABLE: _router,
    AlarmKind.LINK_DOWN: _link,
    AlarmKind.NEIGHBOUR_DOWN: _neighbour,
    AlarmKind.LABEL_MISSING: _label,
    AlarmKind.SESSION_DOWN: _session,
    AlarmKind.SESSION_LOST_MOST_ROUTES: _routes,
}
SUBJECTS: Final[Mapping[AlarmKind, Subject]] = {kind: subject for (subject, _), kind in RAISES.items()}


def flaps(count: int) -> bool:
    """Say whether something that fell `count` times in a row flaps."""
    return count >= FLAPS


def is_calm(last_at: datetime, now: datetime) -> bool:
    """Say whether what last fell at `last_at` has held still since."""
    return now - last_at >= CALM


def flapping(told: str, count: int) -> str:
    """Return the sentence of something that flaps."""
    minutes = int(CALM.total_seconds() // 60)
    return f"{told} It flaps: {count} times in a row; it is told again once it has held still for {minutes} minutes."
