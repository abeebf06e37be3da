"""What sessions carried over time: a sample when a state changes, and one an hour."""

from datetime import datetime
from typing import Final

from hanse.monitor.look import Look
from hanse.network.seen.bgp import SeenSession
from hanse.store.memory import Memory
from hanse.store.models import SessionSample
from hanse.store.standing_rows import carried

ABSENT: Final = "absent"  # the state of a session that the router does not have any more


def take_samples(now: Look, before: Memory) -> None:
    """Put down the sessions that a sample is due for. One statement, or none."""
    was = {(one.vrf, one.remote_address): one.state for one in before.seen.sessions}
    all_are_due = before.answered_at is None or _hour(now.taken_at) != _hour(before.answered_at)
    due = [one for one in now.sessions if all_are_due or was.get((one.vrf, one.remote_address)) is not one.state]
    there = {(one.vrf, one.remote_address) for one in now.sessions}
    gone = [one for one in before.seen.sessions if (one.vrf, one.remote_address) not in there]
    samples = [_sample(now, one) for one in due] + [_absence(now, one) for one in gone]
    if samples:
        SessionSample.objects.bulk_create(samples)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _sample(now: Look, one: SeenSession) -> SessionSample:
    counted = carried(one)
    del counted["since"]
    return SessionSample(node=now.node, vrf=one.vrf, remote_address=str(one.remote_address), at=now.taken_at, **counted)


def _absence(now: Look, one: SeenSession) -> SessionSample:
    return SessionSample(
        node=now.node,
        vrf=one.vrf,
        remote_address=str(one.remote_address),
        at=now.taken_at,
        state=ABSENT,
        received=0,
        accepted=0,
        sent=0,
    )
