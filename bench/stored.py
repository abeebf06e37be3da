"""A real store for `bench/poll.py --store stored:fresh`: SQLite in a folder of its own, gone afterwards."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from hanse.monitor.look import Look, Unanswered

WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Counted:
    """Stores looks as `hanse poll` does, and counts the statements that carry data."""

    def __init__(self, sightings: Any, connection: Any) -> None:
        self._sightings = sightings
        self._connection = connection
        self._count = 0
        connection.execute_wrappers.append(self._counting)

    def _counting(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._count += sql.lstrip().startswith(WORDS)
        return execute(sql, params, many, context)

    def note(self, look: Look | Unanswered) -> None:
        """Store `look`."""
        self._sightings.put_down(look)

    def queries(self) -> int:
        """Return how many statements that took so far."""
        return self._count


def fresh(_nodes: Sequence[str]) -> Counted:
    """Return an empty store."""
    folder = tempfile.mkdtemp(prefix="hanse-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HANSE_DATA"] = folder
    import_module("hanse.cli.opened").open_store()
    return Counted(import_module("hanse.store.sightings"), import_module("django.db").connection)
