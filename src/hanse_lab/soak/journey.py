"""The edits of a soak, one after the other: which ones, a seed alone decides. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Final

from hanse.network.wanted.problem import Problem
from hanse.network.wanted.statuses import SESSIONS, forbidden_steps
from hanse_lab.errors import LabError
from hanse_lab.soak import kinds_links, kinds_overlays, kinds_peering, kinds_services
from hanse_lab.soak.edits import GENERAL, Change, Edit, Tree, edited, fits, found
from hanse_lab.soak.present import Kind, Present, islands, seen_in

KINDS: Final[tuple[Kind, ...]] = (
    *kinds_links.KINDS,
    *kinds_peering.KINDS,
    *kinds_overlays.KINDS,
    *kinds_services.KINDS,
)
BACK: Final = "all taken back"
DRAWS: Final = 500  # for one edit, until it is given up
MOST_OPEN: Final = 12  # edits that are not yet undone: with so many, the next is an undoing


class NothingToEdit(LabError):
    """No edit of this network is valid, or it is none that a lab could begin with."""


class NoSuchKind(LabError):
    """Somebody wants edits of a kind that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edit with the network before and after it."""

    number: int
    edit: Edit
    before: Present
    after: Present


@dataclass(slots=True)
class Journey:
    """A way through networks, of which each differs from the last by one edit."""

    seed: int
    begin: Present
    kinds: tuple[Kind, ...] = KINDS
    open: list[Edit] = field(default_factory=list)  # not undone so far, in order

    def steps(self) -> Iterator[Step]:
        """Yield steps without end.

        :raises NothingToEdit:
        """
        chance = Random(self.seed)
        before, number = self.begin, 0
        while True:
            number += 1
            edit, after = self._next(before, chance)
            self._note(edit)
            yield Step(number=number, edit=edit, before=before, after=after)
            before = after

    def _next(self, before: Present, chance: Random) -> tuple[Edit, Present]:
        offered = [kind for kind in self.kinds if set(kind.needs) <= before.offers]
        for _ in range(DRAWS):
            edit = self._drawn(before, chance, offered)
            if edit is None or not fits(before.tree, edit) or any(_forbidden(edit)):
                continue
            tree = edited(before.tree, edit)
            if tree == before.tree:
                continue
            after = seen_in(tree, before.offers)
            if after and len(islands(after.specs)) <= len(islands(self.begin.specs)):
                return edit, after
        raise NothingToEdit(f"no valid edit was found in {DRAWS} draws")

    def _drawn(self, before: Present, chance: Random, offered: list[Kind]) -> Edit | None:
        if self.open and chance.random() < len(self.open) / MOST_OPEN:
            return chance.choice(self.open).back
        (kind,) = chance.choices(offered, weights=[one.weight for one in offered])
        return kind.draw(before, chance)

    def _note(self, edit: Edit) -> None:
        if edit.undoes:
            self.open.remove(next(one for one in self.open if one.back == edit))
        else:
            self.open.append(edit)


def _forbidden(edit: Edit) -> Iterator[Problem]:
    """Yield what a session's life does not allow: valid networks may lie more than a step apart."""
    sessions = (change for change in edit.changes if change.kind == SESSIONS)
    yield from forbidden_steps((change.name, change.before, change.after) for change in sessions)


def way_back(last: Step, begin: Present) -> Step | None:
    """Return the step from the end of a journey to its beginning; None where a session's life allows no such step."""
    before, after = last.after.tree, begin.tree
    names = {(kind, name) for tree in (before, after) for kind in tree if kind != GENERAL for name in tree[kind]}
    changes = [
        Change(kind=kind, name=name, before=found(before, kind, name), after=found(after, kind, name))
        for kind, name in (*sorted(names, key=str), (GENERAL, ""))
    ]
    edit = Edit(kind=BACK, what=BACK, changes=tuple(one for one in changes if one.before != one.after), undoes=True)
    if any(_forbidden(edit)):
        return None
    return Step(number=last.number + 1, edit=edit, before=last.after, after=begin)


def beginning(tree: Tree, offers: frozenset[str]) -> Present:
    """Return the network that a soak begins with.

    :raises NothingToEdit:
    """
    present = seen_in(tree, offers)
    if present is None:
        raise NothingToEdit("the network contradicts itself, or this place cannot build it: `hanse check` says more")
    return present


def steps(begin: Present, *, seed: int, count: int, only: Collection[str] = ()) -> Iterator[Step]:
    """Yield the first `count` steps from `begin`, of kinds with the names in `only` if there are any."""
    kinds = tuple(kind for kind in KINDS if kind.name in only) if only else KINDS
    return islice(Journey(seed, begin, kinds).steps(), count)


def insist_on_kinds(names: Collection[str]) -> None:
    """Return if these are kinds of edits.

    :raises NoSuchKind:
    """
    if unknown := sorted(set(names) - {kind.name for kind in KINDS}):
        raise NoSuchKind(f"no edit is of the kind {unknown[0]!r}; there are: {', '.join(one.name for one in KINDS)}")


def left_out(offers: frozenset[str]) -> tuple[str, ...]:
    """Return the kinds that such a kernel has no means for."""
    return tuple(kind.name for kind in KINDS if set(kind.needs) - offers)
