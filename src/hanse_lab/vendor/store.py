"""What a router keeps: the running configuration, what was saved, and one commit on trial with its timer.

The timer is the server's own: it runs out whether anybody is connected or not.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

C = TypeVar("C")


class NoTrial(Exception):
    """Nothing is on trial, or another commit is."""


@dataclass(slots=True, kw_only=True)
class Trial(Generic[C]):
    """A commit that is undone unless somebody confirms it."""

    name: str
    before: C
    began: float  # monotonic seconds
    lasts: float  # seconds
    timer: threading.Timer

    @property
    def ends(self) -> float:
        """Return when it is undone, in monotonic seconds."""
        return self.began + self.lasts


@dataclass(slots=True)
class Store(Generic[C]):
    """One router's configurations. `put_in_force` gives one to the routing daemon, or raises."""

    running: C
    put_in_force: Callable[[C], None]
    began: float = field(default_factory=time.monotonic)
    saved: C = field(init=False)
    trial: Trial[C] | None = None
    revision: int = 1
    installed_at: float = field(default_factory=time.time)
    past: list[C] = field(default_factory=list)  # the latest last
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.saved = self.running

    def install(self, new: C) -> None:
        """Put `new` in force; what ran before comes back if the daemon refuses it."""
        with self.lock:
            before = self.running
            try:
                self.put_in_force(new)
            except Exception:
                self.put_in_force(before)
                raise
            self.running = new
            self.past.append(before)
            self.revision += 1
            self.installed_at = time.time()

    def try_out(self, name: str, undo_after: float) -> None:
        """From here on, all that is installed goes back to what runs now after so many seconds."""
        with self.lock:
            timer = threading.Timer(undo_after, self._ran_out, [name])
            timer.daemon = True
            before = self.running
            self.trial = Trial(name=name, before=before, began=time.monotonic(), lasts=undo_after, timer=timer)
            timer.start()

    def confirm(self) -> None:
        """Keep what is on trial.

        :raises NoTrial:
        """
        with self.lock:
            self._trial().timer.cancel()
            self.trial = None

    def revert(self) -> None:
        """Put back what ran before the trial.

        :raises NoTrial:
        """
        with self.lock:
            trial = self._trial()
            trial.timer.cancel()
            self.trial = None
            self.install(trial.before)

    def keep(self) -> None:
        """Keep the running configuration over a restart."""
        with self.lock:
            self.saved = self.running

    def close(self) -> None:
        """Stop the timer."""
        with self.lock:
            if self.trial:
                self.trial.timer.cancel()

    def _trial(self) -> Trial[C]:
        if self.trial is None:
            raise NoTrial
        return self.trial

    def _ran_out(self, name: str) -> None:
        with self.lock:
            if self.trial and self.trial.name == name and time.monotonic() >= self.trial.ends:
                self.revert()
