"""Asking the IRR and keeping what it tells well. After an answer nothing is deployed by itself."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.derive.filters import expansions_wanted, registered_as
from hanse.network.errors import HanseError, WantedError
from hanse.network.known.irr import Difference, Expansion, difference, is_empty, losses
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, IrrFilter
from hanse.network.wanted.sentences import one_of
from hanse.store import known, snapshot
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import IrrChange, IrrExpansion

PARTS: Final = known.PARTS  # of a change, each counted
OBJECT: Final = "autonomous_systems"  # the kind of object that the rights are about


class NoSuchExpansion(WantedError):
    """No AS that is wanted has that AS-SET, or it was never looked up."""


class Outcome(StrEnum):
    """What came of one question."""

    CHANGED = "changed"  # it is kept, and says something else than before
    SAME = "same"
    REFUSED = "refused"  # too much was gone, or all of it: the last good answer stays
    FAILED = "failed"  # no answer: the last good one stays


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What came of one question, in words."""

    name: str
    outcome: Outcome
    sentence: str
    difference: Difference = field(default_factory=Difference)


Told = Callable[[LookedUp], None]


def update(
    *,
    person: Person,
    world: World,
    names: Iterable[str] = (),
    accept: bool = False,
    told: Told = lambda one: None,
) -> tuple[LookedUp, ...]:
    """Ask for `names`, for all that bound a neighbour if there are none, and keep what is told well.

    `accept`: an answer is taken though much is gone; an empty one never is. `told` hears each as it is known.

    :raises NotAllowed:
    :raises NothingWanted:
    :raises NoSuchExpansion:
    """
    person.insist(Right.CHANGE, OBJECT)
    chosen = chosen_names(snapshot.load(), names)
    at, means = world.clock.now(), world.irr
    found = []
    with ThreadPoolExecutor(max(1, min(means.at_once, len(chosen))), thread_name_prefix="irr") as pool:
        asked = {pool.submit(means.irr.expand, name, at=at): name for name in chosen}
        try:
            for future in as_completed(asked):
                name, error = asked[future], future.exception()
                if isinstance(error, HanseError):
                    found.append(_failed(name, error, at))
                else:
                    found.append(_take(future.result(), person, most=means.most_lost, accept=accept))
                told(found[-1])
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return tuple(sorted(found, key=lambda one: one.name))


def chosen_names(network: Network, names: Iterable[str]) -> tuple[str, ...]:
    """Return what is to be looked up: `names`, else all that bounds a neighbour.

    :raises NoSuchExpansion: no AS that is wanted is registered so
    """
    given = tuple(dict.fromkeys(" ".join(name.upper().split()) for name in names))
    possible = {registered_as(other) for other in network.autonomous_systems.values()} if given else set()
    for name in given:
        if name not in possible:
            raise NoSuchExpansion(f"no AS that is wanted has the AS-SET {name!r}: {one_of(possible, name)}")
    return given or expansions_wanted(network)


def _failed(name: str, error: HanseError, at: datetime) -> LookedUp:
    known.keep_trouble(name, str(error), at=at, is_refused=False)
    return LookedUp(name=name, outcome=Outcome.FAILED, sentence=str(error))


def _take(now: Expansion, person: Person, *, most: float, accept: bool) -> LookedUp:
    before = known.expansion(now.name)
    refusal = _refusal(before, now, most=most, accept=accept)
    if refusal:
        known.keep_trouble(now.name, refusal, at=now.at, is_refused=True)
        return LookedUp(name=now.name, outcome=Outcome.REFUSED, sentence=refusal)
    changes = difference(before, now)
    was_accepted = bool(accept and before and losses(before, now, most))
    known.keep_answer(now, changes, who=person.who, is_first=before is None, was_accepted=was_accepted)
    if was_accepted:
        taken = ObjectChange(kind="irr expansion", name=now.name, before=None, after={"taken": str(changes)})
        write_entries([taken], action="accept irr answer", author=person.author, at=now.at)
    outcome = Outcome.SAME if changes.is_empty else Outcome.CHANGED
    return LookedUp(name=now.name, outcome=outcome, sentence=str(changes), difference=changes)


def _refusal(before: Expansion | None, now: Expansion, *, most: float, accept: bool) -> str:
    """Return why the answer is not taken; empty: it is."""
    if is_empty(now):
        lacking = "no prefix" if now.origins else "nothing"
        stays = f"; the answer of {before.at:%Y-%m-%d} stays" if before else ""
        return f"the IRR has {lacking} registered for {now.name}{stays}"
    lost = losses(before, now, most) if before and not accept else ()
    return f"{', '.join(lost)}: refused, until somebody takes it on purpose" if lost else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one name stands. `at`: when it was last told well; None: never."""

    name: str
    at: datetime | None
    changed_at: datetime | None
    asked_at: datetime | None
    ipv4: int
    ipv6: int
    origins: int
    bounds: bool  # a neighbour, as what is wanted says now
    is_refused: bool  # the latest answer
    is_old: bool  # the last good answer, or it is missing where it is needed
    sentence: str  # what is not well; empty: nothing


def standing_of_names(person: Person, world: World) -> tuple[Standing, ...]:
    """Return how every name stands that bounds a neighbour or ever did, by name.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW, OBJECT)
    wanted = frozenset(expansions_wanted(snapshot.load())) if snapshot.is_anything_wanted() else frozenset()
    rows = {row.name: row for row in known.expansion_rows()}
    oldest = world.clock.now() - world.irr.oldest
    return tuple(_standing(name, rows.get(name), name in wanted, oldest) for name in sorted(rows.keys() | wanted))


def _standing(name: str, row: IrrExpansion | None, bounds: bool, oldest: datetime) -> Standing:
    at = row.at if row else None
    is_old = bounds and (at is None or at < oldest)
    trouble = row.trouble if row else "never looked up"
    return Standing(
        name=name,
        at=at,
        changed_at=row.changed_at if row else None,
        asked_at=row.asked_at if row else None,
        ipv4=row.prefixes4 if row else 0,
        ipv6=row.prefixes6 if row else 0,
        origins=row.origin_count if row else 0,
        bounds=bounds,
        is_refused=bool(row and row.is_refused),
        is_old=is_old,
        sentence=trouble or ("its answer is old" if is_old else ""),
    )


def standing_of(other: AutonomousSystem, world: World) -> Standing | None:
    """Return how what bounds `other` stands; None: the IRR does not. Whether somebody may look was asked before."""
    if other.irr_filter is IrrFilter.NONE:
        return None
    name = registered_as(other)
    row = known.expansion_rows().filter(name=name).first()
    return _standing(name, row, True, world.clock.now() - world.irr.oldest)


def all_shown(person: Person) -> dict[str, Expansion]:
    """Return every good answer by name.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW, OBJECT)
    return dict(known.all_known().expansions)


def shown(name: str, person: Person) -> Expansion:
    """Return the last good answer for one name.

    :raises NotAllowed:
    :raises NoSuchExpansion:
    """
    person.insist(Right.VIEW, OBJECT)
    found = known.expansion(name)
    if found is None:
        names = list(known.expansion_rows().exclude(at=None).values_list("name", flat=True))
        raise NoSuchExpansion(f"{name!r} was never looked up well: {one_of(names, name)}")
    return found


def history(person: Person, name: str = "") -> QuerySet[IrrChange]:
    """Return what became different, the latest first.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW, OBJECT)
    return known.irr_changes(name)
