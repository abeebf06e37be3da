"""Reading what PeeringDB says, kind by kind and page by page; and how fresh what is known of it is.

No transaction is open while PeeringDB is asked. What was read before something went wrong stays, and the next sync
goes on from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import OutsideError, WantedError
from hanse.network.known.peeringdb import Freshness, Page, PeeringdbKind
from hanse.store import peeringdb, peeringdb_writes
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.peeringdb_writes import Reading

PAGE: Final = 10_000  # rows asked for at once
SLICE: Final = timedelta(seconds=1)  # of a wait, after each of which it may be stopped
OBJECT: Final = "nodes"  # the kind that a right to run jobs is about: a sync is one


class NoPeeringdb(WantedError):
    """HANSE_PEERINGDB_URL is `none`: PeeringDB is never asked here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncWish:
    """How to sync. `full`: read everything, and not only what changed; `accept`: let go of what was refused to go."""

    full: bool = False
    accept: bool = False


USUAL_WISH: Final = SyncWish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a sync is. `wait` is not zero while PeeringDB wants to be left alone."""

    kind: PeeringdbKind
    read: int = 0  # rows of this kind
    done: int = 0  # kinds
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What came of one kind: rows that are known now, that were read and that went, or why it came to nothing."""

    kind: PeeringdbKind
    is_full: bool = False
    rows: int = 0
    read: int = 0
    gone: int = 0
    passed_over: tuple[str, ...] = ()
    refused: str = ""
    error: str = ""

    @property
    def is_well(self) -> bool:
        """Say whether what PeeringDB says of this kind is known now."""
        return not (self.refused or self.error)

    def __str__(self) -> str:
        if not self.is_well:
            return f"{self.kind}: {self.refused or self.error}"
        what = "everything" if self.is_full else "what changed"
        return f"{self.kind}: {self.rows} rows ({what}: {self.read} read, {self.gone} gone)"


Told = Callable[[Step], None]


def sync(
    person: Person, *, world: World, wish: SyncWish = USUAL_WISH, told: Told = lambda step: None
) -> tuple[Synced, ...]:
    """Read every kind, and return what came of each. `told` hears of each page and second of a wait; it may raise.

    A kind that makes no sense stays as it was and the next one is read; where PeeringDB does not answer the sync ends.

    :raises NotAllowed:
    :raises NoPeeringdb:
    """
    person.insist(Right.DEPLOY, OBJECT)
    if not world.peeringdb.registry.url:
        raise NoPeeringdb("HANSE_PEERINGDB_URL is `none`: PeeringDB is never asked here")
    synced: list[Synced] = []
    for kind in PeeringdbKind:
        told(Step(kind=kind, done=len(synced)))
        try:
            synced.append(_Sync(world=world, wish=wish, told=told, done=len(synced)).of(kind))
        except OutsideError as error:
            peeringdb_writes.note_failure(kind, str(error), at=world.clock.now())
            synced.append(Synced(kind=kind, error=str(error)))
            if error.retry:
                break
    if wish.accept:
        _note_acceptance(synced, person, at=world.clock.now())
    return tuple(synced)


def freshness(person: Person) -> tuple[Freshness, ...]:
    """Return how fresh each kind is.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    return peeringdb.freshness()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sync:
    """One kind of one sync."""

    world: World
    wish: SyncWish
    told: Told
    done: int

    def of(self, kind: PeeringdbKind) -> Synced:
        """Read that kind to its end."""
        means, at = self.world.peeringdb, self.world.clock.now()
        reading = peeringdb_writes.begin(
            kind,
            is_full=True if self.wish.full or means.registry.is_whole else None,
            with_key=means.registry.with_key,
            full_before=at - means.full_after if means.full_after else datetime.min.replace(tzinfo=UTC),
            at=at,
            accept=self.wish.accept,
        )
        read, passed_over = 0, list[str]()
        while not reading.is_over:
            page = self._page(reading)
            before, reading = reading, peeringdb_writes.put_page(reading, page, limit=PAGE)
            read += reading.position - before.position
            passed_over += (one.why for one in page.passed_over)
            self.told(Step(kind=kind, read=reading.position, done=self.done))
        kept = peeringdb_writes.finish(
            reading, largest_share=means.largest_share_gone, accept=self.wish.accept, at=self.world.clock.now()
        )
        return Synced(
            kind=kind,
            is_full=reading.is_full,
            rows=kept.rows,
            read=read,
            gone=kept.gone,
            passed_over=tuple(dict.fromkeys(passed_over)),
            refused=kept.refused,
        )

    def _page(self, reading: Reading) -> Page:
        def pause(wait: timedelta) -> None:
            left = wait
            while left > timedelta(0):
                self.told(Step(kind=reading.kind, read=reading.position, done=self.done, wait=left))
                self.world.clock.sleep(min(left, SLICE))
                left -= SLICE

        return self.world.peeringdb.registry.page(
            reading.kind, since=reading.since, skip=reading.skip, limit=PAGE, pause=pause
        )


def _note_acceptance(synced: list[Synced], person: Person, *, at: datetime) -> None:
    gone = {one.kind.value: one.gone for one in synced if one.gone}
    if gone:
        change = ObjectChange(kind="peeringdb", name="", before=gone, after=None)
        write_entries([change], action="accept that rows are gone", author=person.author, at=at)
