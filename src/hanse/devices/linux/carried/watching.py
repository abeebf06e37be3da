"""`router.pyz health`: asks services whether they are well, and has their addresses on the router while they are.

SIGTERM withdraws all. SIGHUP takes a new file in: what it says of a service as before goes on undisturbed. A start
after whatever end goes on where the last one stopped, so that nothing flaps.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

from . import disk, service_addresses
from .places import RUN
from .service_questions import is_well
from .troubles import Failed
from .watched_services import Place, Rule, Standing, after, fingerprint, rules_of

FILE: Final = Path("/etc/hanse/health.conf")
LOCK: Final = RUN / "health.lock"  # held while the program runs; its number is in it
STANDINGS: Final = RUN / "health.json"
SEEN_TO_EVERY: Final = 10.0  # seconds after which addresses that somebody took away are put back
SOONER: Final = 0.25  # of the interval, after a bad answer of a service that is told


def clock() -> float:
    """Return the seconds since boot."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Watch:
    """All services of a router: how each stands, on disk and as addresses."""

    def __init__(self, rules: list[Rule], read: str, standings: dict[str, Standing]) -> None:
        self.rules = rules
        self.read = read
        self.standings = {rule.name: standings.get(rule.name, Standing()) for rule in rules}
        self.lock = threading.Lock()
        self.over = False

    def told(self) -> list[Rule]:
        """Return the services that are told now."""
        return [rule for rule in self.rules if self.standings[rule.name].place is Place.TOLD]

    def settle(self) -> None:
        """Make addresses and disk agree with the standings; what fails is tried again later."""
        with self.lock:
            if self.over:
                return
            try:
                service_addresses.have(address for rule in self.told() for address in rule.addresses)
            except Failed as failed:
                print(failed, file=sys.stderr, flush=True)
            self._keep()

    def hear(self, rule: Rule, *, well: bool) -> None:
        """Take an answer in."""
        before = self.standings[rule.name]
        now = after(before, rule, well, clock())
        self.standings[rule.name] = now
        if now.place is not before.place:
            print(f"{rule.name}: {now.place.value}", file=sys.stderr, flush=True)
            self.settle()

    def _keep(self) -> None:
        told = {address: rule.speaker for rule in self.told() for address in rule.addresses}
        services = {name: [one.place.value, *one[1:]] for name, one in self.standings.items()}
        disk.write_whole(STANDINGS, json.dumps({"read": self.read, "told": told, "services": services}))

    def end(self) -> None:
        """Withdraw all."""
        with self.lock:
            self.over = True
            service_addresses.remove()
            disk.remove(STANDINGS)


def remembered() -> dict[str, Any]:
    """Return what the last run has left: what it read, what is told, how services stand; empty: nothing."""
    try:
        found: dict[str, Any] = json.loads(disk.read_text(STANDINGS))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def standings_of(left: dict[str, Any]) -> dict[str, Standing]:
    """Return how services stood."""
    return {name: Standing(Place(place), *rest) for name, (place, *rest) in left.get("services", {}).items()}


def pid() -> int | None:
    """Return the number of the running program."""
    if not disk.is_locked(LOCK):
        return None
    try:
        return int(disk.read_text(LOCK))
    except ValueError:
        return None


def follow(watch: Watch, rule: Rule) -> None:
    """Ask one service for ever."""
    while not watch.over:
        began = time.monotonic()
        well = is_well(rule)
        watch.hear(rule, well=well)
        is_falling = not well and watch.standings[rule.name].place is Place.TOLD
        time.sleep(max(0.0, began + until_next(rule, is_falling=is_falling) - time.monotonic()))


def until_next(rule: Rule, *, is_falling: bool) -> float:
    """Return the seconds from one question to the next."""
    return rule.interval * (SOONER if is_falling else 1.0)


def _is_alone() -> bool:
    """Take the lock for our life and say who we are; False: somebody else has it."""
    held = disk.take_lock(LOCK, wait=False)
    if held is None:
        return False
    os.ftruncate(held, 0)
    os.write(held, str(os.getpid()).encode("ascii"))
    return True


def _die(told: threading.ExceptHookArgs) -> None:
    """End at once when a thread fails, with all addresses in their places: whoever starts us next goes on."""
    sys.excepthook(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
    os._exit(1)


def run_health() -> int:
    """Watch all services until a signal ends it."""
    if not _is_alone():
        return 0
    text = disk.read_text(FILE) if FILE.exists() else ""
    watch = Watch(rules_of(text), fingerprint(text), standings_of(remembered()))
    signal.signal(signal.SIGTERM, _withdraw(watch))
    signal.signal(signal.SIGHUP, _begin_anew)
    threading.excepthook = _die
    for rule in watch.rules:
        threading.Thread(target=follow, args=(watch, rule), daemon=True).start()
    while True:
        watch.settle()
        time.sleep(SEEN_TO_EVERY)


def _withdraw(watch: Watch) -> Callable[[int, FrameType | None], None]:
    def end() -> None:
        watch.end()
        os._exit(0)

    def hear(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=end).start()  # the lock may be ours at this moment

    return hear


def _begin_anew(_signal: int, _frame: FrameType | None) -> None:
    """Become the program as it is now, in the same process: the lock is ours, and the standings are on disk."""
    os.execv(sys.executable, [sys.executable, "-I", os.path.abspath(sys.argv[0]), "health"])
