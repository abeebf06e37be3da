"""What was last seen of each router, and a look put down: three statements a router, in one short transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from pydantic import TypeAdapter

from hanse.monitor.changes import Change
from hanse.monitor.happenings import Happening, LastSeen, Subject, changes_between, last_seen
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenOspfNeighbour
from hanse.store.models import ChangeRecord, Poll, Sighting

Key = tuple[Subject, str]
Facts = dict[Key, Any]  # of what is there: the facts as they stand in the rows

DEVICE: Final = TypeAdapter(SeenDevice)
SESSION: Final = TypeAdapter(SeenSession)
NEIGHBOUR: Final = TypeAdapter(SeenOspfNeighbour)
INTERFACE: Final = TypeAdapter(SeenInterface)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of a router, as values and as the rows hold it."""

    seen: LastSeen = field(default_factory=LastSeen)
    facts: Facts = field(default_factory=dict)
    polled_at: datetime | None = None  # the last attempt, answered or not
    answered_at: datetime | None = None
    error: str = ""  # why the last attempt failed


def memories(nodes: Iterable[str] | None = None) -> dict[str, Memory]:
    """Return what is known of each router that was ever looked at. One query."""
    rows = Sighting.objects.filter(is_there=True)
    if nodes is not None:
        rows = rows.filter(node__in=list(nodes))
    facts: dict[str, Facts] = {}
    for node, subject, key, found in rows.order_by("pk").values_list("node", "subject", "key", "facts"):
        facts.setdefault(node, {})[Subject(subject), key] = found
    return {node: _memory(found) for node, found in facts.items()}


def _memory(facts: Facts) -> Memory:
    router = facts[Subject.ROUTER, ""]
    device = router["device"]
    return Memory(
        seen=LastSeen(
            answered=router["answered"],
            device=DEVICE.validate_python(device) if device else None,
            sessions=_all(facts, Subject.SESSION, SESSION),
            neighbours=_all(facts, Subject.NEIGHBOUR, NEIGHBOUR),
            interfaces=_all(facts, Subject.INTERFACE, INTERFACE),
        ),
        facts=facts,
        polled_at=_time(router["polled_at"]),
        answered_at=_time(router["answered_at"]),
        error=router["error"],
    )


def _all(facts: Facts, subject: Subject, adapter: TypeAdapter[Any]) -> tuple[Any, ...]:
    return tuple(adapter.validate_python(found) for (kind, _), found in facts.items() if kind is subject)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def facts_after(before: Memory, now: Look | Unanswered) -> Facts:
    """Return the facts to stand in the rows after `now`; an unanswered look changes the router's own row only."""
    seen = last_seen(before.seen, now)
    at = now.taken_at
    answered_at = at if isinstance(now, Look) else before.answered_at
    router = {
        "answered": seen.answered,
        "device": DEVICE.dump_python(seen.device, mode="json") if seen.device else None,
        "polled_at": at.isoformat(),
        "answered_at": answered_at.isoformat() if answered_at else None,
        "error": now.reason if isinstance(now, Unanswered) else "",
    }
    if isinstance(now, Unanswered):
        return {**before.facts, (Subject.ROUTER, ""): router}
    return {
        (Subject.ROUTER, ""): router,
        **{
            (Subject.SESSION, f"{one.vrf} {one.remote_address}"): SESSION.dump_python(one, mode="json")
            for one in now.sessions
        },
        **{
            (Subject.NEIGHBOUR, f"{one.version} {one.interface} {one.router_id}"): NEIGHBOUR.dump_python(
                one, mode="json"
            )
            for one in now.neighbours
        },
        **{(Subject.INTERFACE, one.name): INTERFACE.dump_python(one, mode="json") for one in now.interfaces},
    }


def put_down(now: Look | Unanswered) -> tuple[Happening, ...]:
    """Store one look and what changed since the last one, which it returns: three statements, one short transaction.

    Two polls at once cannot tell one change twice: the second compares with what the first has stored. A look that is
    older than what is stored changes nothing.
    """
    with transaction.atomic():
        before = memories([now.node]).get(now.node, Memory())
        if before.polled_at is not None and now.taken_at < before.polled_at:
            return ()
        happenings = changes_between(before.seen, now)
        _write_differing(now, before.facts, facts_after(before, now))
        if happenings:
            ChangeRecord.objects.bulk_create(map(_record, happenings))
    return happenings


def record_polls(looks: Iterable[Look | Unanswered]) -> None:
    """Put down that these looks were tried, answered or not. One statement."""
    Poll.objects.bulk_create(
        Poll(
            node=look.node,
            at=look.taken_at,
            took=max(look.took, timedelta(0)),
            ok=isinstance(look, Look),
            error=look.reason if isinstance(look, Unanswered) else "",
        )
        for look in looks
    )


def _write_differing(now: Look | Unanswered, before: Mapping[Key, Any], after: Mapping[Key, Any]) -> None:
    different = [(key, facts, True) for key, facts in after.items() if before.get(key) != facts]
    different += [(key, facts, False) for key, facts in before.items() if key not in after]
    Sighting.objects.bulk_create(
        [
            Sighting(
                node=now.node, subject=subject.value, key=key, is_there=there, facts=facts, changed_at=now.taken_at
            )
            for (subject, key), facts, there in different
        ],
        update_conflicts=True,
        unique_fields=["node", "subject", "key"],
        update_fields=["is_there", "facts", "changed_at"],
    )


def _record(happening: Happening) -> ChangeRecord:
    return ChangeRecord(
        node=happening.node,
        subject=happening.subject.value,
        key=happening.name,
        kind=happening.change.value,
        sentence=str(happening),
        before=happening.before,
        after=happening.after,
        why=happening.why,
        since=happening.since,
        at=happening.at,
    )


def last_changes(count: int, nodes: Iterable[str] | None = None) -> tuple[Happening, ...]:
    """Return the latest changes, on `nodes` only if given, the latest first. One query."""
    rows = ChangeRecord.objects.all()
    if nodes is not None:
        rows = rows.filter(node__in=list(nodes))
    return tuple(map(_happening, rows.order_by("-at", "-pk")[:count]))


def _happening(record: ChangeRecord) -> Happening:
    return Happening(
        node=record.node,
        subject=Subject(record.subject),
        name=record.key,
        change=Change(record.kind),
        before=record.before,
        after=record.after,
        why=record.why,
        at=record.at,
        since=record.since,
    )
