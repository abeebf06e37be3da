"""What a soak tells: a line for each edit, a table at the end, and for each harm enough to do it again."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import yaml

from hanse_lab.lab import OUTSIDE
from hanse_lab.soak.edits import Tree
from hanse_lab.soak.journey import Step

HEADS: Final = ("kind of edit", "edits", "p50 s", "p95 s", "harms")
FORM: Final = "{:<22} {:>5} {:>6} {:>6} {:>5}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Something that an edit did besides what it was for."""

    node: str  # empty: no router in particular
    sentence: str

    def __str__(self) -> str:
        return f"{self.node}: {self.sentence}" if self.node else self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one edit ended."""

    number: int
    kind: str
    what: str
    changed: tuple[str, ...]  # routers
    seconds: float
    harms: tuple[Harm, ...]

    def __str__(self) -> str:
        routers = f"{len(self.changed)} routers" if len(self.changed) != 1 else "1 router"
        line = f"{self.number:4} {'HARM' if self.harms else 'ok  '} {self.seconds:5.1f} s {routers}  {self.what}"
        return "\n".join((line, *(f"          {harm}" for harm in self.harms)))


def table(results: Iterable[Result]) -> Iterator[str]:
    """Yield the lines of the table at the end: a row a kind, and one for all."""
    done = tuple(results)
    yield FORM.format(*HEADS)
    for kind in sorted({one.kind for one in done}):
        yield _row(kind, [one for one in done if one.kind == kind])
    yield _row("all", list(done))


def _row(name: str, done: list[Result]) -> str:
    half, most = p50_p95([one.seconds for one in done])
    return FORM.format(name, len(done), f"{half:.1f}", f"{most:.1f}", sum(bool(one.harms) for one in done))


def p50_p95(seconds: list[float]) -> tuple[float, float]:
    """Return the time that half of all took at most, and that nineteen in twenty did."""
    if len(seconds) < 2:
        return (seconds[0], seconds[0]) if seconds else (0.0, 0.0)
    cuts = quantiles(seconds, n=20, method="inclusive")
    return cuts[9], cuts[18]


def tree_of(results: Iterable[Result], *, seed: int, left_out: tuple[str, ...]) -> dict[str, Any]:
    """Return everything for `--json`."""
    done = tuple(results)
    half, most = p50_p95([one.seconds for one in done])
    return {
        "seed": seed,
        "edits": [
            {
                "number": one.number,
                "kind": one.kind,
                "what": one.what,
                "changed": list(one.changed),
                "seconds": round(one.seconds, 2),
                "harms": [str(harm) for harm in one.harms],
            }
            for one in done
        ],
        "p50": round(half, 2),
        "p95": round(most, 2),
        "harmful": sum(bool(one.harms) for one in done),
        "left_out": list(left_out),
    }


def write_network(tree: Tree, folder: Path, outside: Path | None = None) -> None:
    """Write a network as a folder that can be imported; with the world around it, a lab can begin with it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=110)
    (folder / "network.yml").write_text(text)
    if outside is not None and (outside / OUTSIDE).exists():
        shutil.copy(outside / OUTSIDE, folder)


def keep_harm(result: Result, step: Step, *, again: str, network: Path, kept: Path) -> None:
    """Write down how a harm is done again: both networks, and the command `again`."""
    folder = kept / str(result.number)
    write_network(step.before.tree, folder / "before", network)
    write_network(step.after.tree, folder / "after", network)
    (folder / "harms.txt").write_text(f"{result}\n\n{again}\n")
