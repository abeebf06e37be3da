"""Asking routers what they have: a look like any other, compared for what nobody wrote down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanse.actions.discovery.results import Result, last_result
from hanse.actions.polling import Polled, poll
from hanse.actions.world import World
from hanse.monitor.look import Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """One router's result; or why it could not be asked."""

    node: str
    result: Result | None = None
    error: str = ""


def discover(
    *, world: World, limit: Iterable[str] = (), told: Callable[[Discovered], None] = lambda found: None
) -> tuple[Discovered, ...]:
    """Look at the routers in `limit`, all if it is empty, and return what each has, by name. `told` hears each.

    :raises NothingWanted:
    :raises NoSuchNode:
    """
    found: list[Discovered] = []

    def compare(polled: Polled) -> None:
        found.append(_discovered(polled, world))
        told(found[-1])

    poll(world=world, limit=limit, told=compare)
    return tuple(sorted(found, key=lambda one: one.node))


def _discovered(polled: Polled, world: World) -> Discovered:
    look = polled.look
    if isinstance(look, Unanswered):
        return Discovered(node=look.node, error=look.reason)
    return Discovered(node=look.node, result=last_result(look.node, world.clock.now()))
