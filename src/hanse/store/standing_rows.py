"""The rows of standings as values: what is wanted and what is known of routers in, the fields of their rows out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from hanse.monitor.compare import (
    Condition,
    SessionCondition,
    neighbour_conditions,
    session_conditions,
    tally,
)
from hanse.monitor.happenings import LastSeen
from hanse.monitor.links import wanted_link_condition
from hanse.network.seen.bgp import SeenSession
from hanse.network.values.addresses import Address
from hanse.network.wanted.costs import cost_of
from hanse.network.wanted.links import Link
from hanse.network.wanted.network import Network
from hanse.store.expected import Expected, Key, SessionFacts, sort_key
from hanse.store.memory import Memory

Fields = dict[str, Any]
Place = tuple[str, Address]  # of a session on its router: VRF, remote address
NEVER: Final = Memory()
FACTS: Final = tuple(field.name for field in fields(SessionFacts))
NO_STATUS: Final = LastSeen()


def seen_of(expected: Expected, memory: Memory) -> LastSeen:
    """Return what counts as seen of the router: nothing while nobody asks it."""
    return memory.seen if expected.node.status.is_asked else NO_STATUS


def router_fields(expected: Expected, memory: Memory) -> Fields:
    """Return the row of a router, without its name and without what deployments and looks for drift put there."""
    return {**expected.router, **seen_fields(expected, memory)}


def seen_fields(expected: Expected, memory: Memory) -> Fields:
    """Return the part of a router's row that a look changes."""
    seen = seen_of(expected, memory)
    device = seen.device
    counted = _counts(expected, seen)
    return {
        "answered": seen.answered,
        "polled_at": memory.polled_at,
        "answered_at": memory.answered_at,
        "error": memory.error if seen.answered is False else "",
        "vendor": device.vendor[:100] if device else "",
        "model": device.model[:200] if device else "",
        "version": device.os_version[:200] if device else "",
        "started_at": memory.answered_at - device.uptime if device and device.uptime and memory.answered_at else None,
        **counted,
    }


def _counts(expected: Expected, seen: LastSeen) -> Fields:
    answers = seen.answered is True
    sessions = session_conditions(expected.sessions, seen.sessions if answers else None)
    neighbours = neighbour_conditions(expected.neighbours, seen.neighbours if answers else None)
    conditions = Counter([*(one.condition for one in sessions), *(one.condition for one in neighbours)])
    counted, met = tally(sessions), tally(neighbours)
    return {
        "sessions_wanted": counted.wanted,
        "sessions_up": counted.up or 0,
        "neighbours_wanted": met.wanted,
        "neighbours_up": met.up or 0,
        "unwanted": conditions[Condition.UNWANTED],
    }


def conditions(expected: Expected, memory: Memory) -> dict[Place, SessionCondition]:
    """Return the condition of each of a router's sessions by VRF and remote address, wanted ones first.

    Where a router has another AS than wanted at an address, the wanted session is what counts.
    """
    seen = seen_of(expected, memory)
    found: dict[Place, SessionCondition] = {}
    for one in session_conditions(expected.sessions, seen.sessions if seen.answered is True else None):
        subject = one.wanted or one.seen
        if subject is not None:
            found.setdefault((subject.vrf, subject.remote_address), one)
    return found


def session_fields(expected: Expected, memory: Memory) -> dict[Key, Fields]:
    """Return the rows of a router's sessions by VRF and remote address."""
    found = conditions(expected, memory)
    return {(vrf, str(address)): session_row(expected, one) for (vrf, address), one in found.items()}


def session_row(expected: Expected, one: SessionCondition) -> Fields:
    """Return the row of a session of a router."""
    wanted, seen = one.wanted, one.seen
    if wanted is not None:
        facts = expected.facts[wanted.vrf, str(wanted.remote_address)]
        said, address, asn = {name: getattr(facts, name) for name in FACTS}, wanted.remote_address, wanted.remote_asn
    elif seen is not None:
        said, address, asn = _unwanted(seen), seen.remote_address, seen.remote_asn
    else:
        raise AssertionError("a condition is about something wanted or seen")
    return {
        **said,
        "node": expected.node.name,
        "site": expected.node.site,
        "vrf": wanted.vrf if wanted else seen.vrf if seen else "",
        "remote_asn": asn.number,
        "remote_address": str(address),
        "remote_sort": sort_key(address),
        "is_wanted": wanted is not None,
        "is_enabled": wanted.enabled if wanted else True,
        "condition": one.condition.value,
        "why": one.why,
        **carried(seen),
    }


def carried(seen: SeenSession | None) -> Fields:
    """Return state and counts of a session; empty and nought for one that is not there."""
    counts = seen.counts if seen else ()
    return {
        "state": seen.state.value if seen else "",
        "since": seen.since if seen else None,
        "received": sum(count.received or 0 for count in counts),
        "accepted": sum(count.accepted or 0 for count in counts),
        "sent": sum(count.advertised or 0 for count in counts),
    }


def _unwanted(seen: SeenSession) -> Fields:
    facts = SessionFacts(
        family=seen.remote_address.version,
        local_asn=seen.local_asn.number if seen.local_asn else None,
        local_address=str(seen.local_address) if seen.local_address else "",
        is_internal=seen.local_asn == seen.remote_asn,
        description=seen.description,
    )
    return {name: getattr(facts, name) for name in FACTS}


def link_fields(network: Network, links: Iterable[Link], memories: Mapping[str, Memory]) -> dict[str, Fields]:
    """Return the rows of links by name. `memories` has what is known of the routers at their ends."""
    return {link.name: _link(network, link, memories) for link in links}


def _link(network: Network, link: Link, memories: Mapping[str, Memory]) -> Fields:
    one, other = link.ends
    link_class = network.link_classes[link.link_class]
    asked = {node: network.nodes[node].status.is_asked for node in (one.node, other.node)}
    seen = {node: memories.get(node, NEVER).seen if asked[node] else NO_STATUS for node in asked}
    condition, why = wanted_link_condition(network, link, lambda node: seen[node])
    return {
        "name": link.name,
        "number": link.number,
        "link_class": link.link_class,
        "medium": link_class.medium.value,
        "cost": cost_of(network, link),
        "one_node": one.node,
        "one_port": one.port,
        "one_site": network.nodes[one.node].site,
        "other_node": other.node,
        "other_port": other.port,
        "other_site": network.nodes[other.node].site,
        "description": link.description,
        "condition": condition.value,
        "why": why,
    }
