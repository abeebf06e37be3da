"""BIRD's times: local to the router, in one of the forms of its `timeformat`."""

import re
from datetime import datetime, timedelta
from typing import Final

from hanse.devices.linux.facts.fact import NotUnderstood

NOW: Final = "date '+%Y-%m-%dT%H:%M:%S%z'"  # asked beside each question, for the offset and for times without a day

# All forms of https://bird.network.cz/?get_doc&v=20&f=bird-3.html#opt-timeformat
TIME: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4})(?: (?P<clock>\d\d:\d\d(?::\d\d)?(?:\.\d+)?))?"
    r"|(?P<alone>\d\d:\d\d(?::\d\d)?(?:\.\d+)?)"
)


def read_now(line: str) -> datetime:
    """Return the router's own time.

    :raises NotUnderstood:
    """
    try:
        return datetime.strptime(line.strip(), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError as error:
        raise NotUnderstood(f"date: {line!r}") from error


def read_time(text: str, now: datetime) -> datetime | None:
    """Return the moment that `text` names, None if it names none.

    A clock without a day is of the last 24 hours; a day without a clock is its midnight.

    >>> read_time("2026-02-03 04:05:06.789", read_now("2026-02-03T05:00:00+0100")).isoformat()
    '2026-02-03T04:05:06.789000+01:00'
    """
    found = TIME.fullmatch(text.strip())
    if found is None:
        return None
    clock = _clock(found["alone"] or found["clock"] or "00:00")
    if found["alone"]:
        moment = _midnight(now) + clock
        return moment if moment <= now + timedelta(seconds=1) else moment - timedelta(days=1)
    form = "%Y-%m-%d" if found["day"][4] == "-" else "%d-%m-%Y"
    return datetime.strptime(found["day"], form).replace(tzinfo=now.tzinfo) + clock


def _clock(text: str) -> timedelta:
    hours, minutes, *seconds = text.split(":")
    whole, _, fraction = (seconds or ["0"])[0].partition(".")
    return timedelta(
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(whole),
        microseconds=int(fraction[:6].ljust(6, "0")),
    )


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
