"""How the network was last seen, and what changed: rows that were written when they changed."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from hanse.actions import looking
from hanse.web.api.filters import words
from hanse.web.api.lists import Listing, one_row
from hanse.web.api.operations import NOT_HERE, Asked, Operation
from hanse.web.api.rows import SeenAddress, SeenChange, SeenLink, SeenPoll, SeenRouter, SeenSample, SeenSession
from hanse.web.api.shapes import Unreadable, given, list_of

LONGEST: Final = 200  # letters of what is looked for

ROUTERS = Listing(
    route="api-seen-router",
    row=SeenRouter,
    rows=lambda asked: looking.router_list(asked.person),
    display="{node}",
    order=("node",),
    searched=("node", "site", "management", "model", "error"),
)
SESSIONS = Listing(
    route="api-seen-session",
    row=SeenSession,
    rows=lambda asked: looking.session_list(asked.person),
    display="{node} {remote_address}",
    order=("node", "remote_sort", "vrf"),
    searched=("node", "name", "remote_as_name", "remote_address", "description"),
)
LINKS = Listing(
    route="api-seen-link",
    row=SeenLink,
    rows=lambda asked: looking.link_list(asked.person),
    display="{name}",
    order=("name",),
    searched=("name", "one_node", "other_node", "description"),
)
ADDRESSES = Listing(
    route="api-seen-address",
    row=SeenAddress,
    rows=lambda asked: looking.address_list(asked.person),
    display="{text} {what}",
    order=("first", "-last", "what", "pk"),
    searched=("text", "what"),
)
CHANGES = Listing(
    route="api-seen-change",
    row=SeenChange,
    rows=lambda asked: looking.change_list(asked.person),
    display="{node}: {sentence}",
    order=("-at", "-pk"),
    is_endless=True,
)
POLLS = Listing(
    route="api-seen-poll",
    row=SeenPoll,
    rows=lambda asked: looking.poll_list(asked.person),
    display="{node} {at:%Y-%m-%d %H:%M:%S}",
    order=("-at", "-pk"),
    is_endless=True,
    finish=lambda row: {**row, "took": row["took"].total_seconds()},
)


def _samples(asked: Asked) -> QuerySet[Any]:
    """Return what one session carried: the address names it, for nobody reads those of all."""
    query = asked.request.query_params
    node, address = query.get("node"), query.get("remote_address")
    if not node or not address:
        raise Unreadable("samples are those of one session: give its node and remote_address")
    return looking.session_history(asked.person, node=node, address=address, vrf=query.get("vrf", "global"))


SAMPLES = Listing(
    route="api-seen-sample",
    row=SeenSample,
    rows=_samples,
    display="{node} {remote_address} {at:%Y-%m-%d %H:%M}",
    order=("at", "pk"),
    is_endless=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """Something that was found. `node`, `address` and `vrf` tell a session."""

    kind: str
    name: str
    node: str
    address: str
    vrf: str
    text: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchGroup:
    """Hits of one sort, the best first; `more`: there are others."""

    title: str
    hits: list[SearchHit]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenNumbers:
    """The whole in numbers, of what one may see. `oldest_poll`: of the router not looked at for longest.

    `verdict`: well, wrong, unseen, partly seen, or nobody asked; what nobody looked at is not well.
    """

    is_well: bool
    verdict: str
    routers: int
    answering: int
    silent_count: int
    never_asked: int
    not_asked: int
    in_maintenance: int
    drifted_count: int
    never_compared: int
    undone_count: int
    sessions: dict[str, int]
    links: dict[str, int]
    oldest_poll: datetime | None
    latest_poll: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInterfaceLine:
    """One interface: whether it is wanted, and its state as it was last seen; empty: nobody knows."""

    name: str
    is_wanted: bool
    state: str
    addresses: list[str]


def found() -> Operation:
    """Return the operation that searches everything."""

    def answer(asked: Asked) -> Response:
        text = words(asked.request.query_params.get("q", ""))[:LONGEST]
        return Response([_group(one) for one in looking.search(text, asked.person)])

    return Operation(
        answer=answer,
        summary="Search everything: names, an address inside a prefix, what lies inside a prefix, AS numbers",
        gives=list_of(given(SearchGroup)),
        parameters=(OpenApiParameter("q", str, description="what to look for"),),
    )


def _group(group: looking.Group) -> dict[str, Any]:
    return {"title": group.title, "hits": [_plain(SearchHit, one) for one in group.hits], "more": group.more}


def _plain(form: Any, thing: Any) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(form)}


def numbers() -> Operation:
    """Return the operation that tells how everything stands, in numbers."""

    def answer(asked: Asked) -> Response:
        return Response(_plain(SeenNumbers, looking.dashboard(asked.person)))

    return Operation(answer=answer, summary="Tell how everything stands, in numbers", gives=given(SeenNumbers))


def interfaces() -> Operation:
    """Return the operation that gives a router's interfaces, wanted and seen."""

    def answer(asked: Asked, number: int) -> Response:
        node = one_row(asked, ROUTERS, number)["node"]
        lines = looking.router(node, asked.person, templates=asked.world.templates).interfaces
        return Response(
            [
                {
                    "name": line.name,
                    "is_wanted": line.wanted is not None,
                    "state": line.state,
                    "addresses": [str(one) for one in line.wanted.addresses] if line.wanted else [],
                }
                for line in lines
            ]
        )

    return Operation(
        answer=answer,
        summary="Show a router's interfaces, wanted and seen",
        gives=list_of(given(SeenInterfaceLine)),
        failures=NOT_HERE,
    )
