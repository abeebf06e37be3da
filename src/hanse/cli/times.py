"""Times as people read them."""

from datetime import datetime, timedelta


def age(moment: datetime | None, now: datetime) -> str:
    """Return how long ago `moment` was.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    >>> age(noon, noon + timedelta(hours=26, minutes=3))
    '1 d 2 h'
    >>> age(None, noon)
    'never'
    """
    if moment is None:
        return "never"
    seconds = max(0, round((now - moment) / timedelta(seconds=1)))
    for size, unit, smaller, name in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if seconds >= size:
            rest = seconds % size // smaller
            return f"{seconds // size} {unit}" + (f" {rest} {name}" if rest else "")
    return f"{seconds} s"


def clock_time(moment: datetime | None) -> str:
    """Return a moment in this machine's time zone, to the second; nothing if it is not known."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}" if moment else ""
