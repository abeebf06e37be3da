"""A store with its tables and nothing in them. To make one takes seconds, to copy it takes none."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PLACE: Final = ROOT / ".pytest_cache" / "blank-store"
NAME: Final = "hanse.sqlite3"
MADE_FROM: Final = ("requirements-dev.lock", "src/hanse/store/migrations/*.py", "src/hanse/conf/*.py")


def put_blank_store(data: Path) -> None:
    """Put one into a data folder, which is made if it is not there."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copy(_made(), data / NAME)


def _made() -> Path:
    """Return the one that all processes of tests copy; the first that comes makes it."""
    sources = sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    folder = PLACE / digest
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(folder)
    return folder / NAME


def _make(folder: Path) -> None:
    making = PLACE / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    mine = {name: value for name, value in os.environ.items() if not name.startswith("HANSE_")}
    around = {**mine, "PYTHONPATH": str(ROOT / "src"), "HANSE_DATA": str(making)}
    subprocess.run([sys.executable, "-m", "hanse.cli.main", "settings"], check=True, capture_output=True, env=around)
    making.rename(folder)
