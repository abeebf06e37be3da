"""A copy of the program that Python need not compile at each start, where a restart of the machine forgets it.

Half of what a small router does for one question was compiling. The program itself stays one file, which is synced to
the disk; `__main__` takes the copy where there is one (see `carrier`).
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from .places import COPIES, STATE


def unpack() -> None:
    """Make the copy if there is none; where there is no room for it the program goes without."""
    program = Path(os.path.realpath(sys.argv[0]))
    copy = COPIES / program.stem
    if program.parent != STATE or copy.is_dir():
        return
    beside = COPIES / f".{program.stem}.{os.getpid()}"
    with suppress(OSError):  # no room, or another process of ours was quicker
        shutil.unpack_archive(program, beside, "zip")
        os.rename(beside, copy)
    shutil.rmtree(beside, ignore_errors=True)


def forget_other_copies(program: Path) -> None:
    """Remove the copies of older programs, and what a killed process of ours left of one."""
    if COPIES.is_dir():
        for copy in COPIES.iterdir():
            if copy.name != program.stem:
                shutil.rmtree(copy, ignore_errors=True)
