"""The health of services: /etc/hanse/health.conf. Our own program watches them; see watching.py."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, Final

from . import disk, service_addresses
from .component import Candidate, Component, Finding
from .places import RUN, STABLE_PROGRAM, SYSTEMD
from .tools import run
from .troubles import Failed
from .watched_services import Unreadable, fingerprint, rules_of
from .watching import FILE, LOCK, STANDINGS, pid, remembered

UNIT: Final = Path("/etc/systemd/system/hanse-health.service")
TEXT: Final = """\
[Unit]
Description=Tell others of services while they are well (Hanse)
After=network.target
ConditionPathExists=/etc/hanse/health.conf

[Service]
ExecStart=/usr/bin/python3 -I /var/lib/hanse/router.pyz health
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
"""
LOG: Final = RUN / "health.log"  # where no systemd keeps one
READY_AFTER: Final = 30.0  # seconds: a small router takes its time


def owns(path: str) -> bool:
    """Say whether the file is ours."""
    return path == str(FILE)


def check(candidates: list[Candidate]) -> list[Finding]:
    """Read the file as the program will."""
    found = []
    for candidate in candidates:
        try:
            rules_of(candidate.text)
        except Unreadable as unreadable:
            found.append(Finding(candidate.path, unreadable.line, str(unreadable)))
    return found


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether the program runs."""
    return {"ran": pid() is not None}


def reload() -> None:
    """Let the program take the file in, or start it; without a file it is stopped, and nobody is told of anything."""
    if not FILE.exists():
        stop()
        return
    running = pid()
    if running is not None:
        os.kill(running, signal.SIGHUP)
    else:
        start()
    judge()


def start() -> None:
    """Start the program, by systemd where that runs. It outlives us and carries no mark of ours."""
    if SYSTEMD.is_dir():
        _install_unit()
        code, said = run("systemctl", "start", UNIT.name)
    else:
        program = STABLE_PROGRAM if STABLE_PROGRAM.exists() else Path(sys.argv[0]).absolute()
        words = ("setsid", "--fork", "sh", "-c", f'exec "$0" "$@" </dev/null >>{LOG} 2>&1')
        environment = {"PATH": os.environ["PATH"]}
        code, said = run(*words, sys.executable, "-I", str(program), "health", env=environment)
    if code:
        raise Failed(f"the health of services: {said.strip()}")


def _install_unit() -> None:
    disk.write_whole(UNIT, TEXT, 0o644)
    run("systemctl", "daemon-reload")
    run("systemctl", "enable", UNIT.name)


def _remove_unit() -> None:
    run("systemctl", "disable", UNIT.name)
    disk.remove(UNIT)
    run("systemctl", "daemon-reload")


def prepare() -> None:
    """Let the unit be there if the file is: a power cut may have come between. It begins when the machine is ready."""
    if not SYSTEMD.is_dir() or FILE.exists() == UNIT.exists():
        return
    if FILE.exists():
        _install_unit()
        run("systemctl", "start", "--no-block", UNIT.name)
    else:
        _remove_unit()


def stop() -> None:
    """Stop the program and wait until it is gone; whatever it left is taken away."""
    if SYSTEMD.is_dir() and UNIT.exists():
        run("systemctl", "stop", UNIT.name)
        _remove_unit()
    _end(signal.SIGTERM)
    _end(signal.SIGKILL)
    service_addresses.remove()
    for left in (STANDINGS, LOG, LOCK):
        disk.remove(left)


def _end(with_signal: signal.Signals) -> None:
    running = pid()
    if running is None:
        return
    os.kill(running, with_signal)
    ends = time.monotonic() + READY_AFTER / 2
    while pid() == running and time.monotonic() < ends:
        time.sleep(0.05)


def judge() -> None:
    """Wait until the program has taken the file in.

    :raises Failed: it does not
    """
    if not FILE.exists():
        return
    wanted = fingerprint(disk.read_text(FILE))
    ends = time.monotonic() + READY_AFTER
    while pid() is None or remembered().get("read") != wanted:
        if time.monotonic() > ends:
            said = disk.read_text(LOG).strip().splitlines()[-1:] if LOG.exists() else []
            raise Failed(f"the health of services is not watched: {' '.join(said)}")
        time.sleep(0.05)


def restore(remembered_then: dict[str, Any]) -> None:
    """Take the old file in again, or stop the program if it did not run before."""
    if remembered_then["ran"]:
        reload()
    else:
        stop()


HEALTH: Final = Component("health", owns, check, remember, reload, judge, restore)
