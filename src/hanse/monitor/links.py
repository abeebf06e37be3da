"""The condition of a link: what its two interfaces say, as far as their routers answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanse.derive.life import out_of_service
from hanse.monitor.compare import Condition
from hanse.monitor.happenings import LastSeen
from hanse.network.wanted.links import End, Link
from hanse.network.wanted.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why one end of a link is not known to be up; empty: it is. `is_down`: it is known to be down."""

    is_down: bool = False
    why: str = ""


def end_trouble(end: End, seen: LastSeen) -> Trouble:
    """Return what is wrong with one end of a link, by the last look at its router."""
    if seen.answered is not True:
        why = f"{end.node} does not answer" if seen.answered is False else f"{end.node} was never asked"
        return Trouble(why=why)
    interface = next((one for one in seen.interfaces if one.name == end.port), None)
    if interface is None:
        return Trouble(is_down=True, why=f"{end} is not there")
    if not interface.is_enabled:
        return Trouble(is_down=True, why=f"{end} is switched off")
    return Trouble() if interface.is_up else Trouble(is_down=True, why=f"{end} has no carrier")


def link_condition(troubles: Iterable[Trouble]) -> tuple[Condition, str]:
    """Return UP, DOWN if one end is, UNKNOWN if a router does not answer; and why."""
    both = tuple(troubles)
    why = "; ".join(one.why for one in both if one.why)
    if any(one.is_down for one in both):
        return Condition.DOWN, why
    return (Condition.UNKNOWN, why) if why else (Condition.UP, "")


def wanted_link_condition(network: Network, link: Link, seen: Callable[[str], LastSeen]) -> tuple[Condition, str]:
    """Return the condition of a wanted link: DISABLED while nobody expects it to be up; and why.

    `seen` gives what was last seen of a router.
    """
    if why := out_of_service(network, link):
        return Condition.DISABLED, why
    return link_condition(end_trouble(end, seen(end.node)) for end in link.ends)
