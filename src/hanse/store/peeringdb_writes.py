"""Putting down what PeeringDB says, page by page: each page and how far the reading is, in one transaction.

What is no more goes at the end of a reading, all at once, and only if that is believable.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, QuerySet

from hanse.network.errors import OutsideError
from hanse.network.known.peeringdb import FORMS, Entry, LanPrefix, Page, PeeringdbKind
from hanse.store.expected import sort_key
from hanse.store.models import (
    KnownCampus,
    KnownCarrier,
    KnownCarrierSite,
    KnownContact,
    KnownExchange,
    KnownExchangeSite,
    KnownFacility,
    KnownLan,
    KnownMember,
    KnownNetwork,
    KnownOrganisation,
    KnownPrefix,
    KnownPresence,
    PeeringdbReading,
)

TABLES: Final[dict[PeeringdbKind, type[Model]]] = {
    PeeringdbKind.ORGANISATION: KnownOrganisation,
    PeeringdbKind.CAMPUS: KnownCampus,
    PeeringdbKind.FACILITY: KnownFacility,
    PeeringdbKind.CARRIER: KnownCarrier,
    PeeringdbKind.NETWORK: KnownNetwork,
    PeeringdbKind.EXCHANGE: KnownExchange,
    PeeringdbKind.LAN: KnownLan,
    PeeringdbKind.PREFIX: KnownPrefix,
    PeeringdbKind.PRESENCE: KnownPresence,
    PeeringdbKind.MEMBER: KnownMember,
    PeeringdbKind.EXCHANGE_SITE: KnownExchangeSite,
    PeeringdbKind.CARRIER_SITE: KnownCarrierSite,
    PeeringdbKind.CONTACT: KnownContact,
}
STALE: Final = timedelta(hours=6)  # a reading that was cut longer ago begins anew: too much has moved since
OVERLAP: Final = 100  # rows that two pages share: what goes meanwhile moves those behind it forward
MARGIN: Final = timedelta(minutes=10)  # by which what is asked for overlaps what is had: clocks and caches
FEW: Final = 5  # rows of a kind that may always go, unless they are all


class SyncedElsewhere(OutsideError):
    """Somebody else reads from PeeringDB at this moment: what they have read stays, this reading ends."""


class PagesDoNotFit(OutsideError):
    """PeeringDB's pages repeat themselves, so that others may be missing: what was known stays."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading of one kind that is under way. `since` is None in one of everything."""

    kind: PeeringdbKind
    turn: int
    round: int
    since: datetime | None
    position: int
    is_over: bool = False

    @property
    def is_full(self) -> bool:
        """Say whether it is one of everything."""
        return self.since is None

    @property
    def skip(self) -> int:
        """Return at which row the next page begins."""
        return max(0, self.position - OVERLAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a reading ended: rows now, rows that went, and why it was refused to let rows go; empty: it was not."""

    rows: int
    gone: int = 0
    refused: str = ""


def begin(
    kind: PeeringdbKind,
    *,
    is_full: bool | None,
    with_key: bool,
    full_before: datetime,
    at: datetime,
    accept: bool = False,
) -> Reading:
    """Return the reading to go on with: the one that was cut, or a new one.

    `is_full` None: the one that was cut, whatever it is of; else one of everything only if the last such is older than
    `full_before`, saw with another key, or never was. After one that was refused it is one of what changed, as it would
    be refused again; unless somebody is to `accept` that.
    """
    row, _ = PeeringdbReading.objects.get_or_create(kind=kind.value)
    if accept and row.refused_full:
        is_full = True
    is_same = is_full in {None, row.asked_since is None} and row.with_key == with_key
    if row.began_at is not None and row.began_at > at - STALE and is_same:
        return _reading(row)
    if is_full is None:
        is_due = row.full_at is None or row.full_at < full_before or row.with_key != with_key
        is_full = row.since is None or (is_due and not row.refused_full)
    return _reading(
        _move(
            row,
            began_at=at,
            asked_since=None if is_full else row.since,
            round=row.round + 1 if is_full else row.round,
            with_key=with_key,
            position=0,
            passed_over=0,
            as_of=None,
        )
    )


def put_page(reading: Reading, page: Page, *, limit: int) -> Reading:
    """Put a page down, in one transaction; `limit` is how many rows were asked for.

    :raises SyncedElsewhere:
    :raises PagesDoNotFit: the reading begins anew next time
    """
    position = max(reading.position, reading.skip + page.count)
    with transaction.atomic():
        row = _row_of(reading)
        _put(reading, page.entries)
        if page.gone:
            _rows(reading.kind).filter(pk__in=page.gone).update(round=0)
        if page.passed_over:
            _rows(reading.kind).filter(pk__in=[one.id for one in page.passed_over]).update(round=reading.round)
        as_of = min(page.as_of, row.as_of or page.as_of)
        row = _move(row, position=position, passed_over=row.passed_over + len(page.passed_over), as_of=as_of)
    if reading.is_full and _is_repeated(row):
        give_up(reading.kind)
        raise PagesDoNotFit(f"PeeringDB repeats rows of {reading.kind} from page to page: others may be missing")
    return _reading(row, is_over=_is_over(reading, page, position, limit))


def finish(reading: Reading, *, largest_share: float, accept: bool, at: datetime) -> Kept:
    """End a reading: what is no more goes, unless that is more than `largest_share` of all.

    What was refused so goes if somebody accepts it: nobody accepts what they have not been told of.

    :raises SyncedElsewhere:
    """
    known = _rows(reading.kind)
    with transaction.atomic():
        row = _row_of(reading)
        going = known.filter(round__lt=reading.round if reading.is_full else 1)
        count, total = going.count(), known.count()
        refused = "" if accept and row.refused else _refusal(reading.kind, count, total, largest_share)
        over = {"began_at": None, "error": "", "error_at": None}
        if refused:
            known.filter(round=0).update(round=reading.round)
            _move(row, **over, rows=total, refused=refused, refused_full=reading.is_full, refused_at=at)
            return Kept(rows=total, refused=refused)
        going.delete()
        since = max(filter(None, (row.since, (row.as_of or at) - MARGIN)))
        well = {"rows": total - count, "good_at": at, "since": since}
        full = {"full_at": at} if reading.is_full else {}
        settled = {"refused": "", "refused_full": False, "refused_at": None}
        if row.refused_full and not reading.is_full:
            settled = {}
        _move(row, **over, **well, **full, **settled)
    return Kept(rows=total - count, gone=count)


def note_failure(kind: PeeringdbKind, sentence: str, *, at: datetime) -> None:
    """Put down why a kind could not be read further. What is known of it stays, and how far it was read."""
    PeeringdbReading.objects.update_or_create(kind=kind.value, defaults={"error": sentence, "error_at": at})


def give_up(kind: PeeringdbKind) -> None:
    """Forget the reading that is under way: the next one begins anew."""
    PeeringdbReading.objects.filter(kind=kind.value).update(began_at=None)


def forget() -> None:
    """Forget everything that PeeringDB ever said."""
    with transaction.atomic():
        for kind in PeeringdbKind:
            _rows(kind).delete()
        PeeringdbReading.objects.all().delete()


def _row_of(reading: Reading) -> PeeringdbReading:
    row = PeeringdbReading.objects.filter(kind=reading.kind.value, turn=reading.turn).first()
    if row is None:
        raise _elsewhere(reading.kind)
    return row


def _move(row: PeeringdbReading, **changes: Any) -> PeeringdbReading:
    """Change the row if nobody has since it was read.

    :raises SyncedElsewhere:
    """
    changes["turn"] = row.turn + 1
    if not PeeringdbReading.objects.filter(pk=row.pk, turn=row.turn).update(**changes):
        raise _elsewhere(PeeringdbKind(row.kind))
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def _elsewhere(kind: PeeringdbKind) -> SyncedElsewhere:
    return SyncedElsewhere(f"somebody else reads {kind} from PeeringDB at this moment")


def _reading(row: PeeringdbReading, *, is_over: bool = False) -> Reading:
    return Reading(
        kind=PeeringdbKind(row.kind),
        turn=row.turn,
        round=row.round,
        since=row.asked_since,
        position=row.position,
        is_over=is_over,
    )


def _is_over(reading: Reading, page: Page, position: int, limit: int) -> bool:
    """Say whether that was the last page.

    Of everything an empty page is the end, as a server may give fewer rows than it is asked for; of what changed a
    short one is. More rows than were asked for are the whole: a copy that knows no pages.
    """
    if position <= reading.position or page.count > limit:
        return True
    return not reading.is_full and page.count < limit


def _is_repeated(row: PeeringdbReading) -> bool:
    kept = _rows(PeeringdbKind(row.kind)).filter(round=row.round).count()
    return kept + row.passed_over + OVERLAP < row.position


def _refusal(kind: PeeringdbKind, count: int, total: int, largest_share: float) -> str:
    if not count or (count < total and count <= max(FEW, largest_share * total)):
        return ""
    return (
        f"PeeringDB leaves out {count} of {total} rows of {kind}, more than a share of {largest_share:g}:"
        " they stay until somebody accepts that"
    )


def _rows(kind: PeeringdbKind) -> QuerySet[Any]:
    return TABLES[kind]._default_manager.all()  # noqa: SLF001 - public in all but name


def _put(reading: Reading, entries: tuple[Entry, ...]) -> None:
    if not entries:
        return
    rows = _rows(reading.kind)
    names = [*_names(type(entries[0])), "round"]
    once = {entry.id: entry for entry in entries}  # PostgreSQL takes no key twice in one statement
    rows.bulk_create(
        [rows.model(**_columns(entry), round=reading.round) for entry in once.values()],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name for name in names if name != "id"],
    )


def _columns(entry: Entry) -> dict[str, Any]:
    columns = {name: getattr(entry, name) for name in NAMES[type(entry)]}
    for name in AS_TEXT & columns.keys():
        columns[name] = str(columns[name] or "")
    return columns | _places(entry)


def _names(form: type[Entry]) -> tuple[str, ...]:
    return (*NAMES[form], "first", "last") if form is LanPrefix else NAMES[form]


def _places(entry: Entry) -> dict[str, str]:
    """Return what makes a prefix be found by an address in it."""
    if not isinstance(entry, LanPrefix):
        return {}
    return {"first": sort_key(entry.prefix[0]), "last": sort_key(entry.prefix[-1])}


AS_TEXT: Final = frozenset({"ipaddr4", "ipaddr6", "prefix"})
NAMES: Final = {form: tuple(one.name for one in fields(form)) for form in FORMS.values()}
