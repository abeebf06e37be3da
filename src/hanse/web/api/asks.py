"""Questions about what is wanted as a whole: check it, render a router, write it out."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import reading
from hanse.network.wanted.lookups import NoSuchNode
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, Shape, given, taken

FILES: Final = Shape(schema={"type": "object", "additionalProperties": {"type": "string"}}, parts={})


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesToCheck(Exact):
    """Files of intent, name -> text."""

    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProblem:
    """What contradicts itself, where, and how to mend it. `file` empty: it stands in no file."""

    path: list[str]
    sentence: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is wrong; an empty list: nothing."""

    problems: list[FoundProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterText:
    """The text of a router, as what is wanted says now. Secrets are names."""

    node: str
    dialect: str
    text: str


def checked() -> Operation:
    """Return the operation that checks what is wanted."""

    def answer(asked: Asked) -> Response:
        return _problems(reading.check_stored(asked.person))

    return Operation(answer=answer, summary="Check what is wanted", gives=given(Checked), failures=MEND)


def files_checked() -> Operation:
    """Return the operation that checks files which nobody has imported."""

    def answer(asked: Asked) -> Response:
        return _problems(reading.check_files(asked.body(FilesToCheck).files, asked.person))

    return Operation(
        answer=answer, summary="Check files of intent", takes=taken(FilesToCheck), gives=given(Checked), failures=MEND
    )


def _problems(found: tuple[reading.Found, ...]) -> Response:
    return Response(
        {
            "problems": [
                {"path": one.problem.path, "sentence": one.problem.sentence, "file": one.file, "line": one.line}
                for one in found
            ]
        }
    )


def rendered() -> Operation:
    """Return the operation that gives a router's text."""

    def answer(asked: Asked, node: str) -> Response:
        try:
            dialect, text = reading.text_of(node, asked.person, asked.world)
        except NoSuchNode as error:
            raise Http404 from error
        return Response({"node": node, "dialect": dialect, "text": text})

    return Operation(
        answer=answer, summary="Render a router's text", gives=given(RouterText), failures={**MEND, **NOT_HERE}
    )


def exported() -> Operation:
    """Return the operation that writes out what is wanted, as files."""

    def answer(asked: Asked) -> Response:
        return Response(reading.files(asked.person))

    return Operation(answer=answer, summary="Write out what is wanted, as files", gives=FILES, failures=MEND)
