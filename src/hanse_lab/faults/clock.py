"""A wall clock of a router's own. It stands on the router as Python's `sitecustomize` and imports nothing of the lab.

Namespaces share the kernel's wall clock, so it is moved where the carried program reads it: in its Python. The file
/run/lab-clock holds by how many seconds. Clocks that no jump moves (monotonic, boot time) are left as they are.
libfaketime cannot do this: Python's sleep fails under it.
"""

import datetime as dt
import time

JUMP = "/run/lab-clock"
_time, _time_ns = time.time, time.time_ns
_clock_gettime, _clock_gettime_ns = time.clock_gettime, time.clock_gettime_ns
_Datetime = dt.datetime


def jump() -> int:
    """Return by how many seconds the wall clock is off."""
    try:
        with open(JUMP, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0


class Datetime(_Datetime):
    """A datetime whose `now` jumps."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> "Datetime":
        """Return the moment that the moved clock shows."""
        return cls.fromtimestamp(_time() + jump(), tz)


def install() -> None:
    """Put the moved clock in the place of Python's."""
    time.time = lambda: _time() + jump()
    time.time_ns = lambda: _time_ns() + jump() * 10**9
    time.clock_gettime = lambda clock: _clock_gettime(clock) + (jump() if clock == time.CLOCK_REALTIME else 0)
    time.clock_gettime_ns = lambda clock: (
        _clock_gettime_ns(clock) + (jump() * 10**9 if clock == time.CLOCK_REALTIME else 0)
    )
    dt.datetime = Datetime  # type: ignore[misc]  # replacing it is the point


if __name__ == "sitecustomize":
    install()
