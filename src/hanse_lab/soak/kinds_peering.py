"""Edits of sessions with other networks, and of what happens to routes."""

from random import Random
from typing import Any, Final

from hanse.network.wanted.policies import Direction
from hanse.network.wanted.sessions import SessionStatus
from hanse.network.wanted.statuses import next_statuses
from hanse_lab.soak.edits import Change, Edit, put, removed, toggled
from hanse_lab.soak.present import Kind, Present, edit, free, one_of

LISTS: Final = {Direction.IMPORT: ("import_policies",), Direction.EXPORT: ("export_policies",)}
BOTH: Final = ("import_policies", "export_policies")
FEWEST: Final = 50  # prefixes that a neighbour of the lab never exceeds
NEVER_ASKED: Final = frozenset({SessionStatus.REQUESTED, SessionStatus.DECOMMISSIONED})


def session_removed(present: Present, chance: Random) -> Edit | None:
    """Remove a session."""
    name = one_of(chance, present.network.sessions)
    return (
        edit("session removed", f"without sessions.{name}", removed(present.tree, "sessions", name)) if name else None
    )


def session_life(present: Present, chance: Random) -> Edit | None:
    """Take a session one step on in its life."""
    name = one_of(chance, present.network.sessions)
    if name is None:
        return None
    was = present.network.sessions[name].status
    new = one_of(chance, (one for one in next_statuses(was) if one is not was and one not in NEVER_ASKED))
    if new is None:
        return None
    said = None if new is SessionStatus.ENABLED else str(new)
    return edit("life of a session", f"sessions.{name} is {new}", put(present.tree, "sessions", name, status=said))


def prefix_limit(present: Present, chance: Random) -> Edit | None:
    """Let a neighbour tell more or fewer prefixes."""
    name = one_of(chance, present.network.sessions)
    if name is None:
        return None
    numbers = {family: FEWEST * chance.randint(1, 100) for family in ("ipv4", "ipv6")}
    what = f"sessions.{name}: at most {numbers['ipv4']} and {numbers['ipv6']}"
    return edit("prefix limit", what, put(present.tree, "sessions", name, max_prefixes=numbers))


def _rule(chance: Random, direction: Direction) -> dict[str, Any]:
    """Return what a policy may do to routes that go that way."""
    if direction is Direction.IMPORT:
        return {"local_preference": chance.choice((80, 90, 110, 150, 250))}
    return chance.choice(({"med": chance.randint(1, 100)}, {"prepend": chance.randint(1, 3)}))


def policy_changed(present: Present, chance: Random) -> Edit | None:
    """Let a policy do something else."""
    name = one_of(chance, (one.name for one in present.network.routing_policies.values() if not one.refuse))
    if name is None:
        return None
    direction = present.network.routing_policies[name].direction
    if direction is Direction.BOTH:
        return None
    rule = _rule(chance, direction)
    cleared = {"local_preference": None, "med": None, "prepend": None}
    changed = put(present.tree, "routing_policies", name, **cleared | rule)
    return edit("policy changed", f"routing_policies.{name}: {rule}", changed)


def session_policy(present: Present, chance: Random) -> Edit | None:
    """Give a session one more policy, made for it, or take one of its own away."""
    name = one_of(chance, present.network.sessions)
    if name is None:
        return None
    session = present.network.sessions[name]
    there = [(word, one) for word in BOTH for one in getattr(session, word) if one.startswith("soak-")]
    if there and chance.random() < 0.5:
        word, one = there[0]
        changed = put(present.tree, "sessions", name, **{word: toggled(getattr(session, word), one)})
        return edit("policy of a session", f"sessions.{name} without {one}", changed)
    direction = chance.choice((Direction.IMPORT, Direction.EXPORT))
    word = LISTS[direction][0]
    ours = [one for one in present.network.routing_policies if one.startswith("soak-")]
    policy = f"soak-{free(int(one.rpartition('-')[2]) for one in ours)}"
    rule = _rule(chance, direction)
    made = put(present.tree, "routing_policies", policy, direction=str(direction), **rule)
    changed = put(present.tree, "sessions", name, **{word: [*getattr(session, word), policy]})
    return edit("policy of a session", f"sessions.{name} has {policy}: {rule}", made, changed)


def community(present: Present, chance: Random) -> Edit | None:
    """Mark the routes of a session, or no more."""
    name = one_of(chance, present.network.sessions)
    if name is None:
        return None
    number = present.network.network.asn.number
    word = f"soak-{chance.randint(1, 4)}"
    value = f"{number}:{9000 + int(word[-1])}:1"
    made: tuple[Change, ...] = ()
    if word not in present.network.communities:
        made = (put(present.tree, "communities", word, value=value),)
    listed = toggled(present.network.sessions[name].communities, word)
    changed = put(present.tree, "sessions", name, communities=listed)
    return edit("community", f"sessions.{name}: {', '.join(listed) or 'no communities'}", *made, changed)


def parent_status(present: Present, chance: Random) -> Edit | None:
    """Switch off all sessions with a network, or let them be up again."""
    asn = one_of(chance, sorted({session.asn.number for session in present.network.sessions.values()}))
    if asn is None:
        return None
    key = next(key for key in present.tree["autonomous_systems"] if str(key) == str(asn))
    was = present.tree["autonomous_systems"][key].get("status")
    new = None if was else "maintenance"
    changed = put(present.tree, "autonomous_systems", key, status=new)
    return edit("life of a network", f"AS{asn} is {new or 'enabled'}", changed)


KINDS: Final = (
    Kind(name="session removed", weight=5, draw=session_removed),
    Kind(name="life of a session", weight=5, draw=session_life),
    Kind(name="prefix limit", weight=4, draw=prefix_limit),
    Kind(name="policy changed", weight=3, draw=policy_changed),
    Kind(name="policy of a session", weight=5, draw=session_policy),
    Kind(name="community", weight=4, draw=community),
    Kind(name="life of a network", weight=1, draw=parent_status),
)
