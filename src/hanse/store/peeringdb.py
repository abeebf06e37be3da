"""What PeeringDB is known to say: questions with a fixed number of queries each, answered in values.

`members` and `networks_known` return rows, for lists that filter and page; their columns have the names of the fields.
"""

from collections.abc import Iterable
from dataclasses import fields
from ipaddress import IPv4Address, IPv6Address
from typing import Any, Final, TypeVar

from django.db.models import Model, Q, QuerySet

from hanse.network.known.peeringdb import (
    FORMS,
    AtExchange,
    ExchangeLan,
    Facility,
    Freshness,
    LanHere,
    Member,
    PeeringdbKind,
    PublicContact,
    RegisteredExchange,
    RegisteredNetwork,
)
from hanse.network.values.addresses import Address, Prefix, parse_address, parse_prefix
from hanse.store.expected import sort_key
from hanse.store.models import (
    KnownContact,
    KnownFacility,
    KnownLan,
    KnownMember,
    KnownNetwork,
    KnownPrefix,
    KnownPresence,
    PeeringdbReading,
)

ENOUGH: Final = 500  # keys in one question
E = TypeVar("E")


def network(asn: int) -> RegisteredNetwork | None:
    """Return the network with that AS number, None if PeeringDB has none. One query."""
    row = KnownNetwork.objects.filter(asn=asn).order_by("-updated").first()
    return None if row is None else entry(RegisteredNetwork, row)


def networks(asns: Iterable[int]) -> dict[int, RegisteredNetwork]:
    """Return those of these networks that PeeringDB has, by AS number. One query for each 500."""
    wanted = sorted(set(asns))
    found: dict[int, RegisteredNetwork] = {}
    for start in range(0, len(wanted), ENOUGH):
        rows = KnownNetwork.objects.filter(asn__in=wanted[start : start + ENOUGH]).order_by("updated")
        found |= {row.asn: entry(RegisteredNetwork, row) for row in rows}
    return found


def networks_known() -> QuerySet[KnownNetwork]:
    """Return every network, by AS number."""
    return KnownNetwork.objects.order_by("asn")


def members(ixlan: int) -> QuerySet[KnownMember]:
    """Return the ports on a peering LAN, each with its network as `net`, by AS number. One query.

    A port whose network PeeringDB does not tell is left out.
    """
    return KnownMember.objects.filter(ixlan_id=ixlan).select_related("net").order_by("asn", "id")


def members_known() -> QuerySet[KnownMember]:
    """Return every port on every peering LAN, each with its network as `net` and its exchange as `ix`."""
    return KnownMember.objects.select_related("net", "ix").order_by("asn", "ixlan_id", "id")


def member_at(address: Address) -> Member | None:
    """Return the port that has that address. One query."""
    row = KnownMember.objects.filter(**{f"ipaddr{address.version}": str(address)}).order_by("-updated").first()
    return None if row is None else entry(Member, row)


def lans() -> tuple[LanHere, ...]:
    """Return every peering LAN, by the name of its exchange. Two queries."""
    return _lans(Q(), Q())


def lan(ixlan: int) -> LanHere | None:
    """Return the peering LAN of that number. Two queries."""
    return next(iter(_lans(Q(pk=ixlan), Q(ixlan_id=ixlan))), None)


def lan_of(where: Address | Prefix) -> LanHere | None:
    """Return the peering LAN that an address or a prefix lies in, the narrowest one. Three queries."""
    first, last = (where, where) if isinstance(where, IPv4Address | IPv6Address) else (where[0], where[-1])
    around = KnownPrefix.objects.filter(first__lte=sort_key(first), last__gte=sort_key(last))
    found = around.order_by("-first", "last").values_list("ixlan_id", flat=True).first()
    return None if found is None else lan(found)


def at_exchanges(asn: int) -> tuple[AtExchange, ...]:
    """Return the ports of a network, by exchange. One query."""
    rows = KnownMember.objects.filter(asn=asn).select_related("ix").order_by("ix__name", "ixlan_id", "id")
    return tuple(AtExchange(member=entry(Member, row), exchange=entry(RegisteredExchange, row.ix)) for row in rows)


def at_facilities(asn: int) -> tuple[Facility, ...]:
    """Return the facilities that a network is in, by name. One query."""
    there = KnownPresence.objects.filter(net__asn=asn).values("fac_id")
    rows = KnownFacility.objects.filter(pk__in=there).order_by("name", "pk")
    return tuple(entry(Facility, row) for row in rows)


def contacts(asn: int) -> tuple[PublicContact, ...]:
    """Return whom one may write to at a network, by role. One query."""
    rows = KnownContact.objects.filter(net__asn=asn).order_by("role", "name", "pk")
    return tuple(entry(PublicContact, row) for row in rows)


def freshness() -> tuple[Freshness, ...]:
    """Return how fresh each kind is, in the order in which they are read. One query."""
    rows = {row["kind"]: row for row in PeeringdbReading.objects.values(*(one.name for one in fields(Freshness)))}
    return tuple(
        Freshness(**{**rows[kind.value], "kind": kind}) if kind.value in rows else Freshness(kind=kind)
        for kind in PeeringdbKind
    )


def entry(form: type[E], row: Model) -> E:
    """Return a row as the value that it is."""
    return form(**{name: read(getattr(row, name)) for name, read in READS[form]})


def _lans(among: Q, of: Q) -> tuple[LanHere, ...]:
    prefixes: dict[int, list[Prefix]] = {}
    for ixlan, text in KnownPrefix.objects.filter(of).order_by("first").values_list("ixlan_id", "prefix"):
        prefixes.setdefault(ixlan, []).append(parse_prefix(text))
    rows = KnownLan.objects.filter(among).select_related("ix").order_by("ix__name", "pk")
    return tuple(
        LanHere(
            lan=entry(ExchangeLan, row),
            exchange=entry(RegisteredExchange, row.ix),
            prefixes=tuple(prefixes.get(row.pk, ())),
        )
        for row in rows
    )


def _as_it_is(value: Any) -> Any:
    return value


def _address(text: str) -> Address | None:
    return parse_address(text) if text else None


READERS: Final = {"ipaddr4": _address, "ipaddr6": _address, "prefix": parse_prefix}
READS: Final[dict[type[Any], tuple[tuple[str, Any], ...]]] = {
    form: tuple((one.name, READERS.get(one.name, _as_it_is)) for one in fields(form)) for form in FORMS.values()
}
