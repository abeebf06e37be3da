"""A node's life: its disk, power on, power off, and commands that run on it."""

import os
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from hanse_lab.commands import PATIENCE, detach, detach_and_hear, outcome, run
from hanse_lab.errors import CommandFailed, PoweredOff
from hanse_lab.processes import MARK

DISK_SIZE: Final = "64m"
DISK_FILES: Final = "16k"
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SURROUNDINGS: Final = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "TERM": os.environ.get("TERM", "dumb")}
SCRIPTS: Final = files("hanse_lab") / "nodes"


@dataclass(frozen=True, slots=True)
class Running:
    """A node with its power on: `pid` is its first process, as this machine counts."""

    name: str
    pid: int

    def __post_init__(self) -> None:
        if not self.pid:
            raise PoweredOff(f"{self.name} is switched off: `hanse-lab power-on {self.name}` starts it again")

    def inside(self, *words: str) -> tuple[str, ...]:
        """Return the command that runs `words` on the node, with all that the node sees."""
        return ("nsenter", "--all", "--target", str(self.pid), "--", *words)

    def beside(self, *words: str) -> tuple[str, ...]:
        """Return the command that runs `words` in the node's network, with this machine's own files."""
        return ("nsenter", "--net", "--pid", "--target", str(self.pid), "--", *words)

    def run(self, *words: str, stdin: str = "", patience: timedelta = PATIENCE) -> str:
        """Run a program on the node and return what it printed.

        :raises CommandFailed:
        """
        return run(*self.inside(*words), stdin=stdin, patience=patience, env=SURROUNDINGS)

    def outcome(self, *words: str, patience: timedelta = PATIENCE) -> subprocess.CompletedProcess[str]:
        """Run a program on the node to its end, whatever its exit code."""
        return outcome(self.inside(*words), patience=patience, env=SURROUNDINGS)

    def launch(self, command: tuple[str, ...], log: Path, **more: str) -> None:
        """Start a program that stays, with its output in `log`; `command` comes from `inside` or `beside`."""
        with log.open("ab") as said:
            detach(command, said=said, env=SURROUNDINGS | more)

    def file(self, path: str) -> Path:
        """Return where this machine sees the node's file `path` (absolute); no part of it may be a symbolic link."""
        return Path(f"/proc/{self.pid}/root") / path.lstrip("/")

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write one file of the node, owned by its root."""
        file = self.file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.touch(mode)
        file.chmod(mode)
        file.write_text(text)

    def remove(self, path: str) -> None:
        """Remove one file of the node, if it is there."""
        self.file(path).unlink(missing_ok=True)


def make_disk(disk: Path) -> None:
    """Give a node its disk, of limited size: a full one is this node's trouble alone."""
    disk.mkdir(parents=True)
    run("mount", "-t", "tmpfs", "-o", f"mode=755,size={DISK_SIZE},nr_inodes={DISK_FILES}", "hanse-lab", str(disk))
    for part in ("upper", "work", "root"):
        (disk / part).mkdir()


def switch_on(name: str, disk: Path, lab: Path) -> Running:
    """Start the node's namespaces on its disk; nothing but its first process runs yet.

    :raises CommandFailed:
    """
    words = ("--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--propagation", "private")
    log = lab / "log" / f"{name}.log"
    with log.open("ab") as said:
        script = ("/bin/sh", str(SCRIPTS / "root.sh"), str(disk), name)
        pid = detach_and_hear(("unshare", *words, *script), said=said, env=SURROUNDINGS | {MARK: str(lab)})
    if not pid:
        raise CommandFailed(f"{name} does not start: {log.read_text().strip()}")
    return Running(name, int(pid))


def start_services(node: Running) -> None:
    """Do on the node what its power coming on does: interfaces, sshd, BIRD if Hanse installed it."""
    node.run("/bin/sh", "-s", stdin=(SCRIPTS / "start.sh").read_text())
