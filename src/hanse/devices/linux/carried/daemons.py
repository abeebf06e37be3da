"""Daemons: started and stopped by systemd where that runs, else as processes of their own, and waited for.

A process of its own outlives us and carries no mark of ours; its number stands in its PID file.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from . import disk
from .places import SEARCH, SYSTEMD
from .tools import Ran, run
from .troubles import Failed

ANSWERS_AFTER: Final = 30.0  # seconds: a small router takes its time
NOWHERE: Final = Path("/dev/null")
ALONE: Final = ("setsid", "--fork", "sh", "-c")


class Daemon(NamedTuple):
    """One daemon."""

    name: str  # in sentences
    unit: str  # of systemd
    is_running: Callable[[], bool]

    def start(self, launch: Callable[[], Ran]) -> None:
        """Start it anew, with `launch` where no systemd runs, and wait until it runs.

        :raises Failed: it does not
        """
        code, said = run("systemctl", "restart", self.unit) if SYSTEMD.is_dir() else launch()
        if code:
            raise Failed(f"{self.name}: {said.strip()}")
        wait_until(self.is_running, f"{self.name} does not start")

    def stop(self, end: Callable[[], object]) -> None:
        """Stop it, with `end` where no systemd runs, and wait until it is gone.

        :raises Failed: it does not go
        """
        if SYSTEMD.is_dir():
            run("systemctl", "stop", self.unit)
        else:
            end()
        wait_until(lambda: not self.is_running(), f"{self.name} does not stop")


def launch(*words: str, pid_file: Path = NOWHERE, log: Path = NOWHERE, env: Mapping[str, str] | None = None) -> Ran:
    """Start a program without systemd; what it says is added to its log."""
    script = f'echo $$ >{pid_file}; exec "$0" "$@" </dev/null >>{log} 2>&1'
    return run(*ALONE, script, *words, env={"PATH": SEARCH, **(env or {})})


def send(number: signal.Signals, pid_file: Path, name: str) -> None:
    """Send a process a signal if it is there."""
    pid = pid_in(pid_file, name)
    if pid is not None:
        with suppress(ProcessLookupError):  # it ended just now
            os.kill(pid, number)


def pid_in(file: Path, name: str) -> int | None:
    """Return the process whose number stands in a file; None if it is gone, or its number is another's by now."""
    try:
        pid = int(disk.read_text(file))
        called = disk.read_text(Path(f"/proc/{pid}/comm")).strip()
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if called == name else None


def is_active(name: str, pid_file: Path) -> bool:
    """Say whether systemd calls the unit active or, where none runs, the process is there; both have one name."""
    if SYSTEMD.is_dir():
        return run("systemctl", "is-active", "--quiet", name).code == 0
    return pid_in(pid_file, name) is not None


def wait_until(is_so: Callable[[], bool], trouble: str, *, within: float = ANSWERS_AFTER) -> None:
    """Wait until something is so, `within` seconds.

    :raises Failed: it is not, with `trouble` as the sentence
    """
    ends = time.monotonic() + within
    while not is_so():
        if time.monotonic() > ends:
            raise Failed(trouble)
        time.sleep(0.05)
