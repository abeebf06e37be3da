"""A real store for `bench/poll.py --store stored:fresh`: SQLite in a folder of its own, gone afterwards."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from hanse.devices.clock import SystemClock
from hanse.monitor.look import Look, Unanswered
from hanse.network.wanted.files import network_from

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


def fresh(nodes: Sequence[str]) -> Counted:
    """Return a store in which nothing was seen yet, and these routers are wanted."""
    folder = tempfile.mkdtemp(prefix="hanse-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HANSE_DATA"] = folder
    import_module("hanse.cli.opened").open_store()
    _want(nodes)
    return Counted(import_module("hanse.store.sightings"), import_module("django.db").connection)


def _want(nodes: Sequence[str]) -> None:
    wanted = network_from(
        {
            "network": {"name": "bench", "asn": 64500},
            "sites": {"bench": {}},
            "platforms": {"fake": {"driver": "fake"}},
            "pools": {
                "loopbacks4": {"prefix": "10.0.0.0/20", "use": "loopback"},
                "loopbacks6": {"prefix": "fd00:500::/64", "use": "loopback"},
            },
            "nodes": {
                node: {
                    "number": number,
                    "site": "bench",
                    "platform": "fake",
                    "management": {"address": f"198.18.{number // 250}.{number % 250 + 1}/16"},
                }
                for number, node in enumerate(nodes, 1)
            },
        }
    )
    author = import_module("hanse.store.audit").Author(who="bench", door="cli")
    import_module("hanse.actions.wanted").import_network(network=wanted, author=author, clock=SystemClock())
