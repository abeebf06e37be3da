"""What the last look at a router found, against what is wanted now. Nobody is asked: it is as old as the look is.

Nothing is kept besides the look itself: whoever looks or accepts later compares again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.actions.drafting import network_of
from hanse.actions.rights import Person, Right
from hanse.derive.devices import device_spec
from hanse.monitor.discovery.findings import Finding, Sort, findings
from hanse.monitor.discovery.sessions import Offer, Registered, offers
from hanse.network.errors import WantedError
from hanse.network.known.peeringdb import Member
from hanse.network.values.asn import Asn
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.network import Network
from hanse.store import listing, peeringdb, snapshot
from hanse.store.memory import Memory, memories

FRESH: Final = timedelta(days=1)  # what was seen longer ago is shown, and not accepted
ENOUGH: Final = 500  # AS numbers in one question


class NeverSeen(WantedError):
    """Nobody has looked at the router yet, so nobody knows what it has."""


class LookIsOld(WantedError):
    """The router was looked at too long ago to write down what it had then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one router has and we have not, and the other way round, as it was at `looked_at`."""

    node: str
    looked_at: datetime
    is_old: bool
    error: str  # why a later look failed; empty: there was none, or it did not
    agreed: int  # sessions that are on both sides
    findings: tuple[Finding, ...]  # new ones first, each with the name that it would have
    offers: tuple[Offer, ...]
    registered: Registered
    network: Network  # that it was compared with

    def of(self, sort: Sort) -> tuple[Finding, ...]:
        """Return the findings of one sort."""
        return tuple(one for one in self.findings if one.sort is sort)


def result(*, node: str, person: Person, now: datetime, draft: int | None = None) -> Result:
    """Return what the last look at a router found; with a draft, against what would be wanted with it. Few queries.

    :raises NoSuchNode: nobody wants it, or this person may not see it
    :raises NeverSeen:
    :raises NoSuchDraft:
    """
    if not listing.routers(person.scope(Right.VIEW, "nodes")).filter(node=node).exists():
        raise NoSuchNode(f"there is no node {node!r}")
    return last_result(node, now, draft)


def last_result(node: str, now: datetime, draft: int | None = None) -> Result:
    """Return what the last look at a router found. Whether somebody may see it was asked before.

    :raises NeverSeen:
    """
    wanted = snapshot.load()
    memory = memories([node]).get(node, Memory())
    if memory.answered_at is None:
        raise NeverSeen(f"nobody has looked at {node} yet: look first")
    against = wanted if draft is None else network_of(draft) or wanted
    return _compared(wanted, against, node, memory, now)


def _compared(wanted: Network, against: Network, node: str, memory: Memory, now: datetime) -> Result:
    """Return the router's result: what is wanted of it by `wanted`, and what is written down besides by `against`."""
    assert memory.answered_at is not None
    carried = [(address, one.name) for one in memory.seen.interfaces for address in one.addresses]
    found = findings(against, device_spec(wanted, node), memory.seen.sessions, carried)
    new = {one.remote_asn for one in found if one.sort is Sort.NEW}
    registered = registered_of(new | {one.local_asn for one in found if one.local_asn})
    offered = offers(against, node, found, registered)
    return Result(
        node=node,
        looked_at=memory.answered_at,
        is_old=now - memory.answered_at > FRESH,
        error=memory.error if memory.seen.answered is False else "",
        agreed=len(memory.seen.sessions) - sum(one.sort is not Sort.ABSENT for one in found),
        findings=(
            *(one for offer in offered for one in offer.findings),
            *(one for one in found if one.sort is not Sort.NEW),
        ),
        offers=offered,
        registered=registered,
        network=against,
    )


def registered_of(asns: Iterable[Asn]) -> Registered:
    """Return what PeeringDB says of these networks. Two queries for each 500."""
    numbers = sorted({asn.number for asn in asns})
    rows = [
        row
        for start in range(0, len(numbers), ENOUGH)
        for row in peeringdb.members_known().filter(asn__in=numbers[start : start + ENOUGH])
    ]
    ports = [peeringdb.entry(Member, row) for row in rows]
    return Registered(
        names={Asn(number): one.name for number, one in peeringdb.networks(numbers).items()},
        ports={address: port.id for port in ports for address in (port.ipaddr4, port.ipaddr6) if address},
    )
