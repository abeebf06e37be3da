"""Where the rows lie: SQLite in the data folder, or PostgreSQL."""

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

# Each thread keeps its connection, and asks whether it still lives before it is used again. That is what a pool would
# do for a fixed set of threads, without the pool's limit that a rollout over many routers would run into.
KEEP: Final = 600  # seconds


def database_of(written: str, data: Path) -> dict[str, Any]:
    """Return Django's description of the database that HANSE_DATABASE names."""
    return _postgresql(written) if written else _sqlite(data)


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "hanse.store.sqlite",
        "NAME": data / "hanse.sqlite3",
        "CONN_MAX_AGE": None,  # a file does not go away
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        # A file, not memory, for tests open it from many threads; one a process, for two may run at once.
        "TEST": {"NAME": data / f"test-{os.getpid()}.sqlite3"},
    }


def _postgresql(written: str) -> dict[str, Any]:
    parts = urlsplit(written)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEEP,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "application_name": "hanse", **options},
    }
