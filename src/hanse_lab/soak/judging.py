"""What is asked of a network after each edit, and which harm is found."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from hanse_lab.errors import NotInTime
from hanse_lab.folder import Folder
from hanse_lab.lab import node
from hanse_lab.product import Hanse
from hanse_lab.soak.bundle import wrongly_there
from hanse_lab.soak.concern import standing
from hanse_lab.soak.journey import Step
from hanse_lab.soak.present import Present, Specs, islands
from hanse_lab.soak.shown import Look, Shown, differences, look_at
from hanse_lab.soak.watching import Heard, heard, restarts, sessions_in
from hanse_lab.uptimes import Begun
from hanse_lab.waiting import wait_until

AT_ONCE: Final = 4  # routers asked at the same time
# OpenBGPD refuses who calls for 30 s after a session went down, and for twice as long after each time more.
WELL_WITHIN: Final = timedelta(minutes=5)
SETTLED_WITHIN: Final = timedelta(seconds=30)
REACHED_WITHIN: Final = timedelta(seconds=20)
PING: Final = "for one in $*; do ping -n -q -c 1 -W 2 $one >/dev/null 2>&1 || echo $one & done; wait"
MOST_LINES: Final = 12  # of differences, told
Finding = tuple[str, str]  # a router, or none, and a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The network between two edits."""

    sessions: Begun
    descriptions: frozenset[Heard]
    looks: dict[str, Look]


@dataclass(slots=True, kw_only=True)
class Judge:
    """What is remembered of a network from one edit to the next."""

    folder: Folder
    hanse: Hanse
    first_files: dict[str, frozenset[str]]  # router -> files of before Hanse
    cables: dict[str, frozenset[str]]  # router -> ports with a cable
    as_wanted: dict[tuple[str, str], Shown] = field(default_factory=dict)  # (router, its spec) -> what it showed then
    told: set[Finding] = field(default_factory=set)  # what is left over is told once

    def look(self, specs: Specs) -> tuple[Moment, list[Finding]]:
        """Wait until all is as wanted, and return what is seen, with what is not as it should be."""
        found: list[Finding] = []
        status = self._well(found)
        found += self._reach(specs)
        looks, left = self._settled(specs)
        self.told &= set(left)  # gone, it would be news again
        found += [one for one in left if one not in self.told]
        self.told |= set(left)
        descriptions = frozenset(heard(self.folder, self.cables))
        return Moment(sessions=sessions_in(status), descriptions=descriptions, looks=looks), found

    def _well(self, found: list[Finding]) -> Any:
        status: dict[str, Any] = {}

        def is_well() -> bool:
            self.hanse.tree("poll")
            status.update(self.hanse.tree("status"))
            return bool(status["well"])

        try:
            wait_until("all is as wanted", is_well, within=WELL_WITHIN)
        except NotInTime:
            found += _troubles(status)
        return status

    def _reach(self, specs: Specs) -> list[Finding]:
        """Return which loopbacks do not answer whom they should."""
        goals = {
            name: [str(one) for other in sorted(island - {name}) for one in specs[other].source_addresses]
            for island in islands(specs)
            for name in island & set(self.cables)
        }
        silent: dict[str, str] = {}

        def all_answer() -> bool:
            names = [name for name in goals if goals[name]]
            silent.update(zip(names, self._together(lambda name: self._silent(name, goals[name]), names), strict=True))
            return not any(silent.values())

        with suppress(NotInTime):
            wait_until("all loopbacks answer", all_answer, within=REACHED_WITHIN)
        return [(name, f"no answer from {' '.join(lost.split())}") for name, lost in silent.items() if lost]

    def _silent(self, name: str, goals: list[str]) -> str:
        return node(self.folder, name).run("/bin/sh", "-c", PING, "sh", *goals)

    def _settled(self, specs: Specs) -> tuple[dict[str, Look], list[Finding]]:
        """Wait until no router shows more or less than what is wanted of it; return what is left over then."""
        looks: dict[str, Look] = {}
        left: list[Finding] = []

        def is_settled() -> bool:
            names = sorted(self.cables)
            looks.update(zip(names, self._together(lambda name: look_at(node(self.folder, name)), names), strict=True))
            left[:] = [one for name in names if name in specs for one in self._left(name, specs, looks[name].shown)]
            return not [one for one in left if one not in self.told]

        with suppress(NotInTime):
            wait_until("nothing is left", is_settled, within=SETTLED_WITHIN, every=timedelta(seconds=1))
        self._remember(specs, looks)
        return looks, left

    def _left(self, name: str, specs: Specs, shown: Shown) -> list[Finding]:
        wrong = [*wrongly_there(specs[name], shown, self.cables[name], self.first_files[name])]
        same = self.as_wanted.get((name, repr(specs[name])))
        if same is not None:
            wrong += [f"not as when the same was wanted before: {one}" for one in differences(same, shown)[:MOST_LINES]]
        return [(name, one) for one in wrong]

    def _remember(self, specs: Specs, looks: dict[str, Look]) -> None:
        for name, look in looks.items():
            if name in specs:
                self.as_wanted[name, repr(specs[name])] = look.shown

    def _together(self, ask: Callable[[str], Any], names: Iterable[str]) -> list[Any]:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(ask, names))


def harms_between(step: Step, before: Moment, after: Moment) -> list[Finding]:
    """Return what the edit does not concern, and began anew."""
    stand = standing(step.before.specs, step.after.specs)
    found = list(restarts(stand, before.sessions, after.sessions, after.descriptions - before.descriptions))
    for name, port in sorted(stand.interfaces):
        was = before.looks[name].numbers.get(port) if name in before.looks else None
        now = after.looks[name].numbers.get(port) if name in after.looks else None
        if was is not None and was != now:
            found.append((name, f"interface {port} was made anew"))
    return found


def judge_of(folder: Folder, hanse: Hanse, begin: Present) -> Judge:
    """Return the judge of a lab on whose routers nothing is installed yet."""
    plan = folder.read().plan
    names = [router.name for router in plan.routers if not router.by_hand and router.name in begin.specs]
    plugs = [plug for cable in plan.cables for plug in cable.plugs]
    first = {name: look_at(node(folder, name)).shown["files"] for name in names}
    return Judge(
        folder=folder,
        hanse=hanse,
        first_files={name: frozenset(line.split(maxsplit=1)[1] for line in files) for name, files in first.items()},
        cables={
            name: frozenset(plug.port for plug in plugs if plug.node == name)
            | {router.management_port for router in plan.routers if router.name == name}
            for name in names
        },
    )


def _troubles(status: dict[str, Any]) -> list[Finding]:
    """Return what is not as wanted, of what `hanse status --json` says."""
    lines = []
    for router in status.get("routers", ()):
        name = router["node"]
        if not router["reachable"]:
            lines.append((name, f"not as wanted: unreachable: {router['error']}"))
        lines += [
            (name, f"not as wanted: {one['name']} is {one['condition']} {one['why']}")
            for one in (*router["neighbours"], *router["sessions"])
            if one["condition"] not in {"up", "disabled"}
        ]
    return lines or [("", "`hanse status` does not say that all is well, and not why")]
