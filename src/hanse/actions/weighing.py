"""A draft against what is wanted now: what it changes, what somebody else changed meanwhile, the problems it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hanse.actions.objects import edits_of, wanted_at
from hanse.network.wanted.edits import Edit, edited
from hanse.network.wanted.merging import merged
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.network.wanted.problems import problems
from hanse.network.wanted.statuses import SESSIONS, forbidden_steps
from hanse.store import drafts
from hanse.store.audit import ObjectChange
from hanse.store.revision import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One object that somebody else changed after the draft did. `merged`: both together, where that can be."""

    kind: str
    name: str
    base: Any
    mine: Any
    theirs: Any
    merged: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A draft against what is wanted now. `changes` are compared with what stands there at this moment."""

    changes: tuple[ObjectChange, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    head: Head  # the revision of what is wanted now
    before: Network | None  # None: there is none, or none that can be derived
    after: Network | None  # None: it cannot be read at all


def weigh(number: int) -> Weighed:
    """Compare a draft with what is wanted now."""
    head, before = wanted_at()
    asked = drafts.operations(number)
    there = drafts.standing({(one.kind, one.name) for one in asked})
    conflicts = tuple(found for one in asked if (found := _conflict(one, there)))
    changes = tuple(now for one in asked if (now := _against(one, there)).before != now.after)
    after, wrong = _after(before, changes)
    wrong = (*wrong, *forbidden_in(number, changes))
    return Weighed(
        changes=changes, conflicts=conflicts, problems=wrong, head=head, before=_derivable(before), after=after
    )


def weigh_edits(edits: Iterable[Edit]) -> Weighed:
    """Compare `edits` that stand in no draft with what is wanted now."""
    head, before = wanted_at()
    listed = tuple(edits)
    there = drafts.standing({(one.kind, one.name) for one in listed})
    asked = (ObjectChange(kind=one.kind, name=one.name, before=None, after=one.body) for one in listed)
    changes = tuple(now for one in asked if (now := _against(one, there)).before != now.after)
    after, wrong = _after(before, changes)
    return Weighed(changes=changes, conflicts=(), problems=wrong, head=head, before=_derivable(before), after=after)


def _after(before: Network | None, changes: tuple[ObjectChange, ...]) -> tuple[Network | None, tuple[Problem, ...]]:
    """Return the network with `changes`, if it can be read at all, and its problems."""
    try:
        after = edited(before, edits_of(changes))
    except Contradictory as error:
        return None, error.problems
    return after, problems(after)


def _derivable(network: Network | None) -> Network | None:
    """Return `network`, or None if it contradicts itself: then there is no text to compare with.

    What is wanted never does, but where a newer Hanse finds more than the one that took it.
    """
    return None if network is None or problems(network) else network


def forbidden_in(number: int, changes: Iterable[ObjectChange]) -> tuple[Problem, ...]:
    """Return the steps of sessions' lives that a draft may not take; one that takes a change set back may take all."""
    found = tuple(forbidden_steps((one.name, one.before, one.after) for one in changes if one.kind == SESSIONS))
    return () if found and drafts.draft(number).undoes_id is not None else found


Standing = Mapping[drafts.Key, tuple[Any, int]]


def _conflict(asked: ObjectChange, there: Standing) -> Conflict | None:
    theirs = there.get((asked.kind, asked.name), (None, 0))[0]
    if theirs in (asked.before, asked.after):
        return None
    return Conflict(
        kind=asked.kind,
        name=asked.name,
        base=asked.before,
        mine=asked.after,
        theirs=theirs,
        merged=merged(asked.before, asked.after, theirs),
    )


def _against(asked: ObjectChange, there: Standing) -> ObjectChange:
    body, version = there.get((asked.kind, asked.name), (None, 0))
    return ObjectChange(kind=asked.kind, name=asked.name, before=body, after=asked.after, version=version)
