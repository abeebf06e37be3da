"""Writing down what a router has: nothing is wanted because of a look until somebody accepts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hanse.actions import drafting, drafts
from hanse.actions.discovery.results import FRESH, LookIsOld, Result, result
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.monitor.discovery.acceptance import accepted, edits_for
from hanse.monitor.discovery.findings import Sort
from hanse.network.errors import WantedError
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.sessions import Relationship


class NothingChosen(WantedError):
    """Nothing was chosen that could be written down."""


class NotOnOffer(WantedError):
    """What was chosen is not on offer any more: the router or what is wanted changed since it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What somebody chose. `keys`: of the findings; None: all that are new."""

    keys: frozenset[str] | None = None
    relationship: Relationship = Relationship.PEER  # what cannot be told from outside
    relationships: Mapping[str, Relationship] = field(default_factory=dict)  # of single findings, by key


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What came of it: a change set that is wanted now, or a draft."""

    sessions: tuple[str, ...]
    change_set: int | None = None
    draft: int | None = None


def would_accept(found: Result, acceptance: Acceptance) -> tuple[Edit, ...]:
    """Return what would be written: the sessions, and the VRFs and AS numbers that nobody described yet.

    :raises LookIsOld:
    :raises NotOnOffer:
    :raises NothingChosen:
    """
    if found.is_old:
        hours = FRESH.total_seconds() // 3600
        raise LookIsOld(f"{found.node} was looked at more than {hours:.0f} hours ago: look again, then choose")
    new = frozenset(one.key for one in found.of(Sort.NEW))
    keys = new if acceptance.keys is None else acceptance.keys
    gone = sorted(keys - new)
    if gone:
        named = ", ".join(" ".join(key.split()[:2]) for key in gone[:5])
        raise NotOnOffer(f"{named}: {found.node} has it no more, or it is written down already: look at the list again")
    if not keys:
        raise NothingChosen(f"{found.node} has no session that was chosen: tick some, or there is nothing to accept")
    said = {key: acceptance.relationships.get(key, acceptance.relationship) for key in keys}
    return edits_for(found.network, found.node, accepted(found.offers, keys, said), found.registered)


def accept(
    *, node: str, acceptance: Acceptance, draft: int | None = None, at_once: bool = False, person: Person, world: World
) -> Accepted:
    """Write the chosen sessions of a router down, `at_once` as one change set, else into a draft, a new one if None.

    What is on offer is found out anew, so what changed since it was shown is refused, not written.

    :raises NoSuchNode:
    :raises NotAllowed:
    :raises LookIsOld:
    :raises NotOnOffer:
    :raises NothingChosen:
    :raises Contradictory: what would be wanted contradicts itself; a draft takes it all the same
    """
    person.insist_any(Right.CHANGE, "sessions")
    found = result(node=node, person=person, now=world.clock.now(), draft=None if at_once else draft)
    edits = would_accept(found, acceptance)
    names = tuple(edit.name for edit in edits if edit.kind == "sessions")
    title = f"sessions found on {node}"
    if at_once:
        taken = drafts.save_now(edits=edits, person=person, world=world, title=title)
        return Accepted(sessions=names, change_set=taken.number if taken else None)
    number, _ = drafting.put_somewhere(draft=draft, edits=edits, person=person, world=world, title=title)
    return Accepted(sessions=names, draft=number)
