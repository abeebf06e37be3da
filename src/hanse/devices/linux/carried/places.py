"""Where the program keeps its things on the router."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

STATE: Final = Path("/var/lib/hanse")  # survives a power cut
DEPLOYMENTS: Final = STATE / "deployments"
MANIFEST: Final = STATE / "manifest.json"  # the files that Hanse has installed
LOCK: Final = STATE / "lock"  # held by whoever changes anything
STABLE_PROGRAM: Final = STATE / "router.pyz"  # a link to the current program
RUN: Final = Path("/run/hanse")  # gone after a power cut
COPIES: Final = RUN / "programs"  # see unpacking.py; `__main__` knows the name too
FAULT: Final = Path("/run/hanse-fault")  # see fault.py
SYSTEMD: Final = Path("/run/systemd/system")

SEARCH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def make_places() -> None:
    """Make the directories; they hold secrets, so only root looks in."""
    for place in (STATE, DEPLOYMENTS, RUN):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PATH"] = SEARCH
    os.environ["LC_ALL"] = "C"
