"""A soak: many edits on one running network, each installed by the product and judged on the routers."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from hanse.network.wanted.files import tree_of
from hanse_lab import lab
from hanse_lab.errors import CommandFailed, LabError
from hanse_lab.folder import Folder
from hanse_lab.places.features import TRIALS, lacking
from hanse_lab.plan import Place
from hanse_lab.product import Hanse
from hanse_lab.soak.journey import Step, beginning, left_out, steps, way_back
from hanse_lab.soak.judging import Finding, Judge, Moment, harms_between, judge_of
from hanse_lab.soak.present import Present
from hanse_lab.soak.told import Harm, Result, keep_harm, write_network
from hanse_lab.soak.watching import listen

MOST_IN_A_ROW: Final = 5  # edits with harm, until the network is given up
# A guest's routers have their own, longer times: half a city is undone there for want of a confirmation in two minutes.
SETTINGS: Final = {Place.HOST: (("HANSE_UNDO_AFTER", "120"), ("HANSE_SETTLE", "60")), Place.UML: ()}
Say = lab.Say


class BegunWithHarm(LabError):
    """The network is not as wanted even before the first edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to have tried."""

    network: Path
    seed: int = 1
    first: int = 1  # number of the first edit; those before it are installed at once
    last: int = 500
    only: tuple[str, ...] = ()  # kinds of edits; empty: all
    place: Place | None = None
    kept: Path  # where harms are written down

    def again(self, number: int) -> str:
        """Return the command that makes edit `number` again."""
        only = f" --only '{','.join(self.only)}'" if self.only else ""
        return f"hanse-lab soak {self.network} --seed {self.seed} --from {number} --count {number}{only}"


@dataclass(slots=True, kw_only=True)
class Soak:
    """A network that is up and as wanted, and what became of each edit so far."""

    folder: Folder
    wanted: Wanted
    begin: Present
    results: list[Result] = field(default_factory=list)

    @property
    def hanse(self) -> Hanse:
        """Return the product as it is normally used here."""
        return Hanse(self.folder, SETTINGS[self.folder.read().place])

    def left_out(self) -> tuple[str, ...]:
        """Return the kinds of edits that the kernel here has no means for."""
        return left_out(self.begin.offers)

    def run(self, say: Say) -> bool:
        """Try each edit in its turn; True if none did harm.

        :raises BegunWithHarm:
        """
        judge = judge_of(self.folder, self.hanse, self.begin)
        listen(self.folder, judge.cables)
        moment: Moment | None = None
        for step in self._steps():
            if moment is None:
                moment = self._begin(step.before, judge, say)
            moment = self._try(step, moment, judge)
            say(str(self.results[-1]))
            if self._is_hopeless():
                say(f"{MOST_IN_A_ROW} edits in a row did harm: the rest is left out.")
                break
        return not any(one.harms for one in self.results)

    def _steps(self) -> Iterator[Step]:
        """Yield the steps that are to be tried, and at last the one back to the beginning."""
        step: Step | None = None
        for step in steps(self.begin, seed=self.wanted.seed, count=self.wanted.last, only=self.wanted.only):
            if step.number >= self.wanted.first:
                yield step
        back = way_back(step, self.begin) if step else None
        if back:
            yield back

    def _begin(self, before: Present, judge: Judge, say: Say) -> Moment:
        """Install the network that the first edit begins with."""
        write_network(before.tree, self._files)
        for words in (("import", str(self._files)), ("ping", "--learn"), ("apply", "--yes", "--force")):
            say(f"hanse {' '.join(words)} ...")
            self.hanse.say(*words)
        moment, found = judge.look(before.specs)
        if found:
            raise BegunWithHarm("before the first edit: " + "; ".join(": ".join(one) for one in found))
        return moment

    def _try(self, step: Step, before: Moment, judge: Judge) -> Moment:
        began = time.monotonic()
        write_network(step.after.tree, self._files)
        found: list[Finding] = []
        applied = self._apply(found)
        after, wrong = judge.look(step.after.specs)
        found += [*wrong, *harms_between(step, before, after)]
        result = Result(
            number=step.number,
            kind=step.edit.kind,
            what=step.edit.what,
            changed=tuple(one["node"] for one in applied.get("routers", ()) if one["changed"]),
            seconds=time.monotonic() - began,
            harms=tuple(Harm(node=node, sentence=sentence) for node, sentence in found),
        )
        self.results.append(result)
        if result.harms:
            wanted = self.wanted
            keep_harm(result, step, again=wanted.again(step.number), network=wanted.network, kept=wanted.kept)
        return after

    def _apply(self, found: list[Finding]) -> dict[str, Any]:
        """Install what is wanted now; what goes wrong is found."""
        try:
            self.hanse.say("import", str(self._files))
            applied: dict[str, Any] = self.hanse.tree("apply", "--yes", "--force")
        except CommandFailed as error:
            found.append(("", str(error)))
            return {}
        found += [(one["node"], f"{one['stage']}: {one['sentence']}") for one in applied["outcomes"] if not one["well"]]
        found += [(one["node"], f"not planned: {one['why']}") for one in applied["failed"]]
        return applied

    @property
    def _files(self) -> Path:
        return self.folder.path / "soak"

    def _is_hopeless(self) -> bool:
        latest = self.results[-MOST_IN_A_ROW:]
        return len(latest) == MOST_IN_A_ROW and all(one.harms for one in latest)


@contextmanager
def soak(wanted: Wanted, folder: Folder, say: Say) -> Iterator[Soak]:
    """Start a network for a soak, and take it down at the end, whatever happens.

    :raises LabError:
    """
    lab.insist_on_none(folder)
    tree = tree_of(lab.wanted_in(wanted.network))
    try:
        lab.up(wanted.network, folder, say, wanted.place)
        machine = lab.machine_of(folder, folder.read())
        offers = frozenset(TRIALS) - set(lacking(machine, TRIALS))
        yield Soak(folder=folder, wanted=wanted, begin=beginning(tree, offers))
    finally:
        lab.down(folder)
