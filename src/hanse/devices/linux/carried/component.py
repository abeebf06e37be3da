"""What all components of a router have in common: who owns a file, who checks, reloads, judges and restores it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """A new file of a component: where it will be, where it is now, and its text."""

    path: str
    staged: Path
    text: str


class Finding(NamedTuple):
    """Something a tool says against a candidate; line 0 where the tool names none."""

    path: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.said}" if self.line else f"{self.path}: {self.said}"


class Component(NamedTuple):
    """One of the router's programs, with its own files and its own way to take them in.

    `reload` and `judge` raise Failed with the tool's words; `remember` returns what `restore` needs beyond the files.
    Nothing is asked of a component none of whose files change.
    """

    name: str
    owns: Callable[[str], bool]
    check: Callable[[list[Candidate]], list[Finding]]
    remember: Callable[[list[Candidate]], dict[str, Any]]
    reload: Callable[[], None]
    judge: Callable[[], None]
    restore: Callable[[dict[str, Any]], None]
