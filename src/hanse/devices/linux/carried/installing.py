"""Install what is staged, keep it, or put the old back. Each of these may be killed anywhere and done again."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from . import changes as on_disk
from . import disk
from .component import Candidate
from .components import components_of
from .fault import announce
from .places import LOCK, MANIFEST, STATE
from .staging import changes_of, unstage
from .states import FINISHED, OPEN, State
from .transaction import Transaction, forget_the_oldest, transactions
from .troubles import Failed, NotOpen, Trouble

TRIES: Final = 3  # of a component's restore


def boot_id() -> str:
    """Return what tells this boot of the kernel from any other."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def boot_time() -> float:
    """Return the seconds since boot, sleep included: no change of the wall clock moves it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def arm(one: Transaction, undo_after: timedelta | None) -> None:
    """Keep all that undo will need. When this returns, undo needs no space and only renames files.

    :raises NotOpen: it is not staged
    :raises Failed: the disk is full, or a file was changed since it was staged; nothing was changed by us
    """
    if one.state() is not State.STAGED:
        raise NotOpen(f"{one.name} is not staged")
    announce(one.name, "arming")
    changes = changes_of(one)
    try:
        for change in changes:
            if on_disk.fingerprint(change.target) != change.was:
                raise Failed(f"{change.path} was changed on the router after it was staged")
            on_disk.keep_old(change)
        one.write("armed", _what_undo_needs(changes, undo_after))
    except (OSError, Failed) as error:
        _end_reverted(one, str(error))
        raise Failed(str(error)) from error
    one.move(State.ARMED)
    announce(one.name, "armed")


def _what_undo_needs(changes: list[on_disk.Change], undo_after: timedelta | None) -> dict[str, Any]:
    new = [Candidate(one.path, one.new_file, disk.read_text(one.new_file)) for one in changes if one.new]
    return {
        "boot": boot_id(),
        "deadline": None if undo_after is None else boot_time() + undo_after.total_seconds(),
        "remembered": {
            component.name: component.remember([one for one in new if component.owns(one.path)])
            for component in components_of(change.path for change in changes)
        },
    }


def install(one: Transaction) -> None:
    """Swap all files, reload what owns them, judge what came of it; on trouble put the old back."""
    if one.state() is not State.ARMED:
        return
    one.move(State.INSTALLING)
    changes = changes_of(one)
    try:
        for change in changes:
            announce(one.name, f"swapping:{change.path}")
            on_disk.swap(change)
        announce(one.name, "swapped")
        components = components_of(change.path for change in changes)
        for component in components:
            announce(one.name, f"reloading:{component.name}")
            component.reload()
        for component in components:
            component.judge()
        announce(one.name, "judged")
    except (OSError, Trouble) as error:
        put_back(one, str(error))
        return
    one.move(State.TRIAL)
    announce(one.name, "trial")
    if one.read("armed")["deadline"] is None:
        keep(one)


def keep(one: Transaction) -> None:
    """Keep what is on trial: one rename decides, the rest is clearing away.

    :raises NotOpen: it is not on trial
    """
    if one.state() is not State.KEPT:
        if one.state() is not State.TRIAL:
            raise NotOpen(f"{one.name} is not on trial")
        announce(one.name, "confirming")
        one.move(State.KEPT)
        announce(one.name, "kept")
    settle(one)


def put_back(one: Transaction, why: str, *, reload: bool = True) -> None:
    """Put the old files in their places and let the components take them in."""
    one.say_why(why)
    if one.state() is State.ARMED:
        _end_reverted(one, why)
        return
    if one.state() is not State.UNDOING:
        one.move(State.UNDOING)
    announce(one.name, "undoing")
    changes = changes_of(one)
    for change in changes:
        on_disk.put_old_back(change)
        announce(one.name, f"restored:{change.path}")
    if reload:
        troubles = _restore_components(one, changes)
        if troubles:
            one.say_why("; ".join([why, *troubles]))
    announce(one.name, "restored")
    one.move(State.REVERTED)
    announce(one.name, "reverted")
    settle(one)


def _restore_components(one: Transaction, changes: list[on_disk.Change]) -> list[str]:
    remembered = one.read("armed")["remembered"]
    troubles = []
    for component in components_of(change.path for change in changes):
        announce(one.name, f"restoring:{component.name}")
        for attempt in range(1, TRIES + 1):
            try:
                component.restore(remembered[component.name])
            except (OSError, Trouble) as error:
                if attempt == TRIES:
                    troubles.append(f"while undoing: {error}")
                time.sleep(0.5)
            else:
                break
    return troubles


def _end_reverted(one: Transaction, why: str) -> None:
    """End a transaction that has swapped nothing."""
    one.say_why(why)
    one.move(State.REVERTED)
    announce(one.name, "reverted")
    settle(one)


def settle(one: Transaction) -> None:
    """Clear away what a finished transaction leaves; its plan goes last, so this can be done again."""
    if one.is_settled:
        return
    if one.state() is State.KEPT and one.file("manifest.json").exists():
        os.replace(one.file("manifest.json"), MANIFEST)
        disk.sync_directory(STATE)
    made = one.read("plan")["made"] if one.state() is State.REVERTED else []
    on_disk.clear_away(changes_of(one), made)
    for name in ("armed.json", "manifest.json", "plan.json"):
        disk.remove(one.file(name))
    disk.sync_directory(one.directory)
    forget_the_oldest()


def tidy() -> None:
    """Finish what somebody who was killed has left: half-staged candidates, and ends that are not cleared away."""
    for one in transactions():
        state = one.state()
        if state in FINISHED:
            settle(one)
        elif state in (None, State.STAGING):
            unstage(one)


def boot() -> list[str]:
    """Put the old files back before anything reads them; return what was undone. Nothing is reloaded."""
    undone = []
    with disk.locked(LOCK):
        for one in transactions():
            if one.state() in OPEN:
                put_back(one, "the router was started again before it was confirmed", reload=False)
                undone.append(one.name)
        tidy()
    return undone
