"""Sending what is queued. Nothing is open in the database while somebody is dialled."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from hanse.actions.alert_steps import note_of
from hanse.actions.world import World
from hanse.monitor.telling.message import subject, text
from hanse.monitor.telling.targets import Means
from hanse.network.errors import OutsideError, WantedError
from hanse.store import deliveries
from hanse.store.models import Delivery

AT_ONCE: Final = 8  # recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """How many messages were taken, and how many were not."""

    taken: int = 0
    failed: int = 0


def deliver(world: World) -> Delivered:
    """Try every delivery that is due. A recipient that does not take one is left alone until the next time.

    Each recipient gets its messages one by one, all of them at the same time. A message is sent once more if a worker
    dies between sending it and putting that down: its number tells.
    """
    taken, failing = 0, set[int]()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="deliver") as pool:
        while True:
            due = deliveries.next_due(world.clock.now(), without=failing)
            mine = [one for one in due if deliveries.claim(one, at=world.clock.now())]
            if not mine:
                return Delivered(taken=taken, failed=len(failing))
            for delivery, error in zip(mine, pool.map(lambda one: _attempt(one, world), mine), strict=True):
                taken += _put_down(delivery, error, world)
                if error is not None:
                    failing.add(delivery.recipient_id)


def _attempt(delivery: Delivery, world: World) -> OutsideError | WantedError | None:
    """Send it; return why it was not taken. Runs in a thread and touches no row."""
    try:
        _send(delivery, world)
    except (OutsideError, WantedError) as error:
        return error
    return None


def _send(delivery: Delivery, world: World) -> None:
    to = delivery.recipient
    body = {"id": delivery.pk, **delivery.body}
    if Means(to.means) is Means.WEBHOOK:
        world.telling.webhooks.tell(to.target, secret=to.secret or "", body=body)
    else:
        world.telling.post.tell(
            to.target, subject=subject(body), text=text(body), number=delivery.pk, clock=world.clock
        )


def _put_down(delivery: Delivery, error: OutsideError | WantedError | None, world: World) -> bool:
    at = world.clock.now()
    if error is None:
        deliveries.taken(delivery, at=at)
        return True
    may_succeed = isinstance(error, OutsideError) and error.retry
    deliveries.failed(delivery, error=note_of(error), may_succeed=may_succeed, at=at)
    return False
