"""How far links go and how they are cabled: worked out from what is wanted and seen, not to be written."""

from dataclasses import asdict, dataclass
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from hanse.actions import looking
from hanse.monitor.cabling import Cabled, CableEnd
from hanse.web.api.filters import words
from hanse.web.api.lists import one_row
from hanse.web.api.operations import NOT_HERE, Asked, Operation
from hanse.web.api.seen import LINKS
from hanse.web.api.shapes import given, list_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRadio:
    """What radio loses on the way: `loss` in dB in free space, the rest in metres, in the middle of the way."""

    frequency: int
    loss: float
    fresnel: float
    clearance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWay:
    """How far a link goes, in metres and degrees from north. `distance` null: a site of it has no place."""

    link: str
    capacity: int | None
    cost: int
    distance: float | None
    bearings: list[float]
    bulge: float | None
    heights: list[float | None]
    free_below: float | None
    radio: LinkRadio | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """One end of a link that is a cable, and what LLDP tells of it. `heard`: node:port of each neighbour there."""

    link: str
    here: str
    wanted: str
    cabled: Cabled
    heard: list[str]
    why: str


def way() -> Operation:
    """Return the operation that tells how far a link goes."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_way(looking.link_page(one_row(asked, LINKS, number)["name"], asked.person)))

    return Operation(
        answer=answer,
        summary="Tell how far a link goes, and what radio loses on the way",
        gives=given(LinkWay),
        failures=NOT_HERE,
    )


def _way(page: looking.LinkPage) -> dict[str, Any]:
    found: dict[str, Any] = {"distance": None, "bearings": [], "bulge": None, "heights": [], "radio": None}
    if page.path:
        found = asdict(page.path)
    return {
        **found,
        "link": page.wanted.name,
        "capacity": page.link_class.capacity,
        "cost": page.standing.cost,
        "free_below": page.path.free_below if page.path else None,
    }


def cables() -> Operation:
    """Return the operation that compares cables."""

    def answer(asked: Asked) -> Response:
        node = words(asked.request.query_params.get("node", ""))
        return Response([_cable(one) for one in looking.cabling(asked.person, node=node)])

    return Operation(
        answer=answer,
        summary="Compare the cables that are wanted with what LLDP tells",
        gives=list_of(given(Cable)),
        parameters=(OpenApiParameter("node", str, description="only the ends at this router"),),
    )


def _cable(end: CableEnd) -> dict[str, Any]:
    return {
        "link": end.link,
        "here": str(end.here),
        "wanted": str(end.wanted),
        "cabled": end.cabled.value,
        "heard": [f"{one.remote_system}:{one.remote_port}" for one in end.heard],
        "why": end.why,
    }
