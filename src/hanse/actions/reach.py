"""Which routers a change set reaches: those to plan for once it is taken."""

from hanse.actions.change_sets import changes_of
from hanse.actions.draft_texts import LOOKED_INTO, SHOWN, differing, reached
from hanse.actions.objects import edits_of, wanted_at
from hanse.actions.rights import Person, Right
from hanse.actions.seen_sites import ROUTERS
from hanse.actions.weighing import Weighed
from hanse.actions.world import World
from hanse.network.wanted.edits import edited
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.problems import problems
from hanse.store.audit import ObjectChange


def routers_of(number: int, person: Person, world: World) -> tuple[str, ...]:
    """Return the routers whose text is another than without the change set, and that `person` may deploy to.

    What is wanted now is compared with the same without what the change set did; where that cannot be any more, for
    later changes build upon it, every router counts. Past the first twenty, a text that is the same may count too.

    :raises NoSuchChangeSet:
    """
    head, now = wanted_at()
    if now is None:
        return ()
    back = tuple(
        ObjectChange(kind=one.kind, name=one.name, before=one.after, after=one.before)
        for one in reversed(changes_of(number, person))
    )
    without = _without(now, back)
    found = Weighed(changes=back, conflicts=(), problems=(), head=head, before=now, after=without)
    names = _changing(found, world) if without else tuple(sorted(now.nodes))
    wanted = (name for name in names if name in now.nodes)
    return tuple(name for name in wanted if person.may(Right.DEPLOY, ROUTERS, site=now.nodes[name].site))


def _without(now: Network, back: tuple[ObjectChange, ...]) -> Network | None:
    """Return the network without the change; None: there can be none."""
    try:
        without = edited(now, edits_of(back))
    except Contradictory:
        return None
    return None if problems(without) else without


def _changing(found: Weighed, world: World) -> tuple[str, ...]:
    """Return the routers whose text differs, of both networks."""
    names = reached(found)
    pairs = differing(found, names[:LOOKED_INTO], world)
    changes = (both.change(name) for name, both in pairs[:SHOWN])
    written = (one.node for one in changes if one.diff or one.error)
    return (*written, *(name for name, _ in pairs[SHOWN:]), *names[LOOKED_INTO:])
