"""Looking at lists of what is wanted and seen: each returns the rows that the person may see, to be filtered and paged.

What they hold was written when it changed: a list costs one query, whatever the size of the network.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from hanse.actions.looking.scopes import scope
from hanse.actions.rights import Person
from hanse.network.wanted.network import KINDS
from hanse.store import listing
from hanse.store.models import (
    AddressStanding,
    AuditEntry,
    ChangeRecord,
    LinkStanding,
    Poll,
    RouterStanding,
    SessionSample,
    SessionStanding,
)

NOTHING: Final = Q(pk__in=[])


def router_list(person: Person) -> QuerySet[RouterStanding]:
    """Return the wanted routers, by name."""
    return listing.routers(scope(person, "nodes"))


def session_list(person: Person) -> QuerySet[SessionStanding]:
    """Return the BGP sessions, wanted or seen, by router and address."""
    return listing.sessions(scope(person, "sessions"))


def link_list(person: Person) -> QuerySet[LinkStanding]:
    """Return the wanted links, by name."""
    return listing.links(scope(person, "links"))


def address_list(person: Person) -> QuerySet[AddressStanding]:
    """Return the addresses and prefixes of the wanted network, in order."""
    return listing.addresses(scope(person, "nodes"))


def change_list(person: Person, *, node: str = "", subject: str = "") -> QuerySet[ChangeRecord]:
    """Return what changed on routers, on `node` and about `subject` only if given, the latest first."""
    return listing.changes(scope(person, "nodes"), node=node, subject=subject)


def poll_list(person: Person, *, node: str = "") -> QuerySet[Poll]:
    """Return the attempts to look at routers, on `node` only if given, the latest first."""
    return listing.polls(scope(person, "nodes"), node=node)


def audit_list(person: Person) -> QuerySet[AuditEntry]:
    """Return who changed what, the latest first.

    Whoever may look at everything sees everything. Within kinds, sites or AS numbers it is what was done to objects
    that are there now; what belongs to no place (templates, secrets' names, people) stays out.
    """
    if scope(person, "audit").everything:
        return listing.audit(Q())
    condition = NOTHING
    for kind in KINDS:
        within = scope(person, kind)
        if within.everything:
            condition |= Q(kind=kind)
        elif not within.is_empty:
            condition |= Q(kind=kind, name__in=listing.names_within(kind, within))
    return listing.audit(condition)


def session_history(
    person: Person, *, node: str, address: str, vrf: str = "global", since: datetime | None = None
) -> QuerySet[SessionSample]:
    """Return what one session carried over time, the oldest first; nothing if the person may not see the session."""
    rows = listing.samples(node=node, remote_address=address, vrf=vrf)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if scope(person, "sessions").everything:
        return rows
    is_visible = session_list(person).filter(node=node, remote_address=address, vrf=vrf).exists()
    return rows if is_visible else rows.none()
