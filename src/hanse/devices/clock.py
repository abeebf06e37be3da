"""The time, as the rooms that work with devices see it: tests put their own in its place."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Two times and a pause. `now` is for people, `monotonic` for waiting: it never jumps."""

    def now(self) -> datetime:
        """Return the date and time, with its zone."""

    def monotonic(self) -> float:
        """Return seconds since some moment."""

    def sleep(self, pause: timedelta) -> None:
        """Return after `pause`."""


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, pause: timedelta) -> None:
        time.sleep(max(0.0, pause.total_seconds()))
