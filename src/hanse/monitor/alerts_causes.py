"""Which open alarm is part of which: one dead router is one alarm."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MANY: Final = 5  # more alarms of one kind that fall due together on one router are told as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An alarm that stands on its own and is to be told."""

    key: str
    kind: str
    node: str


def roots(explained_by: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return of each open alarm that has one the key of the alarm that explains it all, the last of the chain.

    `explained_by` has every open alarm's key with the keys that would explain it, the most thorough first.
    """
    causes = {
        key: next((cause for cause in explaining if cause in explained_by and cause != key), "")
        for key, explaining in explained_by.items()
    }
    return {key: root for key in causes if (root := _root(key, causes)) != key}


def _root(key: str, causes: Mapping[str, str]) -> str:
    passed: list[str] = []
    while (
        causes[key] and key not in passed
    ):  # a ring of causes, of keys from before and after an edit, explains nothing
        passed.append(key)
        key = causes[key]
    return key if not causes[key] else passed[0]


def folded(due: Iterable[Due]) -> dict[str, str]:
    """Return which of many alarms of one kind on one router, due together, are told with which.

    All sessions of a router fall when its BGP daemon does: that is one message, not a thousand.
    """
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in due:
        together[one.node, one.kind].append(one.key)
    return {key: first for first, *others in map(sorted, together.values()) if len(others) >= MANY for key in others}
