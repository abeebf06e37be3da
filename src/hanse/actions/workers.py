"""Which process drives something, and whether it still lives."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

SILENCE: Final = timedelta(seconds=60)  # without a heartbeat; devices are asked with a time limit of 30 s


def me() -> str:
    """Return this process as host:pid:start; the start tells a later process with the same number apart."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def is_gone(worker: str, heartbeat_at: datetime, now: datetime) -> bool:
    """Say whether the process is gone: looked up on this host, on another by its silence. Nobody is gone, too."""
    if not worker:
        return True
    host, pid, start = worker.rsplit(":", 2)
    if host != socket.gethostname():
        return now - heartbeat_at > SILENCE
    return _started(int(pid)) != start


def _started(pid: int) -> str:
    """Return when a process began, in ticks since boot; empty if there is none (proc(5), field 22)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    state, *others = stat.rpartition(")")[2].split()
    return "" if state == "Z" else others[18]
