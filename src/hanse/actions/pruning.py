"""Letting go of what has been kept long enough, as the settings say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.pruning import AT_ONCE, OLD, Old, old_rows, remove_some

BREATH: Final = timedelta(milliseconds=20)  # between two batches: others write too


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many rows of one kind are older than `before`; that is None where they stay for ever."""

    name: str
    before: datetime | None
    count: int


def old_things(person: Person, *, world: World) -> tuple[Pruned, ...]:
    """Return what would go. Nothing does.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    at = world.clock.now()
    return tuple(_pruned(one, world, at, count=_count(one, world, at)) for one in OLD)


def prune(person: Person, *, world: World, each: Callable[[Pruned], None] = lambda pruned: None) -> tuple[Pruned, ...]:
    """Let it go, and return what went. `each` hears after every batch what went so far of a kind; it may raise.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    at = world.clock.now()
    pruned = tuple(_prune(one, world, at, each) for one in OLD)
    gone = {one.name: one.count for one in pruned if one.count}
    if gone:
        change = ObjectChange(kind="history", name="", before=gone, after=None)
        write_entries([change], action="prune", author=person.author, at=at)
    return pruned


def _prune(one: Old, world: World, at: datetime, each: Callable[[Pruned], None]) -> Pruned:
    rows, gone, more = old_rows(one, world.keeping, at), 0, AT_ONCE
    while rows is not None and more == AT_ONCE:
        more = remove_some(one, rows)
        gone += more
        each(_pruned(one, world, at, count=gone))
        world.clock.sleep(BREATH)
    return _pruned(one, world, at, count=gone)


def _count(one: Old, world: World, at: datetime) -> int:
    rows = old_rows(one, world.keeping, at)
    return 0 if rows is None else rows.count()


def _pruned(one: Old, world: World, at: datetime, *, count: int) -> Pruned:
    kept = one.kept(world.keeping)
    return Pruned(name=one.name, before=None if kept is None else at - kept, count=count)
