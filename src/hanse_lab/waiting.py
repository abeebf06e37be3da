"""Waiting for something to become true: named, and with an end."""

import time
from collections.abc import Callable
from datetime import timedelta

from hanse_lab.errors import NotInTime


def wait_until(
    what: str, happened: Callable[[], bool], *, within: timedelta, every: timedelta = timedelta(seconds=0.5)
) -> timedelta:
    """Return how long it took until `happened` said so.

    :raises NotInTime: with the words `what`
    """
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > within.total_seconds():
            raise NotInTime(f"not within {within.total_seconds():g} s: {what}")
        time.sleep(every.total_seconds())
    return timedelta(seconds=time.monotonic() - began)
