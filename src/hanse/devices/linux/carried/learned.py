"""What was learned of this router's programs: it holds until a package is installed or the machine starts again.

Deployments ask the same twice, for the review and for the installation, and some programs take seconds to answer.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from . import disk
from .places import RUN

PACKAGES: Final = Path("/var/lib/dpkg/status")  # written anew whenever a package comes, goes or changes


def recalled(name: str) -> str | None:
    """Return what was learned under `name` of the programs as they are now; None: nothing."""
    file = _file(name)
    programs = _programs()
    if not programs or not file.exists():
        return None
    then, _, text = disk.read_text(file).partition("\n")
    return text if then == programs else None


def learn(name: str, text: str) -> None:
    """Remember `text` under `name`, in the place of what was; where there is no room it is asked again."""
    programs = _programs()
    if programs:
        with suppress(OSError):
            disk.write_whole(_file(name), f"{programs}\n{text}")


def _file(name: str) -> Path:
    return RUN / f"{name}.learned"


def _programs() -> str:
    """Return what tells the installed packages from others; empty: this is no Debian."""
    try:
        return str(PACKAGES.stat().st_mtime_ns)
    except FileNotFoundError:
        return ""
