"""Why a line of a router's text is there: the template and the line in it, and the object of which it speaks.

The text is rendered a second time by templates that leave marks. Where that text is not the very same, because a
template looks at what it wrote, lines are matched; a line that has no match has no place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import File, head, parse_bundle
from hanse.network.wanted.edits import object_in
from hanse.network.wanted.network import Network
from hanse.render.dialects import DIALECTS, Part
from hanse.render.marking import Piece, pieces
from hanse.render.reasons import reasons
from hanse.render.running import TemplateBroken, environment_with, said
from hanse.render.sandbox import Sandbox
from hanse.render.text import NO_OVERRIDES, render

NOWHERE: Final = Piece(text="", template="", line=0, why="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """One line of a router's text. `number` counts from 1 through the whole text, heads of files too.

    `template` is empty where no template wrote it: a file's head. `why` is the path of a wanted object; empty: it
    stands on every router of the dialect.
    """

    number: int
    text: str
    path: str = ""  # of the file; empty on a vendor's router
    template: str = ""
    template_line: int = 0
    why: str = ""


def explain(spec: DeviceSpec, overrides: Mapping[str, str] = NO_OVERRIDES) -> tuple[ExplainedLine, ...]:
    """Return every line of the router's text, in order, as `render` writes it.

    :raises WantedError: as `render` does
    """
    text = render(spec, overrides)
    parts = DIALECTS[spec.dialect]
    environment = environment_with(overrides, marking=True)
    marked = {
        path: _marked_text(environment, part, spec, context) for part in parts for path, context in part.files(spec)
    }
    if not parts[0].path:
        whole = "".join(marked.values())
        return tuple(_lines(text, whole, path="", first=1))
    return tuple(_of_bundle(parse_bundle(text), marked))


def _marked_text(environment: Sandbox, part: Part, spec: DeviceSpec, context: Mapping[str, Any]) -> str:
    """Return what a template writes, with marks; nothing if marks in its way make it fail."""
    try:
        return said(environment, part.template, spec.name, context)
    except TemplateBroken:
        return ""  # without marks it was well


def _of_bundle(files: tuple[File, ...], marked: Mapping[str, str]) -> Iterator[ExplainedLine]:
    number = 1
    for file in files:
        yield ExplainedLine(number=number, text=head(file), path=file.path)
        lines = tuple(_lines(file.text, marked[file.path], path=file.path, first=number + 1))
        yield from lines
        number += 1 + len(lines)


def _lines(text: str, marked: str, *, path: str, first: int) -> Iterator[ExplainedLine]:
    lines = text.splitlines()
    places = _places(lines, _origins(marked))
    for number, (line, place, reason) in enumerate(zip(lines, places, reasons(text), strict=True), first):
        yield ExplainedLine(
            number=number,
            text=line,
            path=path,
            template=place.template,
            template_line=place.line,
            why=place.why or reason,
        )


def _origins(marked: str) -> list[tuple[str, Piece]]:
    """Return each line of a marked text without its marks, with the piece that says where it came from."""
    found: list[tuple[str, Piece]] = []
    line: list[Piece] = []
    for piece in pieces(marked):
        for part in piece.text.splitlines(keepends=True):
            line.append(Piece(text=part, template=piece.template, line=piece.line, why=piece.why))
            if part.endswith("\n"):
                found.append(_origin(line))
                line = []
    return [*found, _origin(line)] if line else found


def _origin(line: list[Piece]) -> tuple[str, Piece]:
    """Return a line, and of its pieces the first that says something; the object is that of the innermost one."""
    speaking = [piece for piece in line if piece.text.strip()] or line
    why = max((piece.why for piece in speaking), key=lambda path: path.count("."), default="")
    first = speaking[0]
    text = "".join(piece.text for piece in line).removesuffix("\n")
    return text, Piece(text=text, template=first.template, line=first.line, why=why)


def _places(lines: list[str], origins: list[tuple[str, Piece]]) -> list[Piece]:
    """Return the piece of each of `lines`."""
    if [text for text, _ in origins] == lines:
        return [piece for _, piece in origins]
    found = [NOWHERE] * len(lines)
    matcher = SequenceMatcher(None, lines, [text for text, _ in origins], autojunk=False)
    for mine, yours, size in matcher.get_matching_blocks():
        found[mine : mine + size] = [piece for _, piece in origins[yours : yours + size]]
    return found


def object_of(path: str, network: Network) -> tuple[str, str]:
    """Return the kind and the name of the object that a path leads into; a name may have dots in it."""
    kind, _, rest = path.partition(".")
    parts = rest.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if object_in(network, kind, name) is not None:
            return kind, name
    return kind, parts[0]
