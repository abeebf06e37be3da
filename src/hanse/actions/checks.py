"""What was up on a router before and after a deployment, side by side, with what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

from hanse.deploy.health import SAME_MOMENT, Health, StillWanted, neighbour_name, session_name

Tree = Mapping[str, Any]


class Comparison(StrEnum):
    """One thing before and after."""

    MISSING = "missing"  # was up, is still wanted, is not up: this condemns the configuration
    GONE = "gone, as wanted"
    AGAIN = "began anew"
    NEW = "came up"
    SAME = "up all the time"
    UNSEEN = "not looked at"  # nobody looked afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One session or neighbour."""

    name: str
    comparison: Comparison
    before: datetime | None  # up since then; None: not up, or the router does not say
    after: datetime | None


def health_of_tree(tree: Tree) -> Health:
    """Return what is up, from the checks on a deployment's record."""
    return Health(
        sessions={(vrf, ip_address(address)): _moment(since) for vrf, address, since in tree["sessions"]},
        neighbours={(version, port, router): _moment(since) for version, port, router, since in tree["neighbours"]},
    )


def check_lines(before: Tree | None, after: Tree | None, wanted: StillWanted | None) -> tuple[CheckLine, ...]:
    """Return a line for each thing that was up before or after, what is missing first.

    `wanted` is what verification insisted on; None: nobody knows any more, all of it.
    """
    if before is None:
        return ()
    old, new = health_of_tree(before), health_of_tree(after) if after is not None else None
    lines = [
        _line(neighbour_name(key), key, old.neighbours, new.neighbours if new else None, _in(wanted, "neighbours", key))
        for key in sorted(old.neighbours.keys() | (new.neighbours.keys() if new else set()))
    ]
    lines += [
        _line(session_name(key), key, old.sessions, new.sessions if new else None, _in(wanted, "sessions", key))
        for key in sorted(old.sessions.keys() | (new.sessions.keys() if new else set()), key=session_name)
    ]
    order = list(Comparison)
    return tuple(sorted(lines, key=lambda line: order.index(line.comparison)))


def _in(wanted: StillWanted | None, kind: str, key: Any) -> bool:
    return wanted is None or key in getattr(wanted, kind)


def _line(
    name: str,
    key: Any,
    before: Mapping[Any, datetime | None],
    after: Mapping[Any, datetime | None] | None,
    is_wanted: bool,
) -> CheckLine:
    return CheckLine(
        name=name,
        comparison=_comparison(key, before, after, is_wanted),
        before=before.get(key),
        after=after.get(key) if after is not None else None,
    )


def _comparison(
    key: Any, before: Mapping[Any, datetime | None], after: Mapping[Any, datetime | None] | None, is_wanted: bool
) -> Comparison:
    if after is None:
        return Comparison.UNSEEN
    if key not in before:
        return Comparison.NEW
    if key not in after:
        return Comparison.MISSING if is_wanted else Comparison.GONE
    then, now = before[key], after[key]
    is_new = then is not None and now is not None and now - then > SAME_MOMENT
    return Comparison.AGAIN if is_new else Comparison.SAME


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
