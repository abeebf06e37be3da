"""One search for everything: fragments of names, addresses, prefixes and AS numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, Protocol

from django.db.models import Q, QuerySet

from hanse.actions.looking.lists import address_list, link_list, router_list, session_list
from hanse.actions.looking.scopes import scope
from hanse.actions.rights import Person
from hanse.network.errors import WantedError
from hanse.network.values.addresses import Address, Prefix, parse_address, parse_prefix
from hanse.network.values.asn import Asn
from hanse.store import listing, peeringdb
from hanse.store.expected import sort_key
from hanse.store.models import AddressStanding, LinkStanding, RouterStanding, SessionStanding

SHOWN: Final = 8  # hits of a group
ENOUGH: Final = 2 * SHOWN + 2  # rows to choose hits from
SHORTEST: Final = 2  # characters of a name's fragment
OTHER_KINDS: Final = (
    "sites",
    "autonomous_systems",
    "exchanges",
    "connections",
    "groups",
    "contacts",
    "communities",
    "routing_policies",
    "bfd_profiles",
    "vrfs",
    "services",
    "segments",
    "anycasts",
    "tunnels",
    "label_paths",
    "tags",
    "pools",
    "platforms",
    "link_classes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: an object of `kind` by its name, or a session by router and address."""

    kind: str
    name: str
    node: str = ""
    address: str = ""
    vrf: str = ""
    text: str = ""  # what to show besides the name
    condition: str = ""


class Registered(Protocol):
    """A network as PeeringDB has it, a row or a value."""

    @property
    def asn(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def irr_as_set(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Hits of one sort, the best first; `more`: there are others."""

    title: str
    hits: tuple[Hit, ...]
    more: bool = False


def search(text: str, person: Person) -> tuple[Group, ...]:
    """Return what the person may see that fits `text`, grouped; empty if nothing does.

    An address finds what has it and the smallest prefixes around it, a prefix what lies inside, AS64500 or a number
    the network and its sessions, anything else names, descriptions, AS-SETs, mail addresses and communities that hold
    it. Networks that nobody wants are found too, if PeeringDB knows them.
    """
    words = text.strip()
    found: list[Group | None] = []
    address, prefix = _address(words), _prefix(words)
    if address is not None:
        found += _at(address, person)
    elif prefix is not None:
        found += _inside(prefix, person)
    else:
        asn = _asn(words)
        if asn is not None:
            found += _of_network(asn, person)
        if len(words) >= SHORTEST:
            found += _named(words, person)
    return tuple(one for one in found if one)


def _address(text: str) -> Address | None:
    try:
        return parse_address(text)
    except WantedError:
        return None


def _prefix(text: str) -> Prefix | None:
    try:
        return parse_prefix(text) if "/" in text else None
    except WantedError:
        return None


def _asn(text: str) -> Asn | None:
    try:
        return Asn.parse(text)
    except WantedError:
        return None


def _at(address: Address, person: Person) -> Iterator[Group | None]:
    key = sort_key(address)
    around = address_list(person).filter(first__lte=key, last__gte=key).order_by("-first", "last")
    yield _group("Addresses and prefixes", map(_of_address, around[: SHOWN + 1]))
    yield _group("Sessions", map(_of_session, session_list(person).filter(remote_sort=key)[: SHOWN + 1]))
    yield _group("At PeeringDB", _port(address, person))
    yield _group("Management", map(_of_router, router_list(person).filter(management=str(address))[: SHOWN + 1]))


def _inside(prefix: Prefix, person: Person) -> Iterator[Group | None]:
    first, last = sort_key(prefix.network_address), sort_key(prefix.broadcast_address)
    within = address_list(person).filter(first__gte=first, first__lte=last, last__lte=last)
    yield _group("Inside the prefix", map(_of_address, within[: SHOWN + 1]))
    around = address_list(person).filter(first__lte=first, last__gte=last).exclude(first=first, last=last)
    yield _group("Around the prefix", map(_of_address, around.order_by("-first", "last")[: SHOWN + 1]))
    sessions = session_list(person).filter(remote_sort__gte=first, remote_sort__lte=last).order_by("remote_sort")
    yield _group("Sessions", map(_of_session, sessions[: SHOWN + 1]))


def _of_network(asn: Asn, person: Person) -> Iterator[Group | None]:
    within = scope(person, "autonomous_systems")
    if within.everything or asn.number in within.asns:
        rows = listing.wanted(["autonomous_systems"], Q(name=str(asn.number)))
        hits = [Hit(kind=kind, name=name, text=said) for kind, name, said in rows]
        known = None if hits else peeringdb.network(asn.number)
        hits += [_of_registered(known)] if known else []
        yield _group("Networks", hits)
    rows_of_sessions = session_list(person).filter(remote_asn=asn.number)
    yield _group("Sessions", map(_of_session, rows_of_sessions[: SHOWN + 1]))


def _named(words: str, person: Person) -> Iterator[Group | None]:
    yield _group("Routers", map(_of_router, _best(router_list(person), "node", words)))
    yield _group("Links", map(_of_link, _best(link_list(person), "name", words, "description")))
    sessions = session_list(person).filter(is_internal=False)
    yield _group("Sessions", map(_of_session, _best(sessions, "name", words, "description", "remote_as_name")))
    kinds = [kind for kind in OTHER_KINDS if scope(person, kind).everything]
    hits = tuple(Hit(kind=kind, name=name, text=said) for kind, name, said in _first(kinds, _fits(words)))
    yield _group("Other objects", hits)
    yield _group("At PeeringDB", _registered(words, person, {hit.name for hit in hits}))


def _fits(words: str) -> Q:
    """Return what holds for objects that are called so, or that are known by these words."""
    networks = Q(body__name__icontains=words) | Q(body__as_set__icontains=words)
    contacts = Q(body__person__icontains=words) | Q(body__email__icontains=words)
    return (
        Q(name__icontains=words)
        | Q(networks, kind="autonomous_systems")
        | Q(contacts, kind="contacts")
        | Q(kind="communities", body__value__icontains=words)
    )


def _port(address: Address, person: Person) -> Iterator[Hit]:
    """Yield the network that PeeringDB says is at an address."""
    port = peeringdb.member_at(address) if scope(person, "autonomous_systems").everything else None
    if port:
        yield Hit(kind="autonomous_systems", name=str(port.asn), text=f"has {address}")


def _registered(words: str, person: Person, wanted: set[str]) -> Iterator[Hit]:
    """Yield the networks that PeeringDB knows by these words and that are not found as wanted."""
    if not scope(person, "autonomous_systems").everything:
        return
    fits = Q(name__icontains=words) | Q(irr_as_set__icontains=words)
    for row in peeringdb.networks_known().filter(fits)[: 2 * SHOWN]:
        if str(row.asn) not in wanted:
            yield _of_registered(row)


def _of_registered(one: Registered) -> Hit:
    return Hit(kind="autonomous_systems", name=str(one.asn), text=f"{one.name} {one.irr_as_set}".strip())


def _first(kinds: list[str], fits: Q) -> Iterable[tuple[str, str, str]]:
    return listing.wanted(kinds, fits)[: SHOWN + 1]


def _best(rows: QuerySet[Any], name: str, words: str, *others: str) -> Iterable[Any]:
    """Return the first rows that fit, those whose name begins with `words` before the rest.

    They are taken in the order in which they are stored: then the database stops as soon as it has enough, and does
    not have to go by an index from row to row where nothing fits. One query if few fit, else two.
    """
    fits = Q(**{f"{name}__icontains": words})
    for other in others:
        fits |= Q(**{f"{other}__icontains": words})
    found = list(rows.filter(fits).order_by("pk")[:ENOUGH])
    begins = [row for row in found if getattr(row, name).lower().startswith(words.lower())]
    if len(found) == ENOUGH:
        begins = list(rows.filter(**{f"{name}__istartswith": words}).order_by(name)[: SHOWN + 1])
    known = {row.pk for row in begins}
    return [*sorted(begins, key=attrgetter(name)), *(row for row in found if row.pk not in known)]


def _group(title: str, hits: Iterable[Hit]) -> Group | None:
    found = tuple(hits)
    return Group(title=title, hits=found[:SHOWN], more=len(found) > SHOWN) if found else None


def _of_router(row: RouterStanding) -> Hit:
    condition = {None: "unknown", True: "up", False: "down"}[row.answered]
    return Hit(kind="nodes", name=row.node, node=row.node, text=row.site, condition=condition)


def _of_link(row: LinkStanding) -> Hit:
    text = row.description or f"{row.one_node} to {row.other_node}"
    return Hit(kind="links", name=row.name, text=text, condition=row.condition)


def _of_session(row: SessionStanding) -> Hit:
    said = f"AS{row.remote_asn} {row.remote_as_name}".strip()
    return Hit(
        kind="sessions",
        name=row.name,
        node=row.node,
        address=row.remote_address,
        vrf=row.vrf,
        text=said,
        condition=row.condition,
    )


def _of_address(row: AddressStanding) -> Hit:
    return Hit(kind=row.kind, name=row.name, node=row.node, address=row.text, text=row.what)
