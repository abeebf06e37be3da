"""What the driver asks for, a function a command: JSON in, JSON out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from . import disk, guard, health, installing, mending, openvpn, staging, wireguard
from .boot_units import install_units
from .detached import end_marked
from .manifest import manifest_now, named_text
from .places import LOCK, STABLE_PROGRAM, STATE
from .states import FINISHED, OPEN, VERDICTS, State
from .transaction import Transaction, transactions
from .troubles import NotOpen
from .unpacking import forget_other_copies

FOLLOWED_FOR: Final = 600.0  # seconds

Answer = dict[str, Any]


def stage(asked: Answer) -> Answer:
    """Stage the candidate `files` as `name`."""
    with disk.locked(LOCK):
        installing.tidy()
        _heal()
        _become_current()
        return staging.stage(asked["name"], [staging.Wanted(**file) for file in asked["files"]])


def commit(asked: Answer) -> Answer:
    """Arm, and start guard and worker; what they do then is asked for by `follow`."""
    one = Transaction(asked["name"])
    seconds = asked["undo_after"]
    if one.state() is not State.STAGED:
        raise NotOpen(f"{one.name} is not staged")
    with disk.locked(one.file("launch")):
        with disk.locked(LOCK):
            installing.tidy()
            installing.arm(one, None if seconds is None else timedelta(seconds=seconds))
        guard.launch(one)
    return {}


def follow(asked: Answer) -> Answer:
    """Return how the worker ends, with a blank line a second as a sign of life."""
    one = Transaction(asked["name"])
    ends = time.monotonic() + FOLLOWED_FOR
    beats = time.monotonic()
    while one.state() not in (State.TRIAL, State.KEPT, State.REVERTED, None) and time.monotonic() < ends:
        time.sleep(0.03)
        if time.monotonic() > beats + 1:
            beats = time.monotonic()
            print(flush=True)
    return verdict(asked)


def confirm(asked: Answer) -> Answer:
    """Keep what is on trial."""
    with disk.locked(LOCK):
        one = Transaction(asked["name"])
        if one.state() is State.TRIAL and guard.reason_to_undo_locked(one):
            raise NotOpen(f"{one.name} was not confirmed in time")
        installing.keep(one)
    return {}


def undo(asked: Answer) -> Answer:
    """Put the old back now; a worker that is still at work is ended first."""
    one = Transaction(asked["name"])
    if one.state() not in OPEN:
        raise NotOpen(f"{one.name} is not on trial")
    end_marked(one.name)
    with disk.locked(LOCK):
        if one.state() in OPEN:
            installing.put_back(one, "it was asked to be undone")
    if one.state() is not State.REVERTED:
        raise NotOpen(f"{one.name} is not on trial")
    return {"why": one.why()}


def discard(asked: Answer) -> Answer:
    """Throw a staged candidate away."""
    with disk.locked(LOCK):
        one = Transaction(asked["name"])
        if one.state() in (State.STAGED, State.STAGING):
            staging.unstage(one)
        installing.tidy()
    return {}


def verdict(asked: Answer) -> Answer:
    """Return what became of `name`."""
    one = Transaction(asked["name"])
    _heal()
    state = one.state()
    return {"verdict": VERDICTS.get(state, "unknown") if state else "unknown", "why": one.why()}


def running(asked: Answer) -> Answer:
    """Return the installed files as they are on disk now, secrets by name where they are ours."""
    _heal()
    entries = manifest_now()
    found = []
    for path in sorted(entries):
        text = named_text(path, entries)
        if text is not None:
            rights, owner = _rights(path)
            found.append({"path": path, "text": text, "mode": rights, "owner": owner})
    return {"files": found}


def _rights(path: str) -> tuple[int, str]:
    place = Path(path)
    return place.stat().st_mode & 0o777, place.owner()


def boot(asked: Answer) -> Answer:
    """Put the old files back, at the start of the machine, and make ready what other programs start.

    With a guard alive this is no start: nothing is done.
    """
    if any(guard.is_guarded(one) for one in transactions()):
        return {"undone": []}
    undone = installing.boot()
    wireguard.prepare()
    openvpn.prepare()
    health.prepare()
    return {"undone": undone}


def mend(asked: Answer) -> Answer:
    """Take in again what the start of the machine left half-done; called when all of it has started."""
    return {"mended": mending.mend()}


def _heal() -> None:
    """Give an open transaction whose guards were all killed a new one: it will do what is due."""
    for one in transactions():
        if one.state() in OPEN and not guard.is_guarded(one):
            guard.start_guard(one)


def _become_current() -> None:
    """Let the stable name lead to this program, and remove older ones that nobody runs."""
    mine = Path(os.path.abspath(sys.argv[0]))
    if mine.parent != STATE:
        return
    beside = STABLE_PROGRAM.with_name(".router.pyz.link")
    disk.remove(beside)
    beside.symlink_to(mine.name)
    os.replace(beside, STABLE_PROGRAM)
    disk.sync_directory(STATE)
    if all(one.state() in FINISHED for one in transactions()):
        for old in STATE.glob("*.pyz"):
            if not old.is_symlink() and old != mine:
                disk.remove(old)
        forget_other_copies(mine)
    install_units()


AT_START: Final = frozenset({"boot", "mend"})  # nobody asks: they read nothing
COMMANDS: Final[dict[str, Callable[[Answer], Answer]]] = {
    "stage": stage,
    "commit": commit,
    "follow": follow,
    "confirm": confirm,
    "undo": undo,
    "discard": discard,
    "verdict": verdict,
    "running": running,
    "boot": boot,
    "mend": mend,
}
