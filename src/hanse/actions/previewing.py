"""What a draft would do: the problems it makes, what somebody else changed meanwhile, and each router's new text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hanse.actions.objects import edits_of, wanted_at
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.derive.affected import affected
from hanse.derive.devices import some_device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.edits import edited
from hanse.network.wanted.merging import merged
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.network.wanted.problems import problems
from hanse.render.dialects import DIALECTS
from hanse.render.difference import counted, difference
from hanse.render.text import TemplateBroken, render
from hanse.store import access, drafts
from hanse.store.audit import ObjectChange
from hanse.store.drafts import TEMPLATE
from hanse.store.revision import Head

SHOWN: Final = 20  # routers whose texts are written out in one preview; the others are named, and shown one by one
LOOKED_INTO: Final = 60  # routers that are derived to see whether they differ at all


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
class RouterChange:
    """What one router's text would become. `error`: its text cannot be written, and why."""

    node: str
    diff: str = ""
    added: int = 0
    removed: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A draft against what is wanted now. `changes` are compared with what stands there at this moment."""

    changes: tuple[ObjectChange, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    head: Head  # the revision of what is wanted now
    before: Network | None  # None: there is none, or none that can be derived
    after: Network | None  # None: it cannot be read at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking a draft would do."""

    changes: tuple[ObjectChange, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    routers: tuple[RouterChange, ...]
    more: tuple[str, ...]  # routers that may change too, not written out here
    hidden: int  # routers that change and that the person may not look at

    @property
    def can_be_taken(self) -> bool:
        """Say whether nothing stands against it."""
        return bool(self.changes) and not (self.conflicts or self.problems or any(one.error for one in self.routers))


def weigh(number: int) -> Weighed:
    """Compare a draft with what is wanted now."""
    head, before = wanted_at()
    asked = drafts.operations(number)
    there = drafts.standing({(one.kind, one.name) for one in asked})
    conflicts = tuple(found for one in asked if (found := _conflict(one, there)))
    changes = tuple(now for one in asked if (now := _against(one, there)).before != now.after)
    after, wrong = _after(before, changes)
    return Weighed(
        changes=changes, conflicts=conflicts, problems=wrong, head=head, before=_derivable(before), after=after
    )


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


def preview(*, draft: int, person: Person, world: World, only: Iterable[str] = ()) -> Preview:
    """Return what taking the draft would do. `only`: write out these routers, and no others.

    :raises NoSuchDraft:
    """
    return _preview(weigh(draft), person, world, frozenset(only))


def _preview(found: Weighed, person: Person, world: World, only: frozenset[str]) -> Preview:
    names = _reached(found) if found.after is not None and not found.problems else ()
    visible = [name for name in names if _may_see(person, found, name)]
    chosen = [name for name in visible if name in only] if only else visible[:LOOKED_INTO]
    differing = _differing(found, chosen, world)
    written = (both.change(name) for name, both in differing[:SHOWN])
    return Preview(
        changes=found.changes,
        conflicts=found.conflicts,
        problems=found.problems,
        routers=tuple(one for one in written if one.diff or one.error),
        more=() if only else (*(name for name, _ in differing[SHOWN:]), *visible[LOOKED_INTO:]),
        hidden=len(names) - len(visible),
    )


def insist_on_texts(found: Weighed, world: World) -> None:
    """Return if the texts of the routers that change can be written: of all where a template does.

    :raises TemplateBroken:
    """
    everywhere = any(one.kind == TEMPLATE for one in found.changes)
    names = _reached(found) if everywhere else _reached(found)[:LOOKED_INTO]
    differing = _differing(found, names, world)
    for _, both in differing if everywhere else differing[:SHOWN]:
        _text(both.after, both.templates[1])


def _reached(found: Weighed) -> tuple[str, ...]:
    """Return the routers whose text may differ, by name."""
    if found.after is None:
        return ()
    if found.before is None or any(one.kind == TEMPLATE for one in found.changes):
        return tuple(sorted({*(found.before.nodes if found.before else ()), *found.after.nodes}))
    return tuple(sorted(affected(found.before, found.after)))


def _may_see(person: Person, found: Weighed, name: str) -> bool:
    sides = (side.nodes.get(name) for side in (found.before, found.after) if side)
    return all(person.may(Right.VIEW, "nodes", site=node.site) for node in sides if node)


Templates = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Both:
    """One router before and after: None where it is not there."""

    before: DeviceSpec | None
    after: DeviceSpec | None
    templates: tuple[Templates, Templates]  # before, after

    def change(self, node: str) -> RouterChange:
        """Return what its text becomes."""
        try:
            diff = difference(_text(self.before, self.templates[0]), _text(self.after, self.templates[1]))
        except TemplateBroken as error:
            return RouterChange(node=node, error=str(error))
        added, removed = counted(diff)
        return RouterChange(node=node, diff=diff, added=added, removed=removed)


def _text(spec: DeviceSpec | None, templates: Templates) -> str:
    """Return what would be written; nothing for a router that is not there, or that Hanse writes nothing for."""
    return render(spec, templates) if spec and spec.dialect in DIALECTS else ""


def _differing(found: Weighed, names: Iterable[str], world: World) -> list[tuple[str, _Both]]:
    """Return the routers that are not to be what they are, with both sides of each."""
    templates = {**world.templates, **access.templates()}
    after = {**templates, **{one.name: one.after for one in found.changes if one.kind == TEMPLATE}}
    both_templates = templates, {name: text for name, text in after.items() if text is not None}
    listed = tuple(names)
    sides = [some_device_specs(side, listed) if side else {} for side in (found.before, found.after)]
    pairs = {
        name: _Both(before=sides[0].get(name), after=sides[1].get(name), templates=both_templates) for name in listed
    }
    return [
        (name, both)
        for name, both in pairs.items()
        if both.before != both.after or both_templates[0] != both_templates[1]
    ]
