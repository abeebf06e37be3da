"""Stage a candidate: the whole set of files, checked and compared, beside what runs."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from . import changes as on_disk
from . import learned
from .changes import Change
from .component import Candidate, Finding
from .components import COMPONENTS
from .fault import announce
from .manifest import Entry, digest_of, manifest_now, named_text, write_manifest
from .states import FINISHED, State
from .transaction import Transaction, open_transaction, transactions
from .troubles import Refused

CHECKED: Final = "checked"  # the candidate that was found good last, and when
STILL_GOOD: Final = 600.0  # seconds


class Wanted(NamedTuple):
    """One file of the candidate: `text` with its secrets, `named` with secrets by name."""

    path: str
    text: str
    named: str
    mode: int
    owner: str


def stage(name: str, files: list[Wanted]) -> dict[str, Any]:
    """Return the diff of what would change; the candidate is ready to be committed.

    :raises Refused: a check says no, another deployment is on trial, or the disk is full; nothing is left behind
    """
    one = _room_for(name)
    installed = manifest_now()
    changes = changes_between(installed, files)
    plan = {
        "changes": [change._asdict() for change in changes],
        "made": on_disk.directories_to_make(change.path for change in changes if change.new),
    }
    try:
        one.begin(plan)
        announce(name, "staging")
        _write(one, changes, files)
        _check(changes, files)
        diff = "".join(diff_of(change, installed, files) for change in changes)
    except OSError as error:
        unstage(one)
        raise Refused(f"{error.filename or 'the disk'}: {error.strerror}") from error
    except Refused:
        unstage(one)
        raise
    one.move(State.STAGED)
    announce(name, "staged")
    return {"diff": diff}


def _room_for(name: str) -> Transaction:
    busy = open_transaction()
    if busy is not None:
        raise Refused(f"{busy.name} is on trial here: confirm or undo it first")
    one = Transaction(name)
    if one.state() in FINISHED:
        raise Refused(f"{name} was deployed here before: take another name")
    for old in transactions():
        if old.state() not in FINISHED:
            unstage(old)
    return one


def unstage(one: Transaction) -> None:
    """Remove a candidate and all its traces."""
    plan = one.read("plan")
    if plan:
        on_disk.clear_away(changes_of(one), plan["made"])
    if one.directory.exists():
        one.forget()


def changes_of(one: Transaction) -> list[Change]:
    """Return the changes of a transaction's plan."""
    return [Change(**change) for change in one.read("plan").get("changes", ())]


def changes_between(installed: dict[str, Entry], files: list[Wanted]) -> list[Change]:
    """Return what differs: files that are wanted otherwise, and files that Hanse installed and nobody wants."""
    changes = []
    for file in sorted(files):
        change = Change(file.path, file.mode, file.owner, new=True, was="")
        was = on_disk.fingerprint(change.target)
        if was != on_disk.wanted_fingerprint(file.text, file.mode, file.owner):
            changes.append(change._replace(was=was))
    wanted = {file.path for file in files}
    for path, entry in sorted(installed.items()):
        change = Change(path, entry.mode, entry.owner, new=False, was="")
        was = on_disk.fingerprint(change.target)
        if path not in wanted and was:
            changes.append(change._replace(was=was))
    return changes


def _write(one: Transaction, changes: list[Change], files: list[Wanted]) -> None:
    for directory in one.read("plan")["made"]:
        Path(directory).mkdir(mode=0o755)
    texts = {file.path: file.text for file in files}
    for change in changes:
        if change.new:
            on_disk.write_beside(change, texts[change.path])
    entries = {file.path: Entry(file.path, file.mode, file.owner, digest_of(file.text), file.named) for file in files}
    one.write("manifest", write_manifest(entries))


def candidates_of(changes: list[Change], files: list[Wanted]) -> list[Candidate]:
    """Return the new files where they lie now."""
    texts = {file.path: file.text for file in files}
    return [Candidate(change.path, change.new_file, texts[change.path]) for change in changes if change.new]


def _check(changes: list[Change], files: list[Wanted]) -> None:
    """Let all programs check their new files, unless they just did so with the very same: a review comes before.

    :raises Refused:
    """
    candidates = candidates_of(changes, files)
    same = _print_of(changes, candidates)
    now = time.clock_gettime(time.CLOCK_BOOTTIME)
    last, _, when = (learned.recalled(CHECKED) or "").partition(" ")
    if last == same and 0 <= now - float(when) < STILL_GOOD:
        return
    found: list[Finding] = []
    for component in COMPONENTS:
        own = [candidate for candidate in candidates if component.owns(candidate.path)]
        if own:
            found += component.check(own)
    if found:
        raise Refused("\n".join(str(finding) for finding in found))
    learned.learn(CHECKED, f"{same} {now}")


def _print_of(changes: list[Change], candidates: list[Candidate]) -> str:
    """Return what tells these new files, in the place of these old ones and checked by this program, from others."""
    texts = [[candidate.path, candidate.text] for candidate in candidates]
    told = json.dumps([os.path.realpath(sys.argv[0]), changes, texts])
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def diff_of(change: Change, installed: dict[str, Entry], files: list[Wanted]) -> str:
    """Return one file's unified diff, secrets by name."""
    before = named_text(change.path, installed) if change.was else ""
    after = next((file.named for file in files if change.new and file.path == change.path), "")
    lines = difflib.unified_diff(
        (before or "").splitlines(keepends=True),
        after.splitlines(keepends=True),
        change.path if change.was else "/dev/null",
        change.path if change.new else "/dev/null",
    )
    text = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return text or _unseen(change, installed)


def _unseen(change: Change, installed: dict[str, Entry]) -> str:
    """Return a line for a difference that no line of the text shows."""
    if not change.new or not change.was:
        return f"--- {change.path}\n# an empty file is {'made' if change.new else 'removed'}\n"
    entry = installed.get(change.path)
    rights = change.was.split(" ", 1)[1]
    user, group = on_disk.owner_numbers(change.owner)
    if rights != f"{change.mode:04o} {user}:{group}":
        return f"--- {change.path}\n# rights {rights} become {change.mode:04o} {user}:{group}\n"
    what = "the value of a secret" if entry else "bytes that are not shown"
    return f"--- {change.path}\n# {what} changes\n"
