"""Draining and restoring routers and links, and what would change if they stood elsewhere in their lives."""

from dataclasses import dataclass
from http import HTTPStatus

from rest_framework.response import Response

from hanse.actions import lifecycle
from hanse.actions.lifecycle import Way
from hanse.actions.rights import Right
from hanse.web.api.drafts import DraftPreview, preview_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingToStep(Exact):
    """A router or a link, by name; where one name is both: nodes.NAME, links.NAME. `draft` null: a new one."""

    name: str
    at_once: bool = False
    draft: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingStepped:
    """Where it is to stand, the routers that may have to change, and the draft or change set that says so."""

    kind: str
    name: str
    status: str
    routers: list[str]
    draft: int | None
    change_set: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsIf(Exact):
    """Routers and links by name, and where each is to stand: {"core5": "active"}."""

    statuses: dict[str, str]


def stepped(way: Way) -> Operation:
    """Return the operation that drains or restores."""

    def answer(asked: Asked) -> Response:
        asked.person.insist_any(Right.CHANGE)
        said = asked.body(ThingToStep)
        done = lifecycle.step(
            way=way, thing=said.name, draft=said.draft, at_once=said.at_once, person=asked.person, world=asked.world
        )
        row = {"kind": done.kind, "name": done.name, "status": done.status, "routers": list(done.routers)}
        return Response({**row, "draft": done.draft, "change_set": done.change_set}, status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary=f"{way.capitalize()} a router or a link",
        takes=taken(ThingToStep),
        gives=given(ThingStepped),
        status=HTTPStatus.CREATED,
        failures={**MEND, **CONFLICT, **NOT_HERE},
    )


def as_if() -> Operation:
    """Return the operation that tells what would change."""

    def answer(asked: Asked) -> Response:
        said = asked.body(AsIf)
        return Response(preview_row(lifecycle.as_if(statuses=said.statuses, person=asked.person, world=asked.world)))

    return Operation(
        answer=answer,
        summary="Tell what would change if routers and links stood elsewhere; nothing is kept",
        takes=taken(AsIf),
        gives=given(DraftPreview),
        failures=MEND,
    )
