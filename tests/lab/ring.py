"""A ring of four routers and two neighbours, whose routing daemons a scenario chooses."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from hanse.devices.driver import Target
from hanse.devices.linux.driver import open_linux
from hanse_lab import lab
from hanse_lab.folder import Folder
from hanse_lab.product import Hanse
from lab.words import install, wait_until_well

FILES: Final = Path(__file__).parent / "daemons"
NAME: Final = "daemons"
CONVERGES_WITHIN: Final = timedelta(seconds=60)
ROUTERS: Final = ("north", "west", "south", "east")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The ring: its lab, its files (a copy that a scenario may edit) and Hanse."""

    folder: Folder
    files: Path
    hanse: Hanse

    def shell(self, node: str, *words: str) -> str:
        """Run a command on a node and return what it printed."""
        return lab.node(self.folder, node).outcome(*words).stdout

    def status(self) -> Any:
        """Poll, and return what `hanse status` says."""
        self.hanse.tree("poll")
        return self.hanse.tree("status")

    def converges(self) -> None:
        """Wait until everything is as wanted."""
        wait_until_well(self.hanse, within=CONVERGES_WITHIN)

    def edit(self, *changes: tuple[str, str]) -> None:
        """Change places of the wanted network, old text to new, and import it."""
        path = self.files / "network.yml"
        text = path.read_text()
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        path.write_text(text)
        self.hanse.say("import", str(self.files))

    def applied(self) -> set[str]:
        """Install what is wanted, and return the names of the routers that were changed."""
        changed = {router["node"] for router in self.hanse.tree("plan")["routers"] if router["changed"]}
        self.hanse.say("apply", "--yes", "--force")
        return changed

    def reaches(self, start: str, goal: str) -> bool:
        """Say whether `goal` answers a node within a second."""
        return lab.node(self.folder, start).outcome("ping", "-n", "-c", "1", "-W", "1", goal).returncode == 0

    def bgp_route(self, node: str, prefix: str) -> Any:
        """Return what a router with FRR knows of a prefix."""
        family = "ipv6" if ":" in prefix else "ipv4"
        return json.loads(self.shell(node, "vtysh", "-c", f"show bgp {family} unicast {prefix} json") or "{}")

    def begun(self) -> dict[tuple[object, ...], datetime | None]:
        """Return since when each session and adjacency is up, as the routers themselves tell it."""
        found: dict[tuple[object, ...], datetime | None] = {}
        for node in ROUTERS:
            with open_linux(self.target(node)) as router:
                found |= {(node, seen.remote_address): seen.since for seen in router.bgp_sessions()}
                neighbours = router.ospf_neighbours()
            found |= {(node, seen.version, seen.interface): seen.since for seen in neighbours}
        return found

    def target(self, node: str) -> Target:
        """Return how Hanse's driver reaches a router."""
        record = self.folder.read()
        router = next(one for one in record.plan.routers if one.name == node)
        public = lab.node(self.folder, node).file("/etc/ssh/lab_host_ed25519_key.pub").read_text()
        return Target(
            name=node,
            host=str(router.management_address).partition("/")[0],
            username="root",
            key_file=str(self.folder.key),
            host_key=" ".join(public.split()[:2]),
            timeout=timedelta(seconds=10),
            secrets={},
        )


def dialects_put(text: str, odd: str, even: str) -> str:
    """Return the text of the network with the dialects of its two platforms."""
    return text.replace("DIALECT_ODD", odd).replace("DIALECT_EVEN", even)


@contextmanager
def ring_up(files: Path, odd: str, even: str) -> Iterator[Ring]:
    """Start the ring and configure it with Hanse; nothing is left of it at the end."""
    folder = Folder.of(NAME)
    lab.down(folder)  # what a killed run may have left
    shutil.copy(FILES / "outside.yml", files)
    (files / "network.yml").write_text(dialects_put((FILES / "network.yml").read_text(), odd, even))
    lab.up(files, folder, print)
    try:
        hanse = Hanse(folder)
        install(hanse, files)
        ring = Ring(folder=folder, files=files, hanse=hanse)
        ring.converges()
        yield ring
    finally:
        lab.down(folder)
