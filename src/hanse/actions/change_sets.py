"""What was taken, and the way back: the reverse of a change set is a draft like any other."""

from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.objects import insist_on_changes
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.store import change_sets, drafts
from hanse.store.audit import ObjectChange
from hanse.store.change_sets import NoSuchChangeSet
from hanse.store.models import ChangeSet


def change_set(number: int, person: Person) -> ChangeSet:
    """Return a change set that `person` may look at: their own, or any if their right to look has no limits.

    :raises NoSuchChangeSet:
    """
    found = change_sets.change_set(number)
    if found.who != person.who and not person.scope(Right.VIEW, "drafts").everything:
        raise NoSuchChangeSet(f"there is no change set {number}")
    return found


def change_set_list(person: Person) -> QuerySet[ChangeSet]:
    """Return the change sets that `person` may look at, the latest first."""
    return change_sets.change_sets(None if person.scope(Right.VIEW, "drafts").everything else person.who)


def changes_of(number: int, person: Person) -> tuple[ObjectChange, ...]:
    """Return what a change set changed.

    :raises NoSuchChangeSet:
    """
    return change_sets.changes_of(change_set(number, person).pk)


def undo(*, number: int, person: Person, world: World) -> int:
    """Begin the draft that takes a change set back, and return its number; nothing is wanted because of it yet.

    Where somebody changed an object again since, the draft is in conflict there.

    :raises NoSuchChangeSet:
    :raises NotAllowed:
    """
    person.insist_any(Right.CHANGE)
    taken = change_set(number, person)
    back = tuple(
        ObjectChange(kind=one.kind, name=one.name, before=one.after, after=one.before)
        for one in reversed(change_sets.changes_of(number))
    )
    insist_on_changes(person, back)
    with transaction.atomic():
        draft = drafts.begin(
            title=f"undo {number}: {taken.title}"[:200], who=person.who, at=world.clock.now(), undoes=number
        )
        drafts.put(draft.pk, back)
    return draft.pk


def undone_by(number: int, person: Person) -> ChangeSet | None:
    """Return the change set that took this one back, the latest if there are several, if `person` may look at it."""
    return change_set_list(person).filter(undoes=number).first()
