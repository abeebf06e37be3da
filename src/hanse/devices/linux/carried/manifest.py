"""What Hanse has installed here: path, rights, and what the text is called without its secrets.

Secrets never leave the router in a diff: where a file is what Hanse installed, its text is taken from the manifest,
which holds the secrets by name; where it was edited since, lines that hold a secret by name are shown by name.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from . import disk
from .places import MANIFEST
from .states import State
from .transaction import transactions

SECRET: Final = re.compile(r"@secret\([A-Za-z0-9._-]+\)@")


class Entry(NamedTuple):
    """One installed file."""

    path: str
    mode: int
    owner: str
    digest: str  # of the text with its secrets
    named: str  # the text with secrets by name


def digest_of(text: str) -> str:
    """Return the fingerprint of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def read_manifest(content: dict[str, Any]) -> dict[str, Entry]:
    """Return the entries by path."""
    return {entry["path"]: Entry(**entry) for entry in content.get("files", ())}


def write_manifest(entries: dict[str, Entry]) -> dict[str, Any]:
    """Return what `read_manifest` reads."""
    return {"files": [entries[path]._asdict() for path in sorted(entries)]}


def manifest_now() -> dict[str, Entry]:
    """Return what is installed now: during a trial, what is on trial."""
    for one in reversed(transactions()):
        if one.state() in (State.TRIAL, State.KEPT) and not one.is_settled:
            on_trial = one.read("manifest")
            if on_trial:
                return read_manifest(on_trial)
    try:
        return read_manifest(json.loads(disk.read_text(MANIFEST)))
    except FileNotFoundError:
        return {}


def named_text(path: str, entries: dict[str, Entry]) -> str | None:
    """Return the file's text as it is on disk, secrets by name; None if there is no such file."""
    try:
        actual = disk.read_text(Path(path))
    except FileNotFoundError:
        return None
    entry = entries.get(path)
    if entry is None:
        return actual
    return entry.named if digest_of(actual) == entry.digest else hide_lines(actual, entry.named)


def hide_lines(actual: str, named: str) -> str:
    """Return `actual` with each line that looks like a line of `named` with a secret replaced by the latter.

    >>> hide_lines("password old;", "password @secret(peer)@;")
    'password @secret(peer)@;'
    """
    shapes = [
        (re.compile(".+".join(re.escape(part) for part in SECRET.split(line))), line)
        for line in named.splitlines()
        if SECRET.search(line)
    ]
    lines = []
    for line in actual.splitlines(keepends=True):
        bare = line.rstrip("\n")
        hidden = next((shown for shape, shown in shapes if shape.fullmatch(bare)), bare)
        lines.append(hidden + line[len(bare) :])
    return "".join(lines)
