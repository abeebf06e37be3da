"""The key list that encrypts secrets at rest, made at first use and readable by its owner only."""

import os
import secrets
from pathlib import Path
from typing import Final

from hanse.network.errors import OutsideError

FILE: Final = "keys"


class NoKeys(OutsideError):
    """The key file cannot be read or made."""

    retry = False


def keys_in(folder: Path) -> list[str]:
    """Return the keys, the newest first; one is made if there is none yet.

    To change keys put a new line on top of the file: old secrets stay readable, new ones take the new key.

    :raises NoKeys:
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        found = path.read_text(encoding="utf-8").split()
    except OSError as error:
        raise NoKeys(f"the keys in {path} cannot be read or made: {error.strerror}") from error
    if not found:
        raise NoKeys(f"{path} is empty: put its keys back, else no secret can be read")
    return found


def _make(path: Path) -> None:
    """Make the key file unless it is there, whole at once: two processes may start together."""
    if path.exists():
        return
    fresh = path.with_name(f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secrets.token_urlsafe(48)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # fails if the other was faster; a rename would replace its key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
