"""What registries told, kept: `known` for derivation, cached by its token; and what became different, for people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from hanse.derive.filters import expansions_wanted
from hanse.network.known.irr import Difference, Expansion
from hanse.network.known.known import NOTHING_KNOWN, Known
from hanse.network.values.addresses import Family, parse_prefix
from hanse.network.values.asn import Asn
from hanse.network.wanted.network import Network
from hanse.store.models import IrrChange, IrrExpansion, IrrHead

NAMED: Final = 1000  # prefixes, and origins, that a change names; the others are counted
ONLY: Final = 1  # the number of the one row of the head


@dataclass
class _Kept:
    """The answers read last, by name, each with its token. Any thread may ask."""

    lock: Lock = field(default_factory=Lock)
    head: str = ""
    known: Known = NOTHING_KNOWN
    tokens: dict[str, str] = field(default_factory=dict)


_KEPT: Final = _Kept()


def known(network: Network) -> Known:
    """Return what is known for deriving `network`: without a query where nothing bounds anybody; else one mostly.

    Answers that did not change since the last time are the very same objects.
    """
    return all_known() if expansions_wanted(network) else NOTHING_KNOWN


def all_known() -> Known:
    """Return every good answer."""
    head = IrrHead.objects.filter(pk=ONLY).values_list("token", flat=True).first() or ""
    with _KEPT.lock:
        if head != _KEPT.head or not head:
            tokens = dict(IrrExpansion.objects.exclude(at=None).values_list("name", "token"))
            same = {name for name, token in tokens.items() if _KEPT.tokens.get(name) == token}
            kept = {name: _KEPT.known.expansions[name] for name in same}
            read = {row.name: _expansion(row) for row in _rows_of(tokens.keys() - same)}
            found = {**kept, **read}
            _KEPT.known = Known(expansions={name: found[name] for name in sorted(found)})
            _KEPT.tokens = {name: tokens[name] for name in found}
            _KEPT.head = head
        return _KEPT.known


def _rows_of(names: Iterable[str]) -> list[IrrExpansion]:
    wanted = sorted(names)
    return [
        row
        for first in range(0, len(wanted), 500)
        for row in IrrExpansion.objects.filter(name__in=wanted[first : first + 500])
    ]


def expansion(name: str) -> Expansion | None:
    """Return the last good answer for one name; None: there was none. One query."""
    row = IrrExpansion.objects.filter(name=name).exclude(at=None).first()
    return _expansion(row) if row else None


def expansion_rows() -> QuerySet[IrrExpansion]:
    """Return how every name stands, by name, without what was answered."""
    return IrrExpansion.objects.order_by("name").defer("prefixes", "origins")


def irr_changes(name: str = "") -> QuerySet[IrrChange]:
    """Return what became different, the latest first; with a name, there only."""
    rows = IrrChange.objects.order_by("-at", "-pk")
    return rows.filter(name=name) if name else rows


def keep_answer(now: Expansion, changes: Difference, *, who: str, is_first: bool, was_accepted: bool) -> None:
    """Put a good answer down. One that says the same only has its date set."""
    with transaction.atomic():
        if changes.is_empty and not is_first:
            _write(now.name, {"at": now.at, "asked_at": now.at, "trouble": "", "is_refused": False})
            return
        _write(now.name, {**_columns(now), "token": uuid4().hex, "trouble": "", "is_refused": False})
        IrrHead.objects.update_or_create(pk=ONLY, defaults={"token": uuid4().hex})
        parts = {name: [_written(one) for one in getattr(changes, name)] for name in PARTS}
        IrrChange.objects.create(
            name=now.name,
            at=now.at,
            who=who,
            is_first=is_first,
            was_accepted=was_accepted,
            counts=[len(parts[name]) for name in PARTS],
            **{name: listed[:NAMED] for name, listed in parts.items()},
        )


def keep_trouble(name: str, sentence: str, *, at: datetime, is_refused: bool) -> None:
    """Put down why there is no good answer this time. The last good one stays."""
    _write(name, {"asked_at": at, "trouble": sentence, "is_refused": is_refused})


PARTS: Final = ("added_prefixes", "removed_prefixes", "added_origins", "removed_origins")


def _write(name: str, columns: dict[str, Any]) -> None:
    IrrExpansion.objects.update_or_create(name=name, defaults=columns)


def _columns(now: Expansion) -> dict[str, Any]:
    return {
        "prefixes": [str(prefix) for prefix in now.prefixes],
        "origins": [asn.number for asn in now.origins],
        "sources": list(now.sources),
        "prefixes4": len(now.of_family(Family.IPV4)),
        "prefixes6": len(now.of_family(Family.IPV6)),
        "origin_count": len(now.origins),
        "at": now.at,
        "changed_at": now.at,
        "asked_at": now.at,
    }


def _written(one: object) -> object:
    return one.number if isinstance(one, Asn) else str(one)


def _expansion(row: IrrExpansion) -> Expansion:
    return Expansion(
        name=row.name,
        prefixes=tuple(map(parse_prefix, row.prefixes)),
        origins=tuple(map(Asn, row.origins)),
        sources=tuple(row.sources),
        at=row.at or row.asked_at,
    )
