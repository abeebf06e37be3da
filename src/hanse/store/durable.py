"""Writing what has to outlast a power failure.

SQLite is told not to wait for the disk at each commit: after a power failure the last moments may be missing, never
half there. What a router was told must not be missing: such a commit waits for the disk, and with it all before it.
"""

from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def durable() -> Generator[None]:
    """Have the transaction inside wait for the disk. Inside another transaction it is that one's word which counts."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _wait_for_disk("FULL")
    try:
        yield
    finally:
        _wait_for_disk("NORMAL")


def _wait_for_disk(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={how}")
