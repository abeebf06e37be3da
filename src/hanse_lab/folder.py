"""Where a lab keeps everything that it has: one folder, gone when the lab is down."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from hanse_lab.errors import LabError, NoSuchLab, NoSuchNode
from hanse_lab.plan import LabPlan, Place

ABOVE: Final = Path(os.environ.get("HANSE_LAB_STATE", "/run/hanse-lab"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a lab knows of itself."""

    network: str  # folder of the wanted network's files
    plan: LabPlan
    place: Place = Place.HOST
    bridge: str = ""  # of the management network, in this machine's own namespace
    plant: int = 0  # process that holds the middle of every cable
    nodes: dict[str, int]  # name -> first process, as its machine counts; without those switched off
    cut: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()  # neighbours whose daemon was stopped

    @property
    def off(self) -> frozenset[str]:
        """Return the nodes without power."""
        return frozenset(self.plan.node_names) - set(self.nodes)

    def pid(self, node: str) -> int:
        """Return the first process of `node`; 0 if it is switched off.

        :raises NoSuchNode:
        """
        if node not in self.plan.node_names:
            raise NoSuchNode(f"the lab has no node {node!r}; it has {', '.join(self.plan.node_names)}")
        return self.nodes.get(node, 0)


ADAPTER: Final = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one lab."""

    path: Path

    @classmethod
    def of(cls, name: str) -> "Folder":
        """Return the folder of the lab called `name`, whether it is there or not."""
        if not name or "/" in name or name.startswith("."):
            raise LabError(f"{name!r} cannot be a lab's name")
        return cls(ABOVE / name)

    @property
    def name(self) -> str:
        """Return the lab's name."""
        return self.path.name

    @property
    def key(self) -> Path:
        """Return the private SSH key that opens every router of this lab."""
        return self.path / "ssh" / "id_ed25519"

    @property
    def password(self) -> Path:
        """Return the file with the password for this lab's vendor routers."""
        return self.path / "password"

    @property
    def data(self) -> Path:
        """Return the folder for Hanse's own data about this lab."""
        return self.path / "data"

    @property
    def templates(self) -> Path:
        """Return the folder of templates that replace Hanse's in this lab, where there is one."""
        return self.path / "templates"

    def of_node(self, node: str) -> Path:
        """Return the node's disk: a file system of its own."""
        return self.path / "nodes" / node

    def read(self) -> Record:
        """Return what is known of the lab.

        :raises NoSuchLab:
        """
        try:
            return ADAPTER.validate_json((self.path / "lab.json").read_bytes())
        except FileNotFoundError as error:
            raise NoSuchLab(f"no lab {self.name!r} is up: start it with `hanse-lab up`") from error

    def write(self, record: Record) -> None:
        """Keep `record`, whole or not at all."""
        new = self.path / "lab.json.new"
        new.write_bytes(ADAPTER.dump_json(record, indent=1))
        new.rename(self.path / "lab.json")

    @contextmanager
    def changing(self) -> Iterator[Record]:
        """Give the record to one process at a time; changes are written with `write`.

        :raises NoSuchLab:
        """
        self.read()
        with (self.path / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.read()


def with_node(record: Record, node: str, pid: int) -> Record:
    """Return `record` with `node` switched on as process `pid`; 0: switched off."""
    nodes = {name: known for name, known in record.nodes.items() if name != node}
    return replace(record, nodes={**nodes, node: pid} if pid else nodes)


@contextmanager
def naming() -> Iterator[None]:
    """Keep other labs from naming links of this machine's own namespace until those of this one are made."""
    ABOVE.mkdir(parents=True, exist_ok=True)
    all_labs = os.open(ABOVE, os.O_RDONLY)
    try:
        fcntl.flock(all_labs, fcntl.LOCK_EX)
        yield
    finally:
        os.close(all_labs)


def labs() -> tuple[str, ...]:
    """Return the names of all labs that have a folder."""
    return tuple(sorted(path.name for path in ABOVE.iterdir())) if ABOVE.is_dir() else ()
