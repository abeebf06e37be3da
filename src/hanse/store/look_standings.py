"""The standings of one router, brought up to date by a look at it, in the transaction that puts the look down."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from hanse.monitor.happenings import LastSeen
from hanse.monitor.links import end_trouble, link_condition
from hanse.monitor.look import Look, Unanswered
from hanse.network.wanted.links import End
from hanse.network.wanted.nodes import NodeStatus
from hanse.store.expected import Expected, expected_by, forget, last_expected
from hanse.store.memory import Memory, memories
from hanse.store.models import LinkStanding, RouterStanding
from hanse.store.samples import take_samples
from hanse.store.standing_rows import (
    NEVER,
    NO_STATUS,
    conditions,
    seen_fields,
    seen_of,
    session_fields,
    session_row,
)
from hanse.store.standing_writes import drop_sessions, put_sessions, settle_sessions


def hold(node: str) -> None:
    """Hold a router's row until the transaction ends, where transactions run beside each other. One query, or none.

    Whoever writes what is wanted of the router holds it too, and another look at it: so they come one after the other.
    """
    if connection.features.has_select_for_update:
        RouterStanding.objects.select_for_update().filter(node=node).values_list("pk").first()


def follow_look(before: Memory, after: Memory, now: Look | Unanswered) -> None:
    """Bring the rows of the router, its sessions and links from `before` to `after`, and take samples.

    Nothing is done for a router that nobody wants.
    """
    found = _written(now.node, before, after)
    if found is None:
        return
    expected, is_in_step = found
    if is_in_step:
        was, there = conditions(expected, before), conditions(expected, after)
        drop_sessions(now.node, [(vrf, str(address)) for vrf, address in was if (vrf, address) not in there])
        put_sessions([session_row(expected, one) for place, one in there.items() if was.get(place) != one])
    else:
        settle_sessions([now.node], {now.node: session_fields(expected, after)})
    _follow_links(expected, before, after)
    if isinstance(now, Look):
        take_samples(now, before)


def _written(node: str, before: Memory, after: Memory) -> tuple[Expected, bool] | None:
    """Write the router's own row and return what it was written by, and whether the rows had followed `before`."""
    row = RouterStanding.objects.filter(node=node)
    known = last_expected(node)
    if known:
        token, expected = known
        if row.filter(token=token, polled_at=before.polled_at).update(**seen_fields(expected, after)):
            return expected, True
    there = row.values_list("token", "polled_at").first()
    now = expected_by(node, there[0]) if there else None
    if there is None or now is None:
        forget(node)
        return None
    row.update(**seen_fields(now, after))
    return now, there[1] == before.polled_at


def _follow_links(expected: Expected, before: Memory, after: Memory) -> None:
    """Write the conditions of the links whose end here is better or worse than before."""
    was, now = seen_of(expected, before), seen_of(expected, after)
    names = [name for name, end in expected.link_ends if end_trouble(end, was) != end_trouble(end, now)]
    if not names:
        return
    rows = list(LinkStanding.objects.select_for_update().filter(name__in=names).order_by("pk"))
    ends = {row.name: (End(row.one_node, row.one_port), End(row.other_node, row.other_port)) for row in rows}
    others = {end.node for pair in ends.values() for end in pair}
    statuses = dict(RouterStanding.objects.filter(node__in=others).values_list("node", "status"))
    known = memories(others)
    for row in rows:
        _judge(row, ends[row.name], known, statuses, after.polled_at)
    LinkStanding.objects.bulk_update(rows, ["condition", "why", "changed_at"])


def _judge(
    row: LinkStanding,
    ends: Iterable[End],
    known: Mapping[str, Memory],
    statuses: Mapping[str, str],
    at: datetime | None,
) -> None:
    """Set the link's condition by what is known of the routers at its ends."""

    def seen(node: str) -> LastSeen:
        is_asked = node in statuses and NodeStatus(statuses[node]).is_asked
        return known.get(node, NEVER).seen if is_asked else NO_STATUS

    condition, row.why = link_condition(end_trouble(end, seen(end.node)) for end in ends)
    if row.condition != condition.value:
        row.condition, row.changed_at = condition.value, at
