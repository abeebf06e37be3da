"""Drafts: every change of the wanted network is thought about, looked at and taken here, a direct one at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.draft_texts import insist_on_texts
from hanse.actions.objects import canonical, insist_on_changes
from hanse.actions.rights import Person, Right
from hanse.actions.weighing import Conflict, Weighed, weigh
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.problem import Contradictory
from hanse.store import change_sets, drafts, snapshot
from hanse.store.audit import ObjectChange
from hanse.store.draft_states import DraftEvent
from hanse.store.drafts import TEMPLATE, Key, NoSuchDraft
from hanse.store.models import Draft
from hanse.store.revision import Head

NO_VERSIONS: Final[Mapping[Key, int]] = {}


class Conflicting(WantedError):
    """Somebody else changed what a draft changes: look at both, and say which is to hold."""


class NothingToTake(WantedError):
    """The draft changes nothing."""


class NoMerge(WantedError):
    """Both sides changed the same field: one of them has to be chosen."""


class Choice(StrEnum):
    """How a conflict over one object is settled."""

    MINE = "mine"  # what the draft says
    THEIRS = "theirs"  # what stands there now: the draft leaves it alone
    BOTH = "both"  # the fields that either changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A change set that is wanted now."""

    number: int
    draft: int
    changes: tuple[ObjectChange, ...]


def begin(*, title: str, person: Person, world: World) -> int:
    """Begin a draft and return its number.

    :raises NotAllowed:
    """
    person.insist_any(Right.CHANGE)
    return drafts.begin(title=title[:200], who=person.who, at=world.clock.now()).pk


def draft(number: int, person: Person) -> Draft:
    """Return a draft that `person` may look at: their own, or any if their right to look has no limits.

    :raises NoSuchDraft:
    """
    found = drafts.draft(number)
    if found.who != person.who and not person.scope(Right.VIEW, "drafts").everything:
        raise NoSuchDraft(f"there is no draft {number}")
    return found


def draft_list(person: Person) -> QuerySet[Draft]:
    """Return the drafts that `person` may look at, those changed last first."""
    return drafts.drafts(None if person.scope(Right.VIEW, "drafts").everything else person.who)


def operations(number: int, person: Person) -> tuple[ObjectChange, ...]:
    """Return what a draft changes, against what stood there when it was put there.

    :raises NoSuchDraft:
    """
    return drafts.operations(draft(number, person).pk)


def put(*, draft: int, edits: Iterable[Edit], person: Person, world: World) -> tuple[ObjectChange, ...]:
    """Put edits into a draft, each in place of what it says of the same object, and return what they come to.

    One that changes nothing leaves no trace. Each is compared with what stands there now, or stood there when the
    draft first named the object.

    :raises Contradictory: something cannot be read; nothing is put
    :raises NoSuchDraft:
    :raises NotOpen:
    :raises NotAllowed: for one of the objects; nothing is put
    """
    insist_on_draft(draft, person)
    read = canonical(edits)
    with transaction.atomic():
        drafts.touch(draft, world.clock.now())
        asked = {(one.kind, one.name): one for one in drafts.operations(draft)}
        keys = {(edit.kind, edit.name) for edit in read}
        there = drafts.standing(keys)
        changes = tuple(_operation(edit, asked, there.get((edit.kind, edit.name), (None, 0))) for edit in read)
        insist_on_changes(person, changes, beside=(one for key, one in asked.items() if key not in keys))
        drafts.drop(draft, {(one.kind, one.name) for one in changes if one.before == one.after})
        drafts.put(draft, tuple(one for one in changes if one.before != one.after))
    return changes


def _operation(edit: Edit, asked: Mapping[Key, ObjectChange], now: tuple[object, int]) -> ObjectChange:
    earlier = asked.get((edit.kind, edit.name))
    before, version = (earlier.before, earlier.version) if earlier else now
    return ObjectChange(kind=edit.kind, name=edit.name, before=before, after=edit.body, version=version)


def drop(*, draft: int, kind: str, name: str, person: Person, world: World) -> None:
    """Take what a draft says of one object out of it again.

    :raises NoSuchDraft:
    :raises NotOpen:
    """
    insist_on_draft(draft, person)
    with transaction.atomic():
        drafts.touch(draft, world.clock.now())
        drafts.drop(draft, {(kind, name)})


def retitle(*, draft: int, title: str, person: Person, world: World) -> None:
    """Call an open draft something else.

    :raises NoSuchDraft:
    :raises NotOpen:
    """
    insist_on_draft(draft, person)
    with transaction.atomic():
        drafts.touch(draft, world.clock.now())
        drafts.retitle(draft, title[:200])


def settle(*, draft: int, kind: str, name: str, choice: Choice, person: Person, world: World) -> None:
    """Settle the conflict over one object: what stands there now is what the draft is compared with from here on.

    :raises NoMerge: both sides changed the same field
    :raises NoSuchDraft:
    :raises NotOpen:
    :raises NotAllowed:
    """
    insist_on_draft(draft, person)
    with transaction.atomic():
        drafts.touch(draft, world.clock.now())
        found = weigh(draft)
        conflict = next((one for one in found.conflicts if (one.kind, one.name) == (kind, name)), None)
        if conflict is None:
            return
        version = drafts.standing({(kind, name)}).get((kind, name), (None, 0))[1]
        change = ObjectChange(
            kind=kind, name=name, before=conflict.theirs, after=_chosen(conflict, choice), version=version
        )
        drafts.drop(draft, {(kind, name)})
        if change.before != change.after:
            others = (one for one in found.changes if (one.kind, one.name) != (kind, name))
            insist_on_changes(person, (change,), beside=others)
            drafts.put(draft, (change,))


def _chosen(conflict: Conflict, choice: Choice) -> object:
    if choice is Choice.BOTH and conflict.merged is None:
        raise NoMerge(f"{conflict.kind} {conflict.name}: both sides changed the same field, choose one of them")
    return {Choice.MINE: conflict.mine, Choice.THEIRS: conflict.theirs, Choice.BOTH: conflict.merged}[choice]


def withdraw(*, draft: int, person: Person, world: World) -> None:
    """Put an open draft aside.

    :raises NoSuchDraft:
    :raises NotOpen:
    """
    insist_on_draft(draft, person)
    drafts.move(draft, DraftEvent.WITHDRAWN, who=person.who, at=world.clock.now())


def reopen(*, draft: int, person: Person, world: World) -> None:
    """Open a draft again that was withdrawn.

    :raises NoSuchDraft:
    :raises NotOpen: it was taken
    """
    insist_on_draft(draft, person)
    drafts.move(draft, DraftEvent.REOPENED, who=person.who, at=world.clock.now())


def take(*, draft: int, person: Person, world: World) -> Taken:
    """Make what a draft says what is wanted, as one change set: all of it or nothing.

    :raises NoSuchDraft:
    :raises NotOpen: it was taken or withdrawn already
    :raises NothingToTake:
    :raises Conflicting: somebody else changed the same objects since
    :raises Contradictory: what would be wanted contradicts itself
    :raises TemplateBroken: a template of the draft fails on a router
    :raises NotAllowed:
    """
    insist_on_draft(draft, person)
    at = world.clock.now()
    written = _written_beforehand(draft, world)
    with transaction.atomic():
        drafts.touch(draft, at)
        found = _ready(draft)
        changes = found.changes
        if written != (found.head, changes):
            insist_on_texts(found, world)
        insist_on_changes(person, changes)
        row = drafts.draft(draft)
        taken = change_sets.write(
            changes,
            title=row.title or title_of(changes),
            action="undo" if row.undoes_id else "change",
            author=person.author,
            at=at,
            undoes=row.undoes_id,
            after=found.head,
        )
        drafts.move(draft, DraftEvent.TAKEN, who=person.who, at=at, change_set=taken)
    return Taken(number=taken.pk, draft=draft, changes=changes)


def _written_beforehand(draft: int, world: World) -> tuple[Head, tuple[ObjectChange, ...]] | None:
    """Write every router's text with the draft's templates, and return with what; None: it has none, or is not ready.

    On a large network that takes seconds, in which nobody else could write if it were done in the transaction.
    """
    if all(one.kind != TEMPLATE for one in drafts.operations(draft)):
        return None
    found = weigh(draft)
    if found.conflicts or found.problems:
        return None
    insist_on_texts(found, world)
    return found.head, found.changes


def _ready(draft: int) -> Weighed:
    """Return the draft against what is wanted now, if nothing stands against it."""
    found = weigh(draft)
    if found.conflicts:
        names = ", ".join(f"{one.kind}.{one.name}".removesuffix(".") for one in found.conflicts)
        raise Conflicting(f"changed by somebody else since: {names}: look at both sides, and settle which holds")
    if found.problems:
        raise Contradictory(found.problems)
    if not found.changes:
        raise NothingToTake(f"draft {draft} changes nothing: put something into it, or withdraw it")
    return found


def save_now(
    *,
    edits: Iterable[Edit],
    person: Person,
    world: World,
    title: str = "",
    versions: Mapping[Key, int] = NO_VERSIONS,
) -> Taken | None:
    """Take `edits` at once, by the way that every draft goes; None if they change nothing.

    `versions`: what the asker saw of some objects, by kind and name; 0: that there was none.

    :raises ChangedMeanwhile: an object is of another version than the asker saw
    :raises Contradictory:
    :raises NotAllowed:
    """
    with transaction.atomic():
        number = begin(title=title, person=person, world=world)
        changes = put(draft=number, edits=edits, person=person, world=world)
        for one in changes:
            if versions.get((one.kind, one.name), one.version) != one.version:
                raise snapshot.ChangedMeanwhile(f"{one.kind} {one.name} was changed by somebody else: look again")
        if all(one.before == one.after for one in changes):
            transaction.set_rollback(True)
            return None
        return take(draft=number, person=person, world=world)


def title_of(changes: Iterable[ObjectChange]) -> str:
    """Return what a draft that nobody gave a title is called.

    >>> title_of([ObjectChange(kind="links", name="ring-1", before={}, after=None)])
    'remove links.ring-1'
    """
    listed = tuple(changes)
    if not listed:
        return "nothing yet"
    first = f"{listed[0].verb} {listed[0].kind}.{listed[0].name}".removesuffix(".")
    return first if len(listed) == 1 else f"{first} and {len(listed) - 1} more"


def insist_on_draft(number: int, person: Person) -> Draft:
    """Return the draft if it is the person's own, or they may change all that it does.

    :raises NoSuchDraft:
    :raises NotAllowed:
    """
    person.insist_any(Right.CHANGE)
    found = draft(number, person)
    if found.who != person.who:
        insist_on_changes(person, drafts.operations(number))
    return found
