"""The network where it is: sites on a map, and routers grouped by site."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, Sum

from hanse.actions.looking.lists import link_list, router_list
from hanse.actions.looking.scopes import scope
from hanse.actions.rights import Person
from hanse.monitor.compare import Condition
from hanse.network.wanted.nodes import NodeStatus
from hanse.network.wanted.places import Place
from hanse.store import snapshot
from hanse.store.models import LinkStanding, RouterStanding

WORST_FIRST: Final = (Condition.DOWN.value, Condition.UNKNOWN.value, Condition.UP.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A site with its routers in numbers."""

    site: str
    region: str
    place: Place | None  # None: nobody wrote down where it is
    routers: int
    answering: int
    silent: int  # asked, and without an answer the last time
    sessions_wanted: int
    sessions_up: int

    @property
    def condition(self) -> str:
        """Return DOWN if a router is silent, UNKNOWN if one that is asked never answered, UP otherwise."""
        if self.silent:
            return Condition.DOWN.value
        return Condition.UP.value if self.routers and self.answering == self.routers else Condition.UNKNOWN.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All links between two sites, or within one: the worst condition, and the classes by how many links have them.

    `capacity` is that of all of them together, in Mbit/s; None where a class does not tell its own.
    """

    one_site: str
    other_site: str
    condition: str
    link_classes: Mapping[str, int]
    media: Mapping[str, int]
    conditions: Mapping[str, int]
    capacity: int | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CityMap:
    """Sites and what joins them."""

    pins: tuple[Pin, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """Routers by site and name, and the links between them."""

    routers: tuple[RouterStanding, ...]
    links: tuple[LinkStanding, ...]
    sites: tuple[str, ...]


def city_map(person: Person) -> CityMap:
    """Return the sites that the person may see, and the links between them. Three queries, if nothing was written."""
    return CityMap(pins=_pins(person), lines=_lines(link_list(person)))


def topology(person: Person) -> Topology:
    """Return the routers and links that the person may see. Two queries."""
    routers = tuple(router_list(person).order_by("site", "node").defer("drift"))
    return Topology(
        routers=routers, links=tuple(link_list(person)), sites=tuple(dict.fromkeys(one.site for one in routers))
    )


def _pins(person: Person) -> tuple[Pin, ...]:
    try:
        sites = snapshot.load().sites
    except snapshot.NothingWanted:
        return ()
    within = scope(person, "sites")
    asked = Q(status__in=[one.value for one in NodeStatus if one.is_asked])
    rows = router_list(person).order_by().values("site")
    counted = rows.annotate(
        routers=Count("pk"),
        answering=Count("pk", filter=asked & Q(answered=True)),
        silent=Count("pk", filter=asked & Q(answered=False)),
        sessions_wanted=Sum("sessions_wanted"),
        sessions_up=Sum("sessions_up"),
    )
    by_site = {row["site"]: {name: count for name, count in row.items() if name != "site"} for row in counted}
    none = dict.fromkeys(("routers", "answering", "silent", "sessions_wanted", "sessions_up"), 0)
    return tuple(
        Pin(site=name, region=site.region, place=site.place, **by_site.get(name, none))
        for name, site in sorted(sites.items())
        if within.everything or name in within.sites or name in by_site
    )


def _lines(links: Iterable[LinkStanding]) -> tuple[Line, ...]:
    between: defaultdict[tuple[str, str], list[LinkStanding]] = defaultdict(list)
    for link in links:
        one, other = sorted((link.one_site, link.other_site))
        between[one, other].append(link)
    capacities = _capacities() if between else {}
    return tuple(_line(sites, found, capacities) for sites, found in sorted(between.items()))


def _capacities() -> dict[str, int]:
    """Return what a link of each class carries, in Mbit/s, where that is written down."""
    return {one.name: one.capacity for one in snapshot.load().link_classes.values() if one.capacity is not None}


def _line(sites: tuple[str, str], links: Iterable[LinkStanding], capacities: Mapping[str, int]) -> Line:
    found = tuple(links)
    is_known = all(link.link_class in capacities for link in found)
    conditions = Counter(link.condition for link in found)
    return Line(
        one_site=sites[0],
        other_site=sites[1],
        condition=next((one for one in WORST_FIRST if conditions[one]), Condition.UNKNOWN.value),
        link_classes=Counter(link.link_class for link in found),
        media=Counter(link.medium for link in found),
        conditions=conditions,
        capacity=sum(capacities[link.link_class] for link in found) if is_known else None,
        links=tuple(link.name for link in found),
    )
