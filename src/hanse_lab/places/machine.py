"""A machine that holds routers: what the lab does on it. This one, or a guest (see `guest`)."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from hanse_lab import commands, processes
from hanse_lab.commands import PATIENCE
from hanse_lab.places.agent import youngest_first

Surroundings = Mapping[str, str]
GONE_WITHIN: Final = timedelta(seconds=10)


class Machine(Protocol):
    """What runs programs and keeps files. Paths are the machine's own."""

    def outcome(
        self, words: Sequence[str], *, stdin: str = "", patience: timedelta = PATIENCE, env: Surroundings | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, whatever its exit code.

        :raises CommandFailed: it is not there, or does not end within `patience`
        """

    def launch(self, words: Sequence[str], *, log: Path, env: Surroundings) -> None:
        """Start a program that lives on without us; what it says is added to `log`."""

    def hear(self, words: Sequence[str], *, log: Path, env: Surroundings) -> str:
        """Start a program that lives on without us and return the first line it prints; empty: it ended before."""

    def read(self, path: Path) -> str:
        """Return the text of a file.

        :raises FileNotFoundError:
        """

    def write(self, path: Path, text: str, mode: int = 0o644) -> None:
        """Write a new file in the place of an old one, and make the folders above it."""

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""

    def found(self, folder: Path, pattern: str) -> tuple[Path, ...]:
        """Return what matches `pattern` below `folder`, the youngest first."""

    def end(self, pid: int, lab: Path) -> None:
        """Kill a process of the lab in the folder `lab`, and wait until it is gone."""

    def at_terminal(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the command of this machine that runs `words` there, on this terminal."""


class ThisMachine:
    """The machine that the lab's own program runs on."""

    def outcome(
        self, words: Sequence[str], *, stdin: str = "", patience: timedelta = PATIENCE, env: Surroundings | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, whatever its exit code."""
        return commands.outcome(words, stdin=stdin, patience=patience, env=env)

    def launch(self, words: Sequence[str], *, log: Path, env: Surroundings) -> None:
        """Start a program that lives on without us."""
        with log.open("ab") as said:
            commands.detach(words, said=said, env=env)

    def hear(self, words: Sequence[str], *, log: Path, env: Surroundings) -> str:
        """Start a program that lives on without us and return the first line it prints."""
        with log.open("ab") as said:
            return commands.detach_and_hear(words, said=said, env=env)

    def read(self, path: Path) -> str:
        """Return the text of a file."""
        return path.read_text()

    def write(self, path: Path, text: str, mode: int = 0o644) -> None:
        """Write a new file in the place of an old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode)
        path.chmod(mode)
        path.write_text(text)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)

    def found(self, folder: Path, pattern: str) -> tuple[Path, ...]:
        """Return what matches, the youngest first."""
        return tuple(youngest_first(folder, pattern))

    def end(self, pid: int, lab: Path) -> None:
        """Kill a process of the lab, and wait until it is gone."""
        processes.end((pid,), lab)
        until = time.monotonic() + GONE_WITHIN.total_seconds()
        while processes.is_alive(pid, lab) and time.monotonic() < until:
            time.sleep(0.01)

    def at_terminal(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words as they are."""
        return tuple(words)


HERE: Final = ThisMachine()


def run(
    machine: Machine,
    words: Sequence[str],
    *,
    stdin: str = "",
    patience: timedelta = PATIENCE,
    env: Surroundings | None = None,
) -> str:
    """Run a program on `machine` and return what it printed on stdout.

    :raises CommandFailed:
    """
    return commands.printed(words, machine.outcome(words, stdin=stdin, patience=patience, env=env))


def batch(machine: Machine, lines: Sequence[str], *, before: Sequence[str] = ()) -> None:
    """Give all `lines` to one `ip -batch` on `machine`, run behind the words `before` (as `nsenter ...`).

    :raises CommandFailed:
    """
    if lines:
        run(machine, (*before, "ip", "-batch", "-"), stdin="\n".join(lines) + "\n")
