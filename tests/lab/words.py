"""What every scenario says to Hanse."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until
from samples.blank_store import put_blank_store

LOOKED_EVERY: Final = timedelta(seconds=2)  # a look asks every router for everything


def introduce(hanse: Hanse, files: Path) -> None:
    """Import the wanted network of a lab that has just come up, and learn its routers' keys."""
    put_blank_store(hanse.folder.data)
    hanse.say("import", str(files))
    hanse.say("ping", "--learn")


def install(hanse: Hanse, files: Path) -> None:
    """Do the same, and install what is derived on all routers."""
    introduce(hanse, files)
    hanse.say("apply", "--yes", "--force")


def is_well(hanse: Hanse) -> bool:
    """Poll, and say whether everything is as wanted."""
    hanse.tree("poll")
    return bool(hanse.tree("status")["well"])


def wait_until_well(hanse: Hanse, *, within: timedelta) -> timedelta:
    """Wait until everything is as wanted, and return how long it took."""
    return wait_until("all is as wanted", lambda: is_well(hanse), within=within, every=LOOKED_EVERY)
