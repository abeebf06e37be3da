"""One look at a router, and one at all of them at once.

A router that does not answer is a fact of its own: it says nothing about its sessions.
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.devices.clock import Clock
from hanse.devices.driver import Driver, NotOffered, Unreachable
from hanse.network.errors import OutsideError
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLabel, SeenLldpNeighbour, SeenOspfNeighbour
from hanse.network.wanted.label_paths import FIRST_LABEL

OpenDevice = Callable[[str], AbstractContextManager[Driver]]  # by node name
LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a router reported."""

    node: str
    taken_at: datetime  # when the look was complete
    took: timedelta
    device: SeenDevice
    sessions: tuple[SeenSession, ...] = ()
    neighbours: tuple[SeenOspfNeighbour, ...] = ()
    interfaces: tuple[SeenInterface, ...] = ()
    lldp: tuple[SeenLldpNeighbour, ...] = ()
    labels: tuple[SeenLabel, ...] = ()  # of label paths: LDP's come and go by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A look that did not come about: its sessions are unknown, not down."""

    node: str
    taken_at: datetime
    took: timedelta
    reason: str


def look_at(node: str, open_device: OpenDevice, clock: Clock) -> Look | Unanswered:
    """Return what `node` reports now, over a connection of its own."""
    began = clock.monotonic()
    look: Look | None = None
    try:
        with open_device(node) as driver:
            look = _look(node, driver, clock, began)
    except OutsideError as error:
        took = timedelta(seconds=clock.monotonic() - began)
        return look or Unanswered(node=node, taken_at=clock.now(), took=took, reason=str(error))
    return look


def _look(node: str, driver: Driver, clock: Clock, began: float) -> Look:
    device, sessions, neighbours, interfaces, lldp, labels = (
        driver.facts(),
        driver.bgp_sessions(),
        _ospf(driver),
        driver.interfaces(),
        _lldp(driver, node),
        tuple(one for one in driver.labels() if one.label >= FIRST_LABEL),
    )
    return Look(
        node=node,
        taken_at=clock.now(),
        took=timedelta(seconds=clock.monotonic() - began),
        device=device,
        sessions=sessions,
        neighbours=neighbours,
        interfaces=interfaces,
        lldp=lldp,
        labels=labels,
    )


def _ospf(driver: Driver) -> tuple[SeenOspfNeighbour, ...]:
    """Return the OSPF neighbours; none where the platform cannot tell."""
    try:
        return driver.ospf_neighbours()
    except NotOffered:
        return ()


def _lldp(driver: Driver, node: str) -> tuple[SeenLldpNeighbour, ...]:
    """Return what LLDP sees. A router that refuses this question, as where LLDP is off, answers all others still."""
    try:
        return driver.lldp_neighbours()
    except Unreachable:
        raise
    except OutsideError as error:
        LOG.info("%s tells nothing of LLDP: %s", node, error)
        return ()


def look_at_all(
    nodes: Iterable[str],
    *,
    open_device: OpenDevice,
    clock: Clock,
    concurrency: int = 50,
    each: Callable[[Look | Unanswered], None] = lambda look: None,
) -> tuple[Look | Unanswered, ...]:
    """Look at all `nodes`, at most `concurrency` at a time, and return the looks in their order.

    `each` hears every look as it comes, in the caller's thread, while others are still under way. A mistake of ours in
    reading one router is logged and costs that one look only.
    """
    asked = tuple(dict.fromkeys(nodes))
    began = clock.monotonic()
    looks: dict[str, Look | Unanswered] = {}
    with ThreadPoolExecutor(max(1, min(concurrency, len(asked))), thread_name_prefix="look") as pool:
        started = {pool.submit(look_at, node, open_device, clock): node for node in asked}
        for future in as_completed(started):
            node, error = started[future], future.exception()
            if error is None:
                looks[node] = future.result()
            else:
                LOG.error("reading %s failed: this is a mistake in Hanse", node, exc_info=error)
                took = timedelta(seconds=clock.monotonic() - began)
                reason = f"what it answered could not be read ({type(error).__name__}: {error})"
                looks[node] = Unanswered(node=node, taken_at=clock.now(), took=took, reason=reason)
            each(looks[node])
    return tuple(looks[node] for node in asked)
