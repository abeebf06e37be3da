"""Labs of one scenario each, in the place that its network needs; without one, the test is left out and says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse.devices.driver import Target
from hanse.devices.linux.driver import open_linux
from hanse.network.seen.device import OspfState
from hanse_lab import lab
from hanse_lab.errors import NoPlace
from hanse_lab.folder import Folder
from hanse_lab.nodes.life import Running
from hanse_lab.plan import Place
from hanse_lab.product import Hanse
from hanse_lab.requirements import lacks
from hanse_lab.uptimes import Begun, restarted
from lab.words import install, wait_until_well

CONVERGES_WITHIN: Final = timedelta(seconds=90)
__all__ = ["Begun", "Standing", "lab_in", "restarted"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A lab that is up, and Hanse for it."""

    folder: Folder
    hanse: Hanse

    @property
    def place(self) -> Place:
        """Return where its routers stand."""
        return self.folder.read().place

    def node(self, name: str) -> Running:
        """Return a node as it runs now."""
        return lab.node(self.folder, name)

    def install(self, files: Path) -> None:
        """Import the wanted network, learn the routers' keys, and install what is derived on all of them."""
        install(self.hanse, files)

    def wants(self, files: Path, text: str, *, force: bool = False) -> None:
        """Make another text what is wanted, and install what changes; with `force` however much goes."""
        (files / "network.yml").write_text(text)
        self.hanse.say("import", str(files))
        self.hanse.say("apply", "--yes", *(("--force",) if force else ()))

    def converges(self) -> timedelta:
        """Wait until everything is as wanted, and return how long it took."""
        return wait_until_well(self.hanse, within=CONVERGES_WITHIN)

    def shell(self, node: str, *words: str) -> str:
        """Run a command on a node and return what it printed, whatever its exit code."""
        return self.node(node).outcome(*words).stdout

    def begun(self) -> Begun:
        """Return since when each session and adjacency is up, as the routers themselves tell it."""
        found: Begun = {}
        for router in self.folder.read().plan.routers:
            with open_linux(self.target(router.name)) as driver:
                found |= {(router.name, seen.remote_address): seen.since for seen in driver.bgp_sessions()}
                neighbours = driver.ospf_neighbours()
            found |= {(router.name, seen.version, seen.interface): seen.since for seen in neighbours}
        return found

    def adjacencies(self, node: str) -> tuple[str, ...]:
        """Return the interfaces on which a router has a neighbour that is Full, of OSPFv2 and OSPFv3 together."""
        with open_linux(self.target(node)) as driver:
            return tuple(seen.interface for seen in driver.ospf_neighbours() if seen.state is OspfState.FULL)

    def target(self, name: str) -> Target:
        """Return how Hanse's driver reaches a router."""
        router = next(one for one in self.folder.read().plan.routers if one.name == name)
        public = self.shell(name, "cat", "/etc/ssh/lab_host_ed25519_key.pub")
        return Target(
            name=name,
            host=str(router.management_address).partition("/")[0],
            username="root",
            key_file=str(self.folder.key),
            host_key=" ".join(public.split()[:2]),
            timeout=timedelta(seconds=10),
            secrets={},
        )


@contextmanager
def lab_in(place: Place | None, name: str, files: Path) -> Iterator[Standing]:
    """Start the network of `files` in `place` (None: wherever it can run) and take it down at the end.

    The test is left out, with the reason, where that cannot be.
    """
    if missing := lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of(name)
    lab.down(folder)  # what a killed run may have left
    try:
        lab.up(files, folder, print, place)
    except NoPlace as lacking:
        pytest.skip(str(lacking))
    try:
        yield Standing(folder, Hanse(folder))
    finally:
        lab.down(folder)
