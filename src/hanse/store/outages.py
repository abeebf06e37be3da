"""Writing through a short outage of the database: PostgreSQL restarts, a file is locked."""

import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

OUTAGES: Final = (InterfaceError, OperationalError)
PAUSE: Final = 0.5  # seconds between two attempts
LONGEST: Final = 120.0  # seconds; a restart of PostgreSQL with recovery takes a few
LOG: Final = logging.getLogger(__name__)

T = TypeVar("T")


def through_outage(write: Callable[[], T], *, longest: float = LONGEST) -> T:
    """Do what must not be forgotten, again until the database answers. `write` has to be safe to repeat.

    Inside a transaction it is tried once: that has to be begun anew as a whole.
    """
    until = time.monotonic() + longest
    while True:
        try:
            return write()
        except OUTAGES:
            if connection.in_atomic_block or time.monotonic() >= until:
                raise
            LOG.warning("the database does not answer; trying again")
            connection.close()
            time.sleep(PAUSE)
