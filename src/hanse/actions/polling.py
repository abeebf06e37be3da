"""Looking at routers, and putting down what was seen and what changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanse.actions.alerting import notice
from hanse.actions.world import World, chosen, doors
from hanse.monitor.happenings import Happening
from hanse.monitor.look import Look, Unanswered, look_at_all
from hanse.store import sightings, snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One router's poll: what it reported, or why it did not, and what changed since the last look."""

    look: Look | Unanswered
    happenings: tuple[Happening, ...]


def poll(
    *, world: World, limit: Iterable[str] = (), told: Callable[[Polled], None] = lambda polled: None
) -> tuple[Polled, ...]:
    """Look at the routers in `limit`, all if it is empty, at once, and return each one's poll by name.

    Each is put down as it comes, in a short transaction of its own; nothing is open while a router is asked. `told`
    hears each after that. A router that is already asked by another poll is simply asked twice.

    :raises NothingWanted:
    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    ways = doors(network, world)
    polled: list[Polled] = []

    def put_down(look: Look | Unanswered) -> None:
        polled.append(Polled(look=look, happenings=sightings.put_down(look)))
        notice(look, polled[-1].happenings, network=network, world=world)
        told(polled[-1])

    try:
        look_at_all(nodes, open_device=ways.open, clock=world.clock, concurrency=world.concurrency, each=put_down)
    finally:
        sightings.record_polls(one.look for one in polled)
    return tuple(sorted(polled, key=lambda one: one.look.node))
