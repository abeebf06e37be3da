"""The guard undoes what nobody confirms. There are two, so that killing either changes nothing.

The first holds the lock `guard`; the spare waits for that lock, which the kernel frees when the first dies, and then
starts a new spare. The worker holds `worker` while it lives, and whoever launches it holds `launch` until it does.
"""

from __future__ import annotations

import os
import time
from typing import Final

from . import disk
from .daemons import wait_until
from .detached import end_marked, start_detached
from .fault import announce
from .installing import boot_id, boot_time, install, put_back, settle
from .places import LOCK
from .states import FINISHED, OPEN, State
from .transaction import Transaction

LOOKS_EVERY: Final = 0.1  # seconds
READY_AFTER: Final = 30.0  # seconds for a process of ours to be there: a small router takes its time
SPARE_WITHIN: Final = 10.0  # seconds for a spare to be there before another one is started


def launch(one: Transaction) -> None:
    """Start guard and worker of an armed transaction; returns when the worker is at work. Hold the lock `launch`.

    :raises Failed: one of them does not come; the guard, if it is there, undoes
    """
    start_guard(one)
    announce(one.name, "guarded")
    start_detached("work", one.name)
    _wait_for(one, "worker", "the worker")


def start_guard(one: Transaction) -> None:
    """Start a guard and its spare if there is none, and wait until both are there."""
    if not disk.is_locked(one.file("guard")):
        start_detached("guard", one.name)
    _wait_for(one, "guard", "the guard")
    _wait_for(one, "spare", "the spare guard")


def is_guarded(one: Transaction) -> bool:
    """Say whether a guard is alive."""
    return disk.is_locked(one.file("guard"))


def _wait_for(one: Transaction, lock: str, who: str) -> None:
    def is_past() -> bool:
        return disk.is_locked(one.file(lock)) or one.state() not in (State.ARMED, State.UNDOING)

    wait_until(is_past, f"{who} did not start", within=READY_AFTER)


def work(name: str) -> None:
    """Be the worker."""
    one = Transaction(name)
    with disk.locked(one.file("worker")), disk.locked(LOCK):
        announce(name, "working")
        install(one)


def guard(name: str) -> None:
    """Be a guard: wait as the spare, then watch as the first."""
    one = Transaction(name)
    if one.state() not in OPEN:
        return
    spare = disk.take_lock(one.file("spare"), wait=False)
    if spare is None:
        return
    try:
        disk.take_lock(one.file("guard"), wait=True)
    finally:
        os.close(spare)
    watch(one)


def watch(one: Transaction) -> None:
    """Look until the transaction is finished, and finish it when it is due."""
    again = 0.0  # when another spare is started, if none is there
    while one.state() in OPEN:
        if disk.is_locked(one.file("spare")):
            again = 0.0
        elif time.monotonic() > again:
            again = time.monotonic() + SPARE_WITHIN
            start_detached("guard", one.name)
        try:
            why = reason_to_undo(one)
            if why:
                finish(one, why)
        except OSError as error:
            announce(one.name, f"guard-stumbles:{error}")  # and looks again: nobody else would
        time.sleep(LOOKS_EVERY)
    with disk.locked(LOCK):
        if one.state() in FINISHED:
            settle(one)


def reason_to_undo(one: Transaction) -> str:
    """Return why the transaction must be undone now; empty if it need not."""
    state = one.state()
    armed = one.read("armed")
    if state not in OPEN or not armed:
        return ""
    if armed["boot"] != boot_id():
        return "the router was started again before it was confirmed"
    if armed["deadline"] is not None and boot_time() >= armed["deadline"]:
        return "it was not confirmed in time"
    # In this order: whoever launches lets go only when the worker holds its lock, or will never.
    alone = not disk.is_locked(one.file("launch")) and not disk.is_locked(one.file("worker"))
    if alone and state is not State.TRIAL and not disk.is_locked(LOCK):
        return "the installing program died"
    return ""


def finish(one: Transaction, why: str) -> None:
    """End the worker if it lives, and undo, unless somebody else has finished meanwhile."""
    end_marked(one.name)
    announce(one.name, "guard-undoes")
    with disk.locked(LOCK):
        state = one.state()
        if state not in OPEN:
            return
        still = reason_to_undo_locked(one)
        if state is not State.TRIAL or still:
            put_back(one, one.why() or why if state is State.UNDOING else why)


def reason_to_undo_locked(one: Transaction) -> bool:
    """Say whether a transaction on trial is due; asked again when nobody else can move it."""
    armed = one.read("armed")
    late = armed["deadline"] is not None and boot_time() >= float(armed["deadline"])
    return late or str(armed["boot"]) != boot_id()
