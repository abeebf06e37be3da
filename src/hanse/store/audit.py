"""Who is acting, and the entry that every change leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hanse.store.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or a timer, and the door it came in by: cli, manage, api, page, job."""

    who: str
    door: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """One object before and after; None: it was not there, or is there no more."""

    kind: str
    name: str
    before: Any
    after: Any
    version: int = 0  # of the row it was compared with; 0: there was none

    @property
    def verb(self) -> str:
        """Return what happens to the object, in one word."""
        if self.before is None:
            return "add"
        return "remove" if self.after is None else "change"


def write_entries(
    changes: Iterable[ObjectChange], *, action: str, author: Author, at: datetime, change_set: int | None = None
) -> None:
    """Put down one audit entry a change, in one statement. Secrets never come here: only their names do."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            who=author.who,
            door=author.door,
            action=action,
            kind=change.kind,
            name=change.name,
            before=change.before,
            after=change.after,
            change_set_id=change_set,
        )
        for change in changes
    )


def last_entry(kind: str, name: str, *, who: str) -> AuditEntry | None:
    """Return the latest entry about an object that is somebody's; None: there is none. One query."""
    return AuditEntry.objects.filter(kind=kind, name=name, who=who).order_by("-at").first()
