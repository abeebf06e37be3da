"""Files that are wholly there or not at all, also after a power cut, and locks that die with their holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sync_directory(directory: Path) -> None:
    """Make the directory's entries durable."""
    opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_new(path: Path, text: str, mode: int = 0o600, owner: tuple[int, int] = (0, 0)) -> None:
    """Write `path`, which is not in use yet, with all rights set before its first byte is there."""
    remove(path)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        os.fchown(file.fileno(), *owner)
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Replace `path` at once."""
    beside = path.with_name(f".{path.name}.writing")
    write_new(beside, text, mode)
    os.replace(beside, path)
    sync_directory(path.parent)


def read_text(path: Path) -> str:
    """Return the file's text, byte for byte."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read()


def remove(path: Path) -> None:
    """Remove `path` if it is there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return


def take_lock(path: Path, *, wait: bool) -> int | None:
    """Return a descriptor that holds the lock until it is closed; None if somebody has it and we do not wait."""
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return None
    return opened


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock; wait for it first."""
    opened = take_lock(path, wait=True)
    try:
        yield
    finally:
        if opened is not None:
            os.close(opened)


def is_locked(path: Path) -> bool:
    """Say whether a living process holds the lock. Only looks: a shared lock does not hinder another look."""
    try:
        opened = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False
