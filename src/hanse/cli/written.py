"""Files that a word writes into a folder: those that are there are somebody's work, and stay unless told otherwise."""

from collections.abc import Mapping
from pathlib import Path

from hanse.network.errors import OutsideError


class NotWritten(OutsideError):
    """The folder cannot be written, or holds files that would be destroyed."""

    retry = False


def write_files(folder: Path, files: Mapping[str, str], *, overwrite: bool, for_owner_only: bool = False) -> None:
    """Write the files, name -> text.

    :raises NotWritten: nothing was written if one is there already and must stay
    """
    there = [name for name in files if (folder / name).exists()]
    if there and not overwrite:
        raise NotWritten(f"{folder} has {', '.join(there)} already: take another folder, or --overwrite")
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True, parents=True, mode=0o700 if for_owner_only else 0o777)
            if for_owner_only:
                path.unlink(missing_ok=True)
                path.touch(mode=0o600)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotWritten(f"{folder} cannot be written: {error.strerror}") from error
