"""Does a router answer, and is it the one we know?"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from hanse.actions.world import Doors, NoWayIn, World, chosen, doors
from hanse.devices.clock import Clock
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.store import access, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries


class HostKeyDiffers(OutsideError):
    """The router shows another host key than the one learned: look why, then `hanse ping NODE --relearn`."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged:
    """One router's answer, or the sentence why there is none."""

    node: str
    took: timedelta | None = None
    version: str = ""
    learned: str = ""  # the host key, if it was learned now
    error: str = ""


def ping(
    *,
    world: World,
    limit: Iterable[str] = (),
    told: Callable[[Pinged], None] = lambda pinged: None,
) -> tuple[Pinged, ...]:
    """Open a connection to the routers in `limit`, all if it is empty, and return each one's answer by name.

    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    ways = doors(network, world)
    answers: list[Pinged] = []
    with ThreadPoolExecutor(max(1, min(world.concurrency, len(nodes))), thread_name_prefix="ping") as pool:
        for future in as_completed([pool.submit(_ping_one, ways, node) for node in nodes]):
            answers.append(future.result())
            told(answers[-1])
    return tuple(sorted(answers, key=lambda answer: answer.node))


def _ping_one(ways: Doors, node: str) -> Pinged:
    try:
        with ways.open(node) as driver:
            reached = driver.reach()
            return Pinged(node=node, took=reached.took, version=reached.version)
    except OutsideError as error:
        return Pinged(node=node, error=str(error))


def learn(
    *, world: World, limit: Iterable[str] = (), relearn: bool = False, author: Author
) -> dict[str, str | HanseError]:
    """Ask routers for the host keys they show and pin them; return each new key, "" for a known one, or the error.

    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    ways = doors(network, world)
    with ThreadPoolExecutor(max(1, min(world.concurrency, len(nodes))), thread_name_prefix="learn") as pool:
        shown = dict(zip(nodes, pool.map(lambda node: _shown_key(ways, node), nodes), strict=True))
    return {node: _pin(node, key, relearn, author, world) for node, key in shown.items()}


def _shown_key(ways: Doors, node: str) -> str | HanseError:
    try:
        kind = ways.kind(node)
        if kind.learn_host_key is None:
            return ""  # nothing to learn: its driver knows no host keys
        return kind.learn_host_key(ways.target(node))
    except OutsideError as error:
        return error
    except WantedError as error:
        return NoWayIn(str(error))


def _pin(node: str, key: str | HanseError, relearn: bool, author: Author, world: World) -> str | HanseError:
    if isinstance(key, HanseError):
        return key
    if not key:
        return ""
    try:
        is_new = learn_host_key(node=node, key=key, relearn=relearn, author=author, clock=world.clock)
    except OutsideError as error:
        return error
    return key if is_new else ""


def learn_host_key(*, node: str, key: str, relearn: bool, author: Author, clock: Clock) -> bool:
    """Pin the host key that a router shows; say whether it is a new one. A known one is replaced only by `relearn`.

    :raises HostKeyDiffers:
    """
    at = clock.now()
    with transaction.atomic():
        known = access.host_keys().get(node)
        if known == key:
            return False
        if known and not relearn:
            raise HostKeyDiffers(
                f"{node} shows another host key than the one learned: another machine, or somebody in between;"
                f" if the router was set up anew: `hanse ping {node} --relearn`"
            )
        access.put_host_key(node, key, by=author.who, at=at)
        change = ObjectChange(kind="host key", name=node, before=known, after=key)
        write_entries([change], action="learn host key", author=author, at=at)
    return True
