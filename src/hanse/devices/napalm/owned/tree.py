"""A CLI configuration as a tree of lines: read by indentation, as all these platforms print it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

# What only leaves a mode: said by some platforms where others indent less.
MODE_ENDS: Final = frozenset(
    {"exit", "end", "exit-address-family", "exit-vrf", "exit-peer-session", "exit-peer-policy"}
)
BANNER: Final = re.compile(r"banner \S+(?: (?P<mark>\^C|\S).*)?")
Patterns = tuple[re.Pattern[str], ...]
Path = tuple[str, ...]  # heads of the blocks that a line stands in, the outermost first


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line and what stands below it. `end` closes a body of one piece, whose lines have an order.

    `first` and `last` are where it stands in its text: numbers of lines, with all that is below.
    """

    text: str
    below: tuple["Line", ...] = ()
    end: str = ""
    first: int = field(default=-1, compare=False)
    last: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    depth: int
    text: str
    number: int


def parse(text: str, pieces: Patterns = ()) -> tuple[Line, ...]:
    """Return the lines of `text` as a tree, without comments, blanks and the words that leave a mode.

    `pieces` are the heads of bodies that are taken as one piece, down to `end-...`.
    """
    return _Reading(rows=_rows(text), pieces=pieces).level(-1)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Where in the rows the reading is."""

    rows: tuple[_Row, ...]
    pieces: Patterns
    at: int = 0

    def level(self, above: int) -> tuple[Line, ...]:
        """Return all lines that stand deeper than `above`, from here on."""
        lines: list[Line] = []
        while self.at < len(self.rows) and self.rows[self.at].depth > above:
            row = self.rows[self.at]
            self.at += 1
            if any(piece.fullmatch(row.text) for piece in self.pieces):
                lines.append(self._piece(row))
            elif row.text not in MODE_ENDS:
                below = self.level(row.depth)
                last = self.rows[self.at - 1].number
                lines.append(Line(text=row.text, below=below, first=row.number, last=last))
        return tuple(lines)

    def _piece(self, head: _Row) -> Line:
        body: list[Line] = []
        while self.at < len(self.rows):
            row = self.rows[self.at]
            self.at += 1
            if row.text.startswith("end-"):
                return Line(text=head.text, below=tuple(body), end=row.text, first=head.number, last=row.number)
            body.append(Line(text=row.text, first=row.number, last=row.number))
        raise ValueError(f"{head.text} has no end")


def _rows(text: str) -> tuple[_Row, ...]:
    """Return each line that says something, with how far it is indented."""
    rows = []
    banner_ends = ""
    for number, line in enumerate(text.splitlines()):
        said = line.strip()
        if banner_ends:
            banner_ends = "" if banner_ends in said else banner_ends
        elif said and not said.startswith("!"):
            rows.append(_Row(depth=len(line) - len(line.lstrip()), text=said, number=number))
            banner = BANNER.fullmatch(said)
            banner_ends = _end_of_banner(said, banner["mark"]) if banner else ""
    return tuple(rows)


def _end_of_banner(said: str, mark: str | None) -> str:
    """Return what ends a banner that begins on this line; nothing if it ends on it."""
    if mark is None:
        return "EOF"  # EOS
    return "" if said.count(mark) > 1 else mark


def written(lines: Iterable[Line], *, indent: int) -> str:
    """Return the lines as text, each depth indented by `indent` more."""
    return "".join(f"{line}\n" for line in _written(lines, indent, 0))


def _written(lines: Iterable[Line], indent: int, depth: int) -> Iterator[str]:
    for line in lines:
        margin = " " * (indent * depth)
        yield f"{margin}{line.text}"
        yield from _written(line.below, indent, depth + 1)
        if line.end:
            yield f"{margin}{line.end}"


def closed(lines: Iterable[Line], opens: Patterns, leave: str) -> tuple[Line, ...]:
    """Return the lines with `leave` at the end of each block, for who does not go by indentation."""
    return tuple(
        replace(line, below=(*closed(line.below, opens, leave), Line(text=leave)))
        if not line.end and (line.below or any(one.fullmatch(line.text) for one in opens))
        else line
        for line in lines
    )


def meaning(lines: Iterable[Line], *, ordered: bool = False) -> str:
    """Return what two configurations that say the same have in common: order counts only in a body of one piece."""
    said = [f"{line.text}\x1e{meaning(line.below, ordered=bool(line.end))}\x1f" for line in lines]
    return "".join(said if ordered else sorted(said))
