"""Start our own program so that nothing that happens to the SSH session, or to us, takes it along."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

from .places import SYSTEMD
from .tools import run
from .troubles import Failed

MARK: Final = "HANSE_WORKER"  # carried by the worker and all it starts, so that they can be found and ended


def start_detached(command: str, name: str) -> None:
    """Run `command` for the transaction `name` in a session of its own; under systemd in a cgroup of its own."""
    program = [sys.executable, "-I", os.path.abspath(sys.argv[0]), command, name]
    env = {key: value for key, value in os.environ.items() if key != MARK}
    if command == "work":
        env[MARK] = name
    if SYSTEMD.is_dir():
        mark = [f"--setenv={MARK}={name}"] if command == "work" else []
        words = ["systemd-run", "--quiet", "--collect", "--working-directory=/", *mark, *program]
    else:
        # The shell sends its channels away first: a pipe to the SSH session would keep that open.
        words = ["setsid", "--fork", "sh", "-c", 'exec "$0" "$@" </dev/null >/dev/null 2>&1', *program]
    code, said = run(*words, env=env)
    if code:
        raise Failed(f"{command} could not be started: {said.strip()}")


def end_marked(name: str) -> None:
    """Kill the worker of `name` and all that it has started."""
    mark = f"{MARK}={name}".encode()
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it ended by itself
