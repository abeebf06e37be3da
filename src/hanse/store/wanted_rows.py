"""Wanted objects as rows: with the number and the version that the API shows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, QuerySet

from hanse.store.models import WantedObject

AT_ONCE: Final = 500  # names in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRow:
    """One object as it is stored. What is at its default is not in its body, nor is its name."""

    id: int
    name: str
    body: dict[str, Any]
    version: int
    changed_at: datetime


def of_names(kind: str, names: Collection[str]) -> dict[str, WantedRow]:
    """Return the rows of these objects, by name; one that is not there is left out. A query for each 500."""
    listed = list(names)
    return {
        row.name: row
        for first in range(0, len(listed), AT_ONCE)
        for row in _rows(WantedObject.objects.filter(kind=kind, name__in=listed[first : first + AT_ONCE]))
    }


def names_of(kind: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of the objects with these numbers; one that is not there is left out. One query."""
    possible = [number for number in numbers if 0 < number <= BigIntegerField.MAX_BIGINT]
    return dict(WantedObject.objects.filter(kind=kind, pk__in=possible).values_list("pk", "name"))


def _rows(found: QuerySet[WantedObject]) -> list[WantedRow]:
    return [
        WantedRow(id=number, name=name, body=body, version=version, changed_at=changed_at)
        for number, name, body, version, changed_at in found.values_list("pk", "name", "body", "version", "changed_at")
    ]
