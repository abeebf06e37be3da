"""OpenBGPD: /etc/bgpd.conf. It keeps its sessions when it takes a new file in, but for those that the file changes."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .places import RUN, SYSTEMD
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/bgpd.conf")
SOCKETS: Final = Path("/run/openbgpd")
PID_FILE: Final = RUN / "openbgpd.pid"  # where no systemd starts it
LOG: Final = RUN / "openbgpd.log"
SAID: Final = re.compile(r"^(?P<path>/\S+?):(?P<line>\d+): (?P<said>.*)$")
ANSWERS_AFTER: Final = 30.0  # seconds: a small router takes its time


def owns(path: str) -> bool:
    """Say whether the file is OpenBGPD's."""
    return path == str(FILE)


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let OpenBGPD read the file without starting."""
    return [
        finding
        for candidate in candidates
        for finding in findings(candidate, run("/usr/sbin/bgpd", "-n", "-f", str(candidate.staged)))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what OpenBGPD says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    if code == 127:
        return [Finding(candidate.path, 0, "there is no OpenBGPD here: apt-get install openbgpd")]
    found = [SAID.match(line) for line in said.splitlines()]
    named = [Finding(candidate.path, int(one["line"]), one["said"]) for one in found if one]
    return named or [Finding(candidate.path, 0, said.strip() or f"bgpd exits {code}")]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether OpenBGPD runs."""
    return {"ran": is_running()}


def is_running() -> bool:
    """Say whether OpenBGPD answers."""
    return run("bgpctl", "show", "summary").code == 0


def start() -> None:
    """Start OpenBGPD, by systemd where that runs, and wait until it answers. It carries no mark of ours."""
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", "openbgpd")
    else:
        SOCKETS.mkdir(mode=0o755, exist_ok=True)
        script = f'echo $$ >{PID_FILE}; exec /usr/sbin/bgpd -d -f "$0" </dev/null >>{LOG} 2>&1'
        code, said = run("setsid", "--fork", "sh", "-c", script, str(FILE), env={"PATH": os.environ["PATH"]})
    if code:
        raise Failed(f"bgpd: {said.strip()}")
    _wait_until(running=True)


def stop() -> None:
    """Stop OpenBGPD and wait until it is gone."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "openbgpd")
    elif PID_FILE.exists() and is_running():
        os.kill(int(disk.read_text(PID_FILE)), signal.SIGTERM)
    _wait_until(running=False)
    for left in (PID_FILE, LOG):
        disk.remove(left)


def _wait_until(*, running: bool) -> None:
    ends = time.monotonic() + ANSWERS_AFTER
    while is_running() != running:
        if time.monotonic() > ends:
            raise Failed("bgpd does not answer" if running else "bgpd does not stop")
        time.sleep(0.05)


def reload() -> None:
    """Let OpenBGPD take its file in. Without a file it is stopped."""
    if not FILE.exists():
        stop()
    elif is_running():
        code, said = run("bgpctl", "reload")
        if code:
            raise Failed(f"bgpctl reload: {said.strip()}")
    else:
        start()


def judge() -> None:
    """See whether OpenBGPD answers."""
    if FILE.exists() and not is_running():
        raise Failed("bgpd does not answer")


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again, or stop OpenBGPD if it did not run before."""
    if remembered["ran"]:
        reload()
    else:
        stop()


OPENBGPD: Final = Component("openbgpd", owns, check, remember, reload, judge, restore)
