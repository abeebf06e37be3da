"""Drafts: changes that are being thought about, and what stands now where they would be written."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hanse.network.errors import WantedError
from hanse.store import access
from hanse.store.audit import ObjectChange
from hanse.store.draft_states import DraftEvent, DraftState, NotOpen, step
from hanse.store.models import ChangeSet, Draft, DraftOperation, WantedObject

TEMPLATE = "template"  # the kind of templates that stand in for ours: they are undone with the rest of an import
Key = tuple[str, str]  # kind and name


class NoSuchDraft(WantedError):
    """There is no draft of that number, or none that one may look at."""


def begin(*, title: str, who: str, at: datetime, undoes: int | None = None) -> Draft:
    """Put a new draft down, empty."""
    return Draft.objects.create(title=title, who=who, created_at=at, changed_at=at, undoes_id=undoes)


def draft(number: int) -> Draft:
    """Return a draft.

    :raises NoSuchDraft:
    """
    found = Draft.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchDraft(f"there is no draft {number}")
    return found


def drafts(who: str | None = None) -> QuerySet[Draft]:
    """Return the drafts of `who`, or of everybody, those changed last first."""
    rows = Draft.objects.order_by("-changed_at", "-pk")
    return rows if who is None else rows.filter(who=who)


def operations(number: int) -> tuple[ObjectChange, ...]:
    """Return what a draft would change, in the order in which it was put there. One query."""
    rows = DraftOperation.objects.filter(draft_id=number).order_by("pk")
    return tuple(
        ObjectChange(kind=row.kind, name=row.name, before=row.before, after=row.after, version=row.version)
        for row in rows
    )


def touch(number: int, at: datetime) -> None:
    """Say that an open draft is being changed. Call it first, inside the transaction that changes it.

    :raises NotOpen:
    """
    if not Draft.objects.filter(pk=number, state=DraftState.OPEN).update(changed_at=at):
        raise NotOpen(f"draft {number} is {draft(number).state}: open it again, or begin another one")


def put(number: int, changes: Collection[ObjectChange]) -> None:
    """Put operations into a draft, each in place of the one on the same object."""
    keys = {(one.kind, one.name) for one in changes}
    drop(number, keys)
    DraftOperation.objects.bulk_create(
        DraftOperation(
            draft_id=number,
            kind=one.kind,
            name=one.name,
            before=one.before,
            after=one.after,
            version=one.version,
        )
        for one in changes
    )


def drop(number: int, keys: Collection[Key]) -> int:
    """Take operations out of a draft and return how many were there."""
    rows = DraftOperation.objects.filter(draft_id=number).values_list("pk", "kind", "name")
    found = [pk for pk, kind, name in rows if (kind, name) in keys]
    for start in range(0, len(found), 500):  # SQLite takes so many values in one statement
        DraftOperation.objects.filter(pk__in=found[start : start + 500]).delete()
    return len(found)


def retitle(number: int, title: str) -> None:
    """Call a draft something else."""
    Draft.objects.filter(pk=number).update(title=title)


def move(number: int, event: DraftEvent, *, who: str, at: datetime, change_set: ChangeSet | None = None) -> None:
    """Take the step.

    :raises NotOpen: it cannot be taken from where the draft stands, or somebody else took one first
    """
    before = DraftState(draft(number).state)
    after = step(before, event)
    ended = None if after is DraftState.OPEN else at
    moved = Draft.objects.filter(pk=number, state=before).update(
        state=after, changed_at=at, ended_at=ended, ended_by=who if ended else "", change_set=change_set
    )
    if not moved:
        raise NotOpen(f"draft {number} was {event} by somebody else at the same moment")


def standing(keys: Collection[Key]) -> dict[Key, tuple[Any, int]]:
    """Return body and version of those of `keys` that are there now. Two queries, in chunks where there are many."""
    found: dict[Key, tuple[Any, int]] = {}
    names = sorted({name for _, name in keys})
    for start in range(0, len(names), 500):
        rows = WantedObject.objects.filter(name__in=names[start : start + 500])
        for kind, name, body, version in rows.values_list("kind", "name", "body", "version"):
            if (kind, name) in keys:
                found[kind, name] = body, version
    if any(kind == TEMPLATE for kind, _ in keys):
        for name, text in access.templates().items():
            if (TEMPLATE, name) in keys:
                found[TEMPLATE, name] = text, 0
    return found
