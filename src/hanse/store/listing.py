"""Lists for pages, API and commands: rows that somebody may see, as query sets that still can be filtered and paged.

How much somebody may see is said by values with `everything`, `sites` and `asns`, as `actions.rights.Scope` has them.
"""

from collections.abc import Collection
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from hanse.store.models import (
    AddressStanding,
    AuditEntry,
    ChangeRecord,
    LinkStanding,
    Poll,
    RouterStanding,
    SessionSample,
    SessionStanding,
    WantedObject,
)


class Within(Protocol):
    """How much of a list is asked for: everything, or what is at `sites` or has one of `asns`."""

    @property
    def everything(self) -> bool: ...
    @property
    def sites(self) -> frozenset[str]: ...
    @property
    def asns(self) -> frozenset[int]: ...


def routers(within: Within) -> QuerySet[RouterStanding]:
    """Return the wanted routers, by name."""
    rows = RouterStanding.objects.order_by("node")
    return rows if within.everything else rows.filter(site__in=within.sites)


def sessions(within: Within) -> QuerySet[SessionStanding]:
    """Return the BGP sessions, wanted or seen, by router and address."""
    rows = SessionStanding.objects.order_by("node", "remote_sort", "vrf")
    return rows if within.everything else rows.filter(Q(site__in=within.sites) | Q(remote_asn__in=within.asns))


def links(within: Within) -> QuerySet[LinkStanding]:
    """Return the wanted links, by name; one is at the sites of both its ends."""
    rows = LinkStanding.objects.order_by("name")
    return rows if within.everything else rows.filter(Q(one_site__in=within.sites) | Q(other_site__in=within.sites))


def addresses(within: Within) -> QuerySet[AddressStanding]:
    """Return the addresses and prefixes of the wanted network, IPv4 first, in order."""
    rows = AddressStanding.objects.order_by("first", "-last", "what")
    return rows if within.everything else rows.filter(Q(site__in=within.sites) | Q(asn__in=within.asns))


def changes(within: Within, *, node: str = "", subject: str = "") -> QuerySet[ChangeRecord]:
    """Return what changed on routers, on `node` and about `subject` only if given, the latest first."""
    rows = ChangeRecord.objects.order_by("-at", "-pk")
    if node:
        rows = rows.filter(node=node)
    if subject:
        rows = rows.filter(subject=subject)
    return rows if within.everything else rows.filter(_on_routers(within))


def polls(within: Within, *, node: str = "") -> QuerySet[Poll]:
    """Return the attempts to look at routers, on `node` only if given, the latest first."""
    rows = Poll.objects.order_by("-at", "-pk")
    if node:
        rows = rows.filter(node=node)
    return rows if within.everything else rows.filter(node__in=routers(within).order_by().values("node"))


def audit(condition: Q) -> QuerySet[AuditEntry]:
    """Return the audit entries for which `condition` holds, the latest first."""
    return AuditEntry.objects.filter(condition).order_by("-at", "-pk")


def names_within(kind: str, within: Within) -> QuerySet[Any, Any]:
    """Return the names of the wanted objects of `kind` that are somewhere; none of those that are nowhere."""
    match kind:
        case "nodes":
            return routers(within).order_by().values("node")
        case "sessions":
            return sessions(within).order_by().values("name")
        case "links":
            return links(within).order_by().values("name")
        case "connections":
            return sessions(within).order_by().values("connection")
        case _:
            return RouterStanding.objects.none().values("node")


def wanted(kinds: Collection[str], condition: Q) -> list[tuple[str, str, str]]:
    """Return kind, name and, of a network, what it is called, of the wanted objects that fit, at most a hundred."""
    rows = WantedObject.objects.filter(condition, kind__in=kinds).order_by("kind", "name")
    found = rows.values_list("kind", "name", "body__name")[:100]
    return [(kind, name, said or "") for kind, name, said in found]


def samples(*, node: str, remote_address: str, vrf: str) -> QuerySet[SessionSample]:
    """Return what one session carried over time, the oldest first."""
    return SessionSample.objects.filter(node=node, remote_address=remote_address, vrf=vrf).order_by("at", "pk")


def _on_routers(within: Within) -> Combinable | Q:
    """Return what holds for a change on a router, or of a session with one of the networks, that is within."""
    of_sessions = SessionStanding.objects.filter(
        node=OuterRef("node"), remote_address=OuterRef("key"), remote_asn__in=within.asns
    )
    here = Q(node__in=routers(within).order_by().values("node"))
    return here | Exists(of_sessions) if within.asns else here
