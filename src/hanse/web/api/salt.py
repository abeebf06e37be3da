"""What Salt's master asks for, one minion at a time: `salt/_pillar/hanse.py` does it."""

from dataclasses import dataclass

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import pillars
from hanse.actions.pillars import NoSuchMinion, NothingCarried
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import given


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarFile:
    """One file of a router. `text` holds secrets by name; `mode` is in octal digits."""

    path: str
    text: str
    mode: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarProgram:
    """The program that installs the files; `content` is base64."""

    path: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarShown:
    """All that a minion needs to bring its router to what is wanted. `undo_after`: seconds."""

    minion: str
    node: str
    files: list[PillarFile]
    program: PillarProgram
    secrets: dict[str, str]
    undo_after: float


def pillar_shown() -> Operation:
    """Return the operation that gives a minion's pillar, secrets by name."""

    def answer(asked: Asked, minion: str) -> Response:
        return _pillar(asked, minion, with_secrets=False)

    return Operation(
        answer=answer,
        summary="Show the pillar of one of Salt's minions, secrets by name",
        gives=given(PillarShown),
        failures={**MEND, **NOT_HERE},
    )


def pillar_revealed() -> Operation:
    """Return the operation that gives a minion's pillar with secrets. It is a POST, for it is put on record."""

    def answer(asked: Asked, minion: str) -> Response:
        return _pillar(asked, minion, with_secrets=True)

    return Operation(
        answer=answer,
        summary="Show the pillar of one of Salt's minions with its secrets; who reads them is on record",
        gives=given(PillarShown),
        failures={**MEND, **NOT_HERE},
    )


def _pillar(asked: Asked, minion: str, *, with_secrets: bool) -> Response:
    try:
        found = pillars.pillar_of(minion, person=asked.person, world=asked.world, with_secrets=with_secrets)
    except (NoSuchMinion, NothingCarried) as error:
        raise Http404 from error
    return Response(found.tree(), headers={"Cache-Control": "no-store"})
