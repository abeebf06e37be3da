"""Services that are told while they are well: what is asked of each, and when one is told, withdrawn, and held back."""

from __future__ import annotations

import configparser
import hashlib
import ipaddress
import re
from enum import Enum
from typing import Final, NamedTuple

KINDS: Final = ("tcp", "http", "dns")
AT_LINE: Final = re.compile(r"\bline:? +(?P<line>\d+)")


class Unreadable(Exception):
    """The file of services is not as it should be."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


class Rule(NamedTuple):
    """One service: its addresses, how it is asked, and how patient we are; times are seconds."""

    name: str
    addresses: tuple[str, ...]
    speaker: str
    kind: str
    address: str
    port: int
    path: str
    question: str
    interval: float
    timeout: float
    fall: int
    rise: int
    hold: float
    longest_hold: float


def rules_of(text: str) -> list[Rule]:
    """Return the services of a file.

    :raises Unreadable:
    """
    parser = configparser.ConfigParser(interpolation=None, default_section="", delimiters=("=",), strict=True)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        found = AT_LINE.search(str(error))
        raise Unreadable(int(found["line"]) if found else 0, str(error).splitlines()[0]) from error
    return [_rule(parser, name, text) for name in parser.sections()]


def _rule(parser: configparser.ConfigParser, name: str, text: str) -> Rule:
    section = parser[name]
    try:
        rule = Rule(
            name=name,
            addresses=tuple(str(ipaddress.ip_address(one)) for one in section["addresses"].split()),
            speaker=section["speaker"],
            kind=section["ask"],
            address=str(ipaddress.ip_address(section["at"])),
            path=section.get("path", "/"),
            question=section.get("question", "."),
            port=int(section["port"]),
            fall=int(section["fall"]),
            rise=int(section["rise"]),
            interval=float(section["interval"]),
            timeout=float(section["timeout"]),
            hold=float(section["hold"]),
            longest_hold=float(section["longest-hold"]),
        )
    except KeyError as error:
        raise Unreadable(_line_of(text, name), f"{name} lacks {error}") from error
    except ValueError as error:
        raise Unreadable(_line_of(text, name), f"{name}: {error}") from error
    if rule.kind not in KINDS:
        raise Unreadable(_line_of(text, name), f"{name}: nobody knows how to ask by {rule.kind}")
    return rule


def _line_of(text: str, name: str) -> int:
    lines = text.splitlines()
    return lines.index(f"[{name}]") + 1 if f"[{name}]" in lines else 0


def fingerprint(text: str) -> str:
    """Return what tells one text of the file from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


class Place(Enum):
    """Where a service stands."""

    WITHDRAWN = "withdrawn"  # nobody is told of it
    TOLD = "told"
    HELD = "held"  # nobody is told of it, and however well it is, not before its time


class Event(Enum):
    """What happens to a service."""

    ROSE = "rose"
    FELL = "fell"
    HOLD_ENDED = "hold ended"


STEPS: Final = {
    Place.WITHDRAWN: {Event.ROSE: Place.TOLD},
    Place.TOLD: {Event.FELL: Place.HELD},
    Place.HELD: {Event.HOLD_ENDED: Place.WITHDRAWN},
}


class Standing(NamedTuple):
    """Where a service stands, since when, and what its last answers were. Times are seconds since boot."""

    place: Place = Place.WITHDRAWN
    since: float = 0.0
    good: int = 0  # answers in a row
    bad: int = 0
    held_for: float = 0.0  # how long it was held the last time


def after(standing: Standing, rule: Rule, well: bool, now: float) -> Standing:
    """Return how a service stands after an answer."""
    counted = standing._replace(good=standing.good + 1 if well else 0, bad=0 if well else standing.bad + 1)
    for _ in STEPS:
        event = _event(counted, rule, now)
        if event is None:
            return counted
        counted = _moved(counted, rule, event, now)
    return counted


def _event(standing: Standing, rule: Rule, now: float) -> Event | None:
    if standing.place is Place.TOLD:
        return Event.FELL if standing.bad >= rule.fall else None
    if standing.place is Place.HELD:
        return Event.HOLD_ENDED if now >= standing.since + standing.held_for else None
    return Event.ROSE if standing.good >= rule.rise else None


def _moved(standing: Standing, rule: Rule, event: Event, now: float) -> Standing:
    moved = standing._replace(place=STEPS[standing.place][event], since=now)
    if event is Event.FELL:
        return moved._replace(held_for=next_hold(standing, rule, now))
    return moved


def next_hold(standing: Standing, rule: Rule, now: float) -> float:
    """Return how long a service that falls now is held: twice as long as before, unless it was well for long."""
    if not standing.held_for or now - standing.since >= rule.longest_hold:
        return rule.hold
    return min(max(2 * standing.held_for, rule.hold), rule.longest_hold)
