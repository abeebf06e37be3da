"""What taking a draft would do, as far as somebody may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hanse.actions import drafts
from hanse.actions.draft_texts import LOOKED_INTO, SHOWN, RouterChange, differing, reached
from hanse.actions.rights import Person, Right
from hanse.actions.weighing import Conflict, Weighed, weigh
from hanse.actions.world import World
from hanse.network.wanted.problem import Problem
from hanse.store.audit import ObjectChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking a draft would do."""

    changes: tuple[ObjectChange, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    routers: tuple[RouterChange, ...]
    more: tuple[str, ...]  # routers that may change too, not written out here
    hidden: int  # routers that change and that the person may not look at

    @property
    def can_be_taken(self) -> bool:
        """Say whether nothing stands against it."""
        return bool(self.changes) and not (self.conflicts or self.problems or any(map(_stands_against, self.routers)))


def _stands_against(router: RouterChange) -> bool:
    return bool(router.error) and not router.is_untold


def preview(*, draft: int, person: Person, world: World, only: Iterable[str] = ()) -> Preview:
    """Return what taking the draft would do. `only`: write out these routers, and no others.

    :raises NoSuchDraft: there is none, or it is not for this person to see
    """
    return preview_of(weigh(drafts.draft(draft, person).pk), person, world, frozenset(only))


def preview_of(found: Weighed, person: Person, world: World, only: Collection[str] = ()) -> Preview:
    """Return what changes that were weighed would do."""
    names = reached(found) if found.after is not None and not found.problems else ()
    visible = [name for name in names if _may_see(person, found, name)]
    chosen = [name for name in visible if name in only] if only else visible[:LOOKED_INTO]
    changing = differing(found, chosen, world)
    written = (both.change(name) for name, both in changing[:SHOWN])
    return Preview(
        changes=found.changes,
        conflicts=found.conflicts,
        problems=found.problems,
        routers=tuple(one for one in written if one.diff or one.error),
        more=() if only else (*(name for name, _ in changing[SHOWN:]), *visible[LOOKED_INTO:]),
        hidden=len(names) - len(visible),
    )


def _may_see(person: Person, found: Weighed, name: str) -> bool:
    sides = (side.nodes.get(name) for side in (found.before, found.after) if side)
    return all(person.may(Right.VIEW, "nodes", site=node.site) for node in sides if node)
