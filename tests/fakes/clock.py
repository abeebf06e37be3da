"""A clock that stands still until somebody sleeps; those who live by it are told how much time passed."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Hand-written stand-in for `hanse.devices.clock.Clock`."""

    def __init__(self, *told: Callable[[timedelta], None]) -> None:
        self.told = list(told)
        self.passed = timedelta(0)
        self.began = datetime(2026, 1, 1, tzinfo=UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self.began + self.passed

    def monotonic(self) -> float:
        return self.passed.total_seconds()

    def sleep(self, pause: timedelta) -> None:
        with self._lock:
            self.passed += pause
            for tell in self.told:
                tell(pause)
