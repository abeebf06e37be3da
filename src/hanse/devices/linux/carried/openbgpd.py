"""OpenBGPD: /etc/bgpd.conf. It keeps its sessions when it takes a new file in, but for those that the file changes."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import Daemon, launch, send
from .places import RUN
from .tools import Ran, run
from .troubles import Failed

FILE: Final = Path("/etc/bgpd.conf")
SOCKETS: Final = Path("/run/openbgpd")
PID_FILE: Final = RUN / "openbgpd.pid"  # where no systemd starts it
LOG: Final = RUN / "openbgpd.log"
SAID: Final = re.compile(r"^(?P<path>/\S+?):(?P<line>\d+): (?P<said>.*)$")


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
    """Start OpenBGPD and wait until it answers."""
    DAEMON.start(_launch)


def _launch() -> Ran:
    SOCKETS.mkdir(mode=0o755, exist_ok=True)
    return launch("/usr/sbin/bgpd", "-d", "-f", str(FILE), pid_file=PID_FILE, log=LOG)


def stop() -> None:
    """Stop OpenBGPD and wait until it is gone."""
    DAEMON.stop(lambda: send(signal.SIGTERM, PID_FILE, "bgpd"))
    for left in (PID_FILE, LOG):
        disk.remove(left)


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


DAEMON: Final = Daemon("bgpd", "openbgpd", is_running)
OPENBGPD: Final = Component("openbgpd", owns, check, remember, reload, judge, restore)
