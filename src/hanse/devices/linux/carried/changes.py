"""The files of a transaction: new texts and old files lie beside their targets: a swap is a rename.

For /etc/bird/bird.conf these are /etc/bird/.bird.conf.hanse-new and /etc/bird/.bird.conf.hanse-old. Both are there
before anything is swapped, so putting the old one back needs no space.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from . import disk
from .manifest import digest_of
from .troubles import Refused


class Change(NamedTuple):
    """One file that will be different: written (`new`) or removed. `was` is the fingerprint of what is there now."""

    path: str
    mode: int
    owner: str
    new: bool
    was: str

    @property
    def target(self) -> Path:
        """Return the file itself."""
        return Path(self.path)

    @property
    def new_file(self) -> Path:
        """Return where the new text waits."""
        return self.target.with_name(f".{self.target.name}.hanse-new")

    @property
    def old_file(self) -> Path:
        """Return where the old file is kept."""
        return self.target.with_name(f".{self.target.name}.hanse-old")


def fingerprint(path: Path) -> str:
    """Return what tells one version of a file from another: text, rights and owner; empty if there is none."""
    try:
        status = path.stat()
        text = disk.read_text(path)
    except FileNotFoundError:
        return ""
    return f"{digest_of(text)} {stat.S_IMODE(status.st_mode):04o} {status.st_uid}:{status.st_gid}"


def owner_numbers(owner: str) -> tuple[int, int]:
    """Return user and group of `owner`: the group of that name, else the user's own.

    :raises Refused: the router has no such user
    """
    try:
        user = pwd.getpwnam(owner)
    except KeyError as error:
        raise Refused(f"the router has no user {owner!r}") from error
    try:
        return user.pw_uid, grp.getgrnam(owner).gr_gid
    except KeyError:
        return user.pw_uid, user.pw_gid


def wanted_fingerprint(text: str, mode: int, owner: str) -> str:
    """Return the fingerprint that the file will have."""
    user, group = owner_numbers(owner)
    return f"{digest_of(text)} {mode:04o} {user}:{group}"


def directories_to_make(paths: Iterable[str]) -> list[str]:
    """Return the missing directories of `paths`, each after its parent."""
    missing = {str(parent) for path in paths for parent in Path(path).parents if not parent.exists()}
    return sorted(missing)


def write_beside(change: Change, text: str) -> None:
    """Write the new text next to its target, with its rights."""
    disk.write_new(change.new_file, text, change.mode, owner_numbers(change.owner))
    disk.sync_directory(change.target.parent)


def keep_old(change: Change) -> None:
    """Copy the present file, with its rights; what is not there now needs no copy.

    A second link would need no space, but not every file system can rename one link of a file over another (overlayfs).
    """
    disk.remove(change.old_file)
    if not change.was:
        return
    status = change.target.lstat()
    shutil.copy2(change.target, change.old_file, follow_symlinks=False)
    os.chown(change.old_file, status.st_uid, status.st_gid, follow_symlinks=False)
    if not change.old_file.is_symlink():
        with open(change.old_file, "rb") as file:
            os.fsync(file.fileno())
    disk.sync_directory(change.target.parent)


def swap(change: Change) -> None:
    """Put the new file in its place, or remove the file."""
    if change.new:
        os.replace(change.new_file, change.target)
    else:
        disk.remove(change.target)
    disk.sync_directory(change.target.parent)


def put_old_back(change: Change) -> None:
    """Put the old file back. Doing it again does nothing: its copy is gone by then."""
    if not change.target.parent.exists():
        return
    if not change.was:
        disk.remove(change.target)
    elif change.old_file.exists() or change.old_file.is_symlink():
        os.replace(change.old_file, change.target)
    disk.sync_directory(change.target.parent)


def clear_away(changes: Iterable[Change], made: Iterable[str]) -> None:
    """Remove what lies beside the targets, and directories that were made for them and are empty."""
    for change in changes:
        disk.remove(change.new_file)
        disk.remove(change.old_file)
    for directory in sorted(made, reverse=True):
        try:
            os.rmdir(directory)
        except (FileNotFoundError, OSError):
            continue  # gone, or somebody uses it
