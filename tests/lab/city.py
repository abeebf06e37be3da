"""The running example in the lab, in words that scenarios are written in."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab import lab
from hanse_lab.folder import Folder
from hanse_lab.plan import Daemon
from hanse_lab.product import Hanse
from lab.words import install, wait_until_well

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "small-city"
CONVERGES_WITHIN: Final = timedelta(seconds=60)
NAME: Final = "scenarios"


@dataclass(frozen=True, slots=True)
class City:
    """The city: its lab, its files (a copy that a scenario may edit) and Hanse."""

    folder: Folder
    files: Path
    hanse: Hanse

    def status(self, *words: str) -> Any:
        """Poll, and return what `hanse status` says."""
        self.hanse.tree("poll")
        return self.hanse.tree("status", *words)

    def router(self, name: str) -> Any:
        """Poll, and return what `hanse status` says of one router."""
        return next(router for router in self.status()["routers"] if router["node"] == name)

    def converges(self) -> None:
        """Wait until everything is as wanted."""
        wait_until_well(self.hanse, within=CONVERGES_WITHIN)

    def is_as_found(self) -> None:
        """Put the wanted network and the routers back to the example, and wait until all is well."""
        record = self.folder.read()
        for cable in record.cut:
            lab.mend(self.folder, cable)
        for node in sorted(record.off):
            lab.power_on(self.folder, node)
        for neighbour in record.stopped:
            lab.start(self.folder, neighbour)
        if any((self.files / path.name).read_text() != path.read_text() for path in EXAMPLE.glob("*.yml")):
            shutil.copytree(EXAMPLE, self.files, dirs_exist_ok=True)
            self.hanse.say("import", str(self.files))
            self.hanse.say("apply", "--yes", "--force")
        self._wake_the_patient()
        self.converges()

    def _wake_the_patient(self) -> None:
        """Let every OpenBGPD try its idle sessions now: after each loss it waits twice as long, up to an hour."""
        for speaker in self.folder.read().plan.speakers:
            if speaker.daemon is Daemon.OPENBGPD:
                for neighbour in json.loads(self.shell(speaker.name, "bgpctl", "-j", "show"))["neighbors"]:
                    if neighbour["state"] == "Idle":
                        self.shell(speaker.name, "bgpctl", "neighbor", neighbour["remote_addr"], "clear")

    def edit(self, file: str, old: str, new: str) -> None:
        """Change one place of the wanted network, and import it."""
        path = self.files / file
        text = path.read_text()
        assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new))
        self.hanse.say("import", str(self.files))

    def changed_routers(self) -> dict[str, str]:
        """Plan, and return the device's diff of each router that would change."""
        plan = self.hanse.tree("plan")
        return {router["node"]: router["diff"] for router in plan["routers"] if router["changed"]}

    def shell(self, node: str, *words: str) -> str:
        """Run a command on a node and return what it printed."""
        return lab.node(self.folder, node).outcome(*words).stdout

    def way(self, start: str, goal: str) -> tuple[str, ...]:
        """Return the hops of a traceroute, by address; a silent one is `*`."""
        words = ("traceroute", "-n", "-q", "1", "-w", "1", "-m", "12", goal)
        hops = self.shell(start, *words).splitlines()[1:]
        return tuple(hop.split()[1] for hop in hops)

    def told(self, version: int) -> dict[str, tuple[int, int]]:
        """Return how often and how many seconds ago each router told OSPF of its links, by router ID.

        It is what core1 heard (4: OSPFv2, 6: OSPFv3). An adjacency that comes or goes is told by both its ends, so a
        flap between two looks cannot hide.
        """
        heard = self.shell("core1", "birdc", "show", "ospf", "lsadb", f"ospf{version}")
        rows = re.findall(r"^ (?:0001|2001) +\S+ +(\S+) +([0-9a-f]{8}) +(\d+) ", heard, re.MULTILINE)
        return {router: (int(number, 16), int(age)) for router, number, age in rows}

    def ages(self) -> dict[str, str]:
        """Return when each BGP session and OSPF neighbourhood began, as the routers themselves tell it."""
        found = {}
        for router in self.folder.read().plan.routers:
            for line in self.shell(router.name, "birdc", "show", "protocols").splitlines():
                if match := re.match(r"(\S+)\s+(BGP|OSPF)\s+\S+\s+\S+\s+(\S+ \S+)", line):
                    found[f"{router.name} {match[1]}"] = match[3]
        return found


@contextmanager
def city_up(files: Path) -> Iterator[City]:
    """Start the city and configure it with Hanse; nothing is left of it at the end."""
    folder = Folder.of(NAME)
    lab.down(folder)  # what a killed run may have left
    shutil.copytree(EXAMPLE, files, dirs_exist_ok=True)
    lab.up(files, folder, print)
    try:
        hanse = Hanse(folder)
        install(hanse, files)
        city = City(folder, files, hanse)
        city.converges()
        yield city
    finally:
        lab.down(folder)
