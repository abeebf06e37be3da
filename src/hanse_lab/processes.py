"""The lab's processes: each carries the lab's folder in its environment and is found and ended by that alone.

So `down` finds them after a half-failed `up` or a killed one, and never touches what the lab did not start.
"""

import os
import select
import signal
import time
from pathlib import Path
from typing import Final

MARK: Final = "HANSE_LAB"  # name of the environment variable: the lab's folder
DIES_WITHIN: Final = 5_000  # milliseconds after SIGKILL
EXECS_WITHIN: Final = 0.2  # seconds from a new program to its environment


def marked(folder: Path) -> tuple[int, ...]:
    """Return the processes that the lab in `folder` has started itself."""
    return tuple(int(entry) for entry in os.listdir("/proc") if entry.isdigit() and _has_mark(int(entry), folder))


def _has_mark(pid: int, folder: Path) -> bool:
    return f"{MARK}={folder}".encode() in _environment(pid).split(b"\0")


def _environment(pid: int) -> bytes:
    """Read the environment of process `pid`; in the midst of an exec it is empty for a moment, and is read again."""
    given_up = time.monotonic() + EXECS_WITHIN
    try:
        while not (environment := Path(f"/proc/{pid}/environ").read_bytes()):
            if not Path(f"/proc/{pid}/exe").exists() or time.monotonic() > given_up:  # the kernel's own have no program
                break
            time.sleep(0.001)
    except OSError:
        return b""
    return environment


def end(pids: tuple[int, ...], folder: Path) -> None:
    """Kill those of `pids` that are the lab's, and wait until they are gone.

    Each is held by a descriptor while it is looked at: a number that passed on to another process is left alone.
    """
    held: list[int] = []
    try:
        for pid in pids:
            try:
                held.append(os.pidfd_open(pid))
            except ProcessLookupError:
                continue
            if _has_mark(pid, folder):
                _kill(held[-1])
            else:
                os.close(held.pop())
        for descriptor in held:
            _wait_for_end(descriptor)
    finally:
        for descriptor in held:
            os.close(descriptor)


def _kill(descriptor: int) -> None:
    try:
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait_for_end(descriptor: int) -> None:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    waiting.poll(DIES_WITHIN)


def is_alive(pid: int, folder: Path) -> bool:
    """Say whether `pid` is still the lab's process."""
    return bool(pid) and _has_mark(pid, folder)
