"""The network as a map of sites and as a topology of routers."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hanse.actions.looking import CityMap, Topology, city_map, topology
from hanse.actions.looking.maps import Line, Pin
from hanse.web.pages.drawing import Drawing, PlacedSite, Run, draw
from hanse.web.person import person_of

STEPS: Final = (1_000, 10_000, 100_000)  # Mbit/s: from each on a line is drawn wider
GRAVITY: Final = ("down", "unknown", "up")  # worst first
LISTED: Final = 200  # lines beside the map; the list of links has all


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSite:
    """A site; `spot`: where on the map, None without a place."""

    pin: Pin
    spot: PlacedSite | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """What joins two sites, or is within one; `run`: how it goes over the map, None where it does not."""

    line: Line
    run: Run | None
    href: str

    @property
    def title(self) -> str:
        """Return the link's name, or how many there are."""
        if len(self.line.links) == 1:
            return self.line.links[0]
        place = f"{self.line.one_site} to {self.line.other_site}"
        within = self.line.one_site == self.line.other_site
        return f"{len(self.line.links)} links {f'within {self.line.one_site}' if within else place}"

    @property
    def medium(self) -> str:
        """Return the medium of most of its links: it is drawn as that."""
        return max(self.line.media, key=lambda medium: self.line.media[medium])

    @property
    def width(self) -> int | None:
        """Return the step of its capacity, 0 to 3; None: nobody wrote it down."""
        return None if self.line.capacity is None else sum(self.line.capacity >= step for step in STEPS)

    @property
    def carries(self) -> str:
        """Return its capacity as people say it: 300 Mbit/s, 10 Gbit/s; empty: nobody wrote it down."""
        if self.line.capacity is None:
            return ""
        giga, rest = divmod(self.line.capacity, 1000)
        return f"{self.line.capacity} Mbit/s" if rest or not giga else f"{giga} Gbit/s"

    @property
    def classes(self) -> str:
        """Return the classes of its links."""
        return ", ".join(sorted(self.line.link_classes))


@require_safe
def network_map(request: HttpRequest) -> HttpResponse:
    """Answer with the map: sites where they are, links between them, and both as lists."""
    city = city_map(person_of(request))
    places = [(pin.site, pin.place.latitude, pin.place.longitude) for pin in city.pins if pin.place is not None]
    pairs = [(line.one_site, line.other_site) for line in city.lines]
    drawing = draw(places, pairs, tiles=bool(settings.TILES))
    lines = _lines(drawing, city)
    context = {
        "drawing": drawing,
        "sites": _sites(drawing, city),
        "lines": lines,
        "listed": lines[:LISTED],
        "tiles": settings.TILES,
        "tiles_by": settings.TILES_BY,
    }
    is_part = request.headers.get("HX-Target") == "drawing"
    return render(request, "maps/drawing.html" if is_part else "maps/map.html", context)


def _sites(drawing: Drawing, city: CityMap) -> tuple[ShownSite, ...]:
    spots = {spot.name: spot for spot in drawing.sites}
    sites = (ShownSite(pin=pin, spot=spots.get(pin.site)) for pin in city.pins)
    return tuple(sorted(sites, key=lambda one: (GRAVITY.index(one.pin.condition), one.pin.site)))


def _lines(drawing: Drawing, city: CityMap) -> tuple[ShownLine, ...]:
    runs = {run.sites: run for run in drawing.runs}
    lines = (
        ShownLine(line=line, run=runs.get((line.one_site, line.other_site)), href=_links_href(line))
        for line in city.lines
    )
    return tuple(sorted(lines, key=lambda one: (GRAVITY.index(one.line.condition), one.title)))


def _links_href(line: Line) -> str:
    words = QueryDict(mutable=True)
    if len(line.links) == 1:
        return reverse("link", args=[line.links[0]])
    words["site"] = line.one_site
    words["other"] = line.other_site
    return f"{reverse('links')}?{words.urlencode()}"


@require_safe
def topology_page(request: HttpRequest) -> HttpResponse:
    """Answer with the page of the topology; its script asks for the elements."""
    found = topology(person_of(request))
    wrong_first = sorted(found.links, key=lambda link: link.condition == "up")
    return render(request, "maps/topology.html", {"topology": found, "links": wrong_first[:LISTED]})


@require_safe
def topology_elements(request: HttpRequest) -> JsonResponse:
    """Answer with routers, sites and links as cytoscape takes them."""
    found = topology(person_of(request))
    elements = [_element(id=f"site {site}", kind="site", label=site) for site in found.sites]
    elements += [
        _element(
            id=row.node,
            kind="router",
            label=row.node,
            parent=f"site {row.site}",
            condition={None: "unknown", True: "up", False: "down"}[row.answered],
            href=reverse("router", args=[row.node]),
        )
        for row in found.routers
    ]
    return JsonResponse({"elements": [*elements, *_edges(found)]})


def _edges(found: Topology) -> list[dict[str, Any]]:
    names = {row.node for row in found.routers}
    return [
        _element(
            id=f"link {row.name}",
            kind="link",
            source=row.one_node,
            target=row.other_node,
            condition=row.condition,
            href=reverse("link", args=[row.name]),
        )
        for row in found.links
        if row.one_node in names and row.other_node in names
    ]


def _element(**values: str) -> dict[str, Any]:
    return {"data": values}
