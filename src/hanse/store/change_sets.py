"""Changes that were taken together: what an operator can look back at, and undo as a whole."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Count, QuerySet

from hanse.network.errors import WantedError
from hanse.store import access, snapshot, standings
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.drafts import TEMPLATE
from hanse.store.models import AuditEntry, ChangeSet
from hanse.store.revision import Head
from hanse.store.standings import Prepared


class NoSuchChangeSet(WantedError):
    """There is no change set of that number, or none that one may look at."""


def write(
    changes: Collection[ObjectChange],
    *,
    title: str,
    action: str,
    author: Author,
    at: datetime,
    undoes: int | None = None,
    after: Head | None = None,
    prepared: Prepared | None = None,
) -> ChangeSet:
    """Make `changes` what is wanted, with an audit entry each, as one change set. Call it inside a transaction.

    `after`: the revision of what is wanted in which they were found sound. `prepared`: the network that comes out.

    :raises ChangedMeanwhile: a row is not any more as it was when the changes were found, or there is a newer revision
    """
    try:
        objects = tuple(one for one in changes if one.kind != TEMPLATE)
        standings.write_wanted(objects, at=at, after=after, prepared=prepared)
    except IntegrityError as error:
        raise snapshot.ChangedMeanwhile("somebody else added the same object meanwhile: look again") from error
    for one in changes:
        if one.kind == TEMPLATE:
            access.write_template(one.name, before=one.before, after=one.after, at=at)
    taken = ChangeSet.objects.create(at=at, who=author.who, door=author.door, title=title[:200], undoes_id=undoes)
    write_entries(changes, action=action, author=author, at=at, change_set=taken.pk)
    return taken


def change_set(number: int) -> ChangeSet:
    """Return a change set.

    :raises NoSuchChangeSet:
    """
    found: ChangeSet | None = ChangeSet.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchChangeSet(f"there is no change set {number}")
    return found


def change_sets(who: str | None = None) -> QuerySet[ChangeSet]:
    """Return the change sets of `who`, or of everybody, the latest first, each with its number of `objects`."""
    rows = ChangeSet.objects.annotate(objects_changed=Count("entries")).order_by("-at", "-pk")
    return rows if who is None else rows.filter(who=who)


def changes_of(number: int) -> tuple[ObjectChange, ...]:
    """Return what a change set changed, in the order in which it was written. One query."""
    rows = AuditEntry.objects.filter(change_set_id=number).order_by("pk")
    return tuple(ObjectChange(kind=row.kind, name=row.name, before=row.before, after=row.after) for row in rows)
