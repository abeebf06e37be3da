"""What routers run against what was last installed there: has somebody changed one by hand?"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from hanse.actions.world import Doors, World, chosen, doors
from hanse.monitor.drift import drift
from hanse.network.errors import OutsideError
from hanse.store import deployments, snapshot, standings

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """A router's running text against the one last installed, as a diff; empty if nobody has touched it."""

    node: str
    diff: str = ""
    error: str = ""
    is_ours: bool = True  # False: Hanse never installed anything there


def drifts(*, world: World, limit: Iterable[str] = ()) -> tuple[Drifted, ...]:
    """Ask the routers in `limit`, all if it is empty, what they run and compare with what was last installed there.

    What was found is put down in the list of routers.

    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    installed = deployments.last_kept_texts()
    ways = doors(network, world)
    found = _of_each(nodes, lambda node: _drift_one(ways, node, installed.get(node)), world)
    at = world.clock.now()
    with transaction.atomic():
        for one in found:
            standings.note_drift(one.node, one.diff if one.is_ours else None, one.error, at)
    return found


def _drift_one(ways: Doors, node: str, installed: str | None) -> Drifted:
    if installed is None:
        return Drifted(node=node, is_ours=False)
    try:
        with ways.open(node) as driver:
            return Drifted(node=node, diff=drift(node, installed=installed, running=driver.running(installed)))
    except OutsideError as error:
        return Drifted(node=node, error=str(error))


def _of_each(nodes: Iterable[str], ask: Callable[[str], T], world: World) -> tuple[T, ...]:
    """Return what `ask` says of each node, in order, asking many at once."""
    with ThreadPoolExecutor(max(1, world.concurrency), thread_name_prefix="ask") as pool:
        return tuple(pool.map(ask, nodes))
