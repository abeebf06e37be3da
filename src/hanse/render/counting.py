"""How much is written down, and how much follows from it: lines that say something, without blank ones and comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.render.text import NO_OVERRIDES, render

COMMENTS: Final = ("#", "!")  # how one begins in YAML, in all files of Linux routers, and on vendors' routers
EXECUTABLE: Final = 0o111


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a router gets."""

    node: str
    dialect: str
    files: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Lines of intent, by file, and what follows from them."""

    intent: Mapping[str, int]
    derived: tuple[Derived, ...]

    @property
    def written(self) -> int:
        """Return the lines that somebody wrote."""
        return sum(self.intent.values())

    @property
    def lines(self) -> int:
        """Return the lines that follow."""
        return sum(router.lines for router in self.derived)

    @property
    def ratio(self) -> float:
        """Return how many lines follow from one."""
        return self.lines / self.written if self.written else 0.0


def lines_in(text: str) -> int:
    r"""Return how many lines of `text` are neither blank nor a comment.

    >>> lines_in("# ours\nnodes:\n\n  core1: {number: 1}   # the first\n")
    2
    """
    return sum(bool(line.strip()) and not line.lstrip().startswith(COMMENTS) for line in text.splitlines())


def count(texts: Mapping[str, str], specs: Iterable[DeviceSpec], overrides: Mapping[str, str] = NO_OVERRIDES) -> Count:
    """Count the files `texts`, and the configuration of each router for which something can be written."""
    return Count(
        intent={name: lines_in(text) for name, text in sorted(texts.items())},
        derived=tuple(_derived(spec, overrides) for spec in specs if spec.dialect and not spec.missing),
    )


def _derived(spec: DeviceSpec, overrides: Mapping[str, str]) -> Derived:
    text = render(spec, overrides)
    if not text.startswith("#= "):
        return Derived(node=spec.name, dialect=spec.dialect, files=1, lines=lines_in(text))
    # A program that comes along is no configuration.
    files = tuple(file for file in parse_bundle(text) if not file.mode & EXECUTABLE)
    lines = sum(lines_in(file.text) for file in files)
    return Derived(node=spec.name, dialect=spec.dialect, files=len(files), lines=lines)
