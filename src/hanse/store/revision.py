"""How often what is wanted was written. The token of a revision stands for exactly one state of it, in any database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from hanse.store.models import Revision

MANY: Final = 1000  # objects: from here on all is read anew
Key = tuple[str, str]  # kind, name


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The latest revision. Number 0: nothing was ever written."""

    number: int = 0
    token: str = ""


def head() -> Head:
    """Return the latest revision. One query."""
    row = Revision.objects.order_by("-number").values_list("number", "token").first()
    return Head(number=row[0], token=row[1]) if row else Head()


def add(touched: Iterable[Key], *, after: Head, at: datetime) -> Head:
    """Put down that these objects were written. Call it in the transaction that does.

    :raises IntegrityError: somebody else wrote after `after`
    """
    now = Head(number=after.number + 1, token=uuid4().hex)
    keys = [list(key) for key in touched]
    Revision.objects.create(number=now.number, token=now.token, at=at, touched=keys if len(keys) <= MANY else None)
    return now


def touched_since(before: Head, now: Head) -> frozenset[Key] | None:
    """Return what was written from `before` to `now`; None if `before` is no past of `now`, or that is too much."""
    rows = Revision.objects.filter(number__gte=before.number, number__lte=now.number).order_by("number")
    found = list(rows.values_list("token", "touched")[: MANY + 2])
    if len(found) < 2 or found[0][0] != before.token or found[-1][0] != now.token:
        return None
    written: list[list[list[str]] | None] = [touched for _, touched in found[1:]]
    named = [touched for touched in written if touched is not None]
    if len(named) < len(written):
        return None
    return frozenset((kind, name) for touched in named for kind, name in touched)


def is_followed(shape: int) -> bool:
    """Say whether the standings of this shape have followed the latest revision. One query."""
    row = Revision.objects.order_by("-number").values_list("shape", flat=True).first()
    return row == shape


def mark_followed(token: str, shape: int) -> None:
    """Put down that the standings have followed that revision."""
    Revision.objects.filter(token=token).update(shape=shape)
