"""The settings about where rows lie, who works, and where the pages are served."""

import re
from typing import Final

from hanse.conf.setting import Setting, count


def engine(text: str) -> str:
    if text not in {"embedded", "distributed"}:
        raise ValueError("write embedded or distributed")
    return text


def listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("write ADDRESS:PORT, like 127.0.0.1:8000 or [::]:8000")
    return host.strip("[]"), int(port)


def database(text: str) -> str:
    if text and not re.match(r"postgres(ql)?://", text):
        raise ValueError("write postgresql://USER:PASSWORD@HOST/NAME, or nothing for SQLite")
    return text


WORK: Final = (
    Setting(
        name="HANSE_LISTEN",
        read=listen,
        default="127.0.0.1:8000",
        meaning="Address and port at which `hanse run` serves the pages and the API.",
    ),
    Setting(
        name="HANSE_DATABASE",
        read=database,
        default="",
        meaning="PostgreSQL database: `postgresql://USER:PASSWORD@HOST:PORT/NAME`; with `?host=/FOLDER` over its socket"
        " there. Empty: SQLite in HANSE_DATA.",
        secret=True,
    ),
    Setting(
        name="HANSE_ENGINE",
        read=engine,
        default="embedded",
        meaning="What carries jobs to workers: `embedded` (the database, workers on this machine) or `distributed`"
        " (Celery over HANSE_REDIS, workers on any machine; PostgreSQL only).",
    ),
    Setting(
        name="HANSE_REDIS",
        read=str,
        default="redis://127.0.0.1:6379/0",
        meaning="Redis of the distributed engine.",
        secret=True,
    ),
    Setting(
        name="HANSE_JOBS",
        read=count,
        default="4",
        meaning="Jobs that the worker of `hanse run` runs at the same time.",
    ),
)
