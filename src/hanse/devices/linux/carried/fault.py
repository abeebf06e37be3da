"""Steps are announced, and a fault injector may strike at each: this is how undo is proven.

Every step is a line in /run/hanse/NAME.progress. If /run/hanse-fault (which only root can write) holds the name of a
step, the process that announces it removes that file and kills itself with SIGKILL; with the word `pause` behind the
name it stands still instead until a file of that name with the ending `.go` appears.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from .places import FAULT, RUN


def progress_file(name: str) -> Path:
    """Return where the steps of the transaction `name` are announced."""
    return RUN / f"{name}.progress"


def announce(name: str, step: str) -> None:
    """Say that `step` begins."""
    RUN.mkdir(mode=0o700, exist_ok=True)
    with open(progress_file(name), "a", encoding="utf-8") as file:
        file.write(f"{time.clock_gettime(time.CLOCK_BOOTTIME):.3f} {os.getpid()} {step}\n")
    _strike(step)


def _strike(step: str) -> None:
    try:
        wanted = FAULT.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return
    if not wanted or wanted[0] != step or FAULT.stat().st_uid != 0:
        return
    FAULT.unlink()
    if wanted[1:] == ["pause"]:
        go = FAULT.with_suffix(".go")
        while not go.exists():
            time.sleep(0.02)
        go.unlink()
        return
    os.kill(os.getpid(), signal.SIGKILL)
