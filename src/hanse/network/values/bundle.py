"""A bundle: every file of a Linux router as one text, which people can read, diff and review as a whole.

Each file begins with a line of its own: `#= PATH MODE OWNER`. Everything up to the next such line is the
file's text, to the letter. The order is by path, so one set of files has exactly one text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hanse.network.errors import WantedError

HEAD: Final = re.compile(r"^#= (?P<path>/\S+) (?P<mode>0[0-7]{3}) (?P<owner>[a-z_][a-z0-9_-]*)$")


class NotABundle(WantedError):
    """The text is not a set of files."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """One file: absolute path, text that ends with a newline (or is empty), permission bits, owner and group."""

    path: str
    text: str
    mode: int = 0o644
    owner: str = "root"

    def __post_init__(self) -> None:
        if ".." in self.path.split("/") or not HEAD.match(head(self)):
            raise NotABundle(f"{self.path!r} is no absolute path without spaces and dots, or its mode or owner is off")
        if self.text and not self.text.endswith("\n"):
            raise NotABundle(f"{self.path} does not end with a newline")
        for line in self.text.splitlines():
            if line.startswith("#= "):
                raise NotABundle(f"{self.path} holds a line that begins with '#= ', which parts files in a bundle")


def head(file: File) -> str:
    """Return the line that opens `file` in a bundle."""
    return f"#= {file.path} 0{file.mode:03o} {file.owner}"


def print_bundle(files: Iterable[File]) -> str:
    """Return the one text of `files`, by path.

    :raises NotABundle: if two files have one path
    """
    ordered = sorted(files)
    for one, other in pairwise(ordered):
        if one.path == other.path:
            raise NotABundle(f"{one.path} is in the bundle twice")
    return "".join(f"{head(file)}\n{file.text}" for file in ordered)


def parse_bundle(text: str) -> tuple[File, ...]:
    """Return the files of a bundle's text, by path; an empty text is an empty bundle.

    :raises NotABundle:
    """
    parts: list[tuple[re.Match[str], list[str]]] = []
    for line in text.splitlines(keepends=True):
        opened = HEAD.match(line.rstrip("\n"))
        if opened:
            parts.append((opened, []))
        elif parts:
            parts[-1][1].append(line)
        else:
            raise NotABundle(f"a bundle begins with '#= PATH MODE OWNER', not with {line.rstrip()!r}")
    files = tuple(
        File(path=opened["path"], text="".join(lines), mode=int(opened["mode"], 8), owner=opened["owner"])
        for opened, lines in parts
    )
    print_bundle(files)
    return tuple(sorted(files))
