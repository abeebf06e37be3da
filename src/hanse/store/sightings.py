"""A look put down, in one short transaction: what was seen, what changed, and how the router stands by it.

Three statements a router whose sessions carry what they did before, one more where they do not, and one more once an
hour for the samples; one more where this process meets the router for the first time, or on PostgreSQL. What changed,
and links that came up or went down, cost a few more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from hanse.monitor.changes import Change
from hanse.monitor.happenings import Happening, Subject, changes_between, last_seen
from hanse.monitor.look import Look, Unanswered
from hanse.store import look_standings
from hanse.store.memory import DEVICE, INTERFACE, LABEL, LLDP, NEIGHBOUR, SESSION, Facts, Key, Memory, memories
from hanse.store.models import ChangeRecord, Poll, Sighting

__all__ = ["Memory", "facts_after", "last_changes", "memories", "memory_after", "put_down", "record_polls"]

LONGEST_KEY: Final = 200  # letters: a neighbour's port may be called anything


def memory_after(before: Memory, now: Look | Unanswered) -> Memory:
    """Return what is known of the router after `now`."""
    after = Memory(
        seen=last_seen(before.seen, now),
        polled_at=now.taken_at,
        answered_at=now.taken_at if isinstance(now, Look) else before.answered_at,
        error=now.reason if isinstance(now, Unanswered) else "",
    )
    return replace(after, facts=facts_after(before, after, now))


def facts_after(before: Memory, after: Memory, now: Look | Unanswered) -> Facts:
    """Return the facts to stand in the rows after `now`; an unanswered look changes the router's own row only."""
    router = {
        "answered": after.seen.answered,
        "device": DEVICE.dump_python(after.seen.device, mode="json") if after.seen.device else None,
        "polled_at": now.taken_at.isoformat(),
        "answered_at": after.answered_at.isoformat() if after.answered_at else None,
        "error": after.error,
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
        **{
            (Subject.LLDP, f"{one.interface} {one.remote_system} {one.remote_port}"[:LONGEST_KEY]): LLDP.dump_python(
                one, mode="json"
            )
            for one in now.lldp
        },
        **{(Subject.LABEL, str(one.label)): LABEL.dump_python(one, mode="json") for one in now.labels},
    }


def put_down(now: Look | Unanswered) -> tuple[Happening, ...]:
    """Store one look and what changed since the last one, which it returns. One short transaction.

    Two polls at once cannot tell one change twice: the second compares with what the first has stored. A look that is
    older than what is stored changes nothing.
    """
    with transaction.atomic():
        look_standings.hold(now.node)
        before = memories([now.node]).get(now.node, Memory())
        if before.polled_at is not None and now.taken_at < before.polled_at:
            return ()
        happenings = changes_between(before.seen, now)
        after = memory_after(before, now)
        _write_differing(now, before.facts, after.facts)
        if happenings:
            ChangeRecord.objects.bulk_create(map(_record, happenings))
        look_standings.follow_look(before, after, now)
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
