"""A node's life: its disk, power on, power off, and commands that run on it."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from hanse_lab.commands import PATIENCE, SURROUNDINGS
from hanse_lab.errors import CommandFailed, PoweredOff
from hanse_lab.places.machine import HERE, Machine, batch, run
from hanse_lab.processes import MARK

DISK_SIZE: Final = "64m"
DISK_FILES: Final = "16k"
STARTS_WITHIN: Final = timedelta(minutes=5)  # with all its daemons, in a guest
SCRIPTS: Final = files("hanse_lab") / "nodes"


@dataclass(frozen=True, slots=True)
class Running:
    """A node with its power on: `pid` is its first process, as its machine counts."""

    name: str
    pid: int
    machine: Machine = HERE

    def __post_init__(self) -> None:
        if not self.pid:
            raise PoweredOff(f"{self.name} is switched off: `hanse-lab power-on {self.name}` starts it again")

    def inside(self, *words: str) -> tuple[str, ...]:
        """Return the command of its machine that runs `words` on the node, with all that the node sees."""
        return ("nsenter", "--all", "--target", str(self.pid), "--", *words)

    def beside(self, *words: str) -> tuple[str, ...]:
        """Return the command that runs `words` in the node's network, with its machine's own files."""
        return ("nsenter", "--net", "--pid", "--target", str(self.pid), "--", *words)

    def run(self, *words: str, stdin: str = "", patience: timedelta = PATIENCE) -> str:
        """Run a program on the node and return what it printed.

        :raises CommandFailed:
        """
        return run(self.machine, self.inside(*words), stdin=stdin, patience=patience, env=SURROUNDINGS)

    def outcome(self, *words: str, patience: timedelta = PATIENCE) -> subprocess.CompletedProcess[str]:
        """Run a program on the node to its end, whatever its exit code."""
        return self.machine.outcome(self.inside(*words), patience=patience, env=SURROUNDINGS)

    def launch(self, command: tuple[str, ...], log: Path, **more: str) -> None:
        """Start a program that stays, with its output in `log`; `command` comes from `inside` or `beside`."""
        self.machine.launch(command, log=log, env=SURROUNDINGS | more)

    def batch(self, lines: Sequence[str]) -> None:
        """Give all `lines` to one `ip -batch` on the node.

        :raises CommandFailed:
        """
        batch(self.machine, lines, before=self.inside())

    def file(self, path: str) -> Path:
        """Return where its machine sees the node's file `path` (absolute); no part of it may be a symbolic link."""
        return Path(f"/proc/{self.pid}/root") / path.lstrip("/")

    def read(self, path: str) -> str:
        """Return the text of one file of the node.

        :raises FileNotFoundError:
        """
        return self.machine.read(self.file(path))

    def has(self, path: str) -> bool:
        """Say whether the node has a file or folder of this name."""
        return bool(self.found(path))

    def found(self, pattern: str) -> tuple[str, ...]:
        """Return the node's files that match `pattern` (absolute, with * and ?), the youngest first."""
        root = self.file("/")
        return tuple(f"/{path.relative_to(root)}" for path in self.machine.found(root, pattern.lstrip("/")))

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write one file of the node, owned by its root."""
        self.machine.write(self.file(path), text, mode)

    def remove(self, path: str) -> None:
        """Remove one file of the node, if it is there."""
        self.machine.remove(self.file(path))


def make_disk(disk: Path, machine: Machine) -> None:
    """Give a node its disk, of limited size: a full one is this node's trouble alone."""
    options = f"mode=755,size={DISK_SIZE},nr_inodes={DISK_FILES}"
    script = 'mkdir -p "$1"; mount -t tmpfs -o "$2" hanse-lab "$1"; cd "$1"; mkdir upper work root'
    run(machine, ("/bin/sh", "-ec", script, "sh", str(disk), options), env=SURROUNDINGS)


def switch_on(name: str, disk: Path, lab: Path, machine: Machine) -> Running:
    """Start the node's namespaces on its disk; nothing but its first process runs yet.

    :raises CommandFailed:
    """
    words = ("--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--propagation", "private")
    log = lab / "log" / f"{name}.log"
    script = ("/bin/sh", str(SCRIPTS / "root.sh"), str(disk), name)
    pid = machine.hear(("unshare", *words, *script), log=log, env=SURROUNDINGS | {MARK: str(lab)})
    if not pid:
        raise CommandFailed(f"{name} does not start: {machine.read(log).strip()}")
    return Running(name, int(pid), machine)


def start_services(node: Running) -> None:
    """Do on the node what its power coming on does: interfaces, sshd, and the daemons that Hanse installed."""
    node.run("/bin/sh", "-s", stdin=(SCRIPTS / "start.sh").read_text(), patience=STARTS_WITHIN)
