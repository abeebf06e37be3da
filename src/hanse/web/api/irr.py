"""What the IRR told of AS-SETs, what became different, and having it asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import irr, irr_asking
from hanse.actions.irr import NoSuchExpansion
from hanse.network.known.files import expansion_tree
from hanse.web.api.jobs import accepted
from hanse.web.api.lists import Listing, Row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import JobFull, Listed
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class IrrNameRow:
    """How an AS-SET or AS stands. `at`: when it was last told well; `is_old`: too long ago, or never."""

    url: str
    display: str
    name: str
    at: datetime | None
    changed_at: datetime | None
    asked_at: datetime | None
    ipv4: int
    ipv6: int
    origins: int
    bounds: bool
    is_refused: bool
    is_old: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IrrExpansionFull:
    """The last good answer for an AS-SET or AS, written out."""

    name: str
    at: datetime
    sources: list[str]
    prefixes: list[str]
    origins: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IrrChangeRow(Listed):
    """A good answer that differed. `counts`: of the four lists, whole; the lists name a thousand at most."""

    name: str
    at: datetime
    who: str
    is_first: bool
    was_accepted: bool
    counts: Any
    added_prefixes: Any
    removed_prefixes: Any
    added_origins: Any
    removed_origins: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class IrrAsked(Exact):
    """What to ask for: `names`, all that bound a neighbour if there are none. `accept`: however much is gone."""

    names: tuple[str, ...] = ()
    accept: bool = False


CHANGES: Final = Listing(
    route="api-registries-irr-change",
    row=IrrChangeRow,
    rows=lambda asked: irr.history(asked.person),
    display="{name} {at}",
    order=("-at", "-pk"),
    searched=("name",),
)
WORDS: Final = (
    "name",
    "at",
    "changed_at",
    "asked_at",
    "ipv4",
    "ipv6",
    "origins",
    "bounds",
    "is_refused",
    "is_old",
    "sentence",
)


def names_listed() -> Operation:
    """Return the operation that tells how every name stands."""

    def rows(asked: Asked) -> Iterator[Row]:
        for one in irr.standing_of_names(asked.person, asked.world):
            words = {word: getattr(one, word) for word in WORDS}
            yield {"url": asked.url("api-registries-irr-name", one.name), "display": one.name, **words}

    return listed_rows(IrrNameRow, rows, "Tell how every AS-SET stands that bounds a neighbour")


def name_shown() -> Operation:
    """Return the operation that gives what was told last of one name."""

    def answer(asked: Asked, as_set: str) -> Response:
        try:
            found = irr.shown(as_set, asked.person)
        except NoSuchExpansion as error:
            raise Http404(str(error)) from error
        return Response({"name": found.name, **expansion_tree(found)})

    return Operation(
        answer=answer, summary="Show what an AS-SET holds", gives=given(IrrExpansionFull), failures=NOT_HERE
    )


def updated() -> Operation:
    """Return the operation that has the IRR asked."""

    def answer(asked: Asked) -> Response:
        wanted: IrrAsked = asked.body(IrrAsked)
        number = irr_asking.request_update(
            person=asked.person, world=asked.world, names=wanted.names, accept=wanted.accept
        )
        return accepted(asked, number)

    return Operation(
        answer=answer,
        summary="Have the IRR asked by a worker; the job's row tells how it goes",
        takes=taken(IrrAsked),
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures={**MEND, **CONFLICT},
    )
