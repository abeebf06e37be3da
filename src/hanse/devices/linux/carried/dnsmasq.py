"""dnsmasq: what hosts of access segments are told. It takes a new file in only when it starts again; leases stay."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any, Final

from .component import Candidate, Component, Finding
from .daemons import Daemon, is_active, send
from .places import SEARCH
from .tools import Ran, run
from .troubles import Failed

FILE: Final = Path("/etc/dnsmasq.d/hanse.conf")
PID_FILE: Final = Path("/run/dnsmasq/hanse.pid")  # where no systemd starts it
SAID: Final = re.compile(r"^dnsmasq: (?P<said>.*?) at line (?P<line>\d+) of (?P<path>\S+)$", re.MULTILINE)


def owns(path: str) -> bool:
    """Say whether the file is dnsmasq's."""
    return path == str(FILE)


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let dnsmasq read the file without starting."""
    return [
        finding
        for candidate in candidates
        for finding in findings(candidate, run("dnsmasq", "--test", f"--conf-file={candidate.staged}"))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what dnsmasq says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    if code == 127:
        return [Finding(candidate.path, 0, "there is no dnsmasq here: apt-get install dnsmasq")]
    named = [Finding(candidate.path, int(one["line"]), one["said"]) for one in SAID.finditer(said)]
    return named or [Finding(candidate.path, 0, said.strip() or f"dnsmasq exits {code}")]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether dnsmasq runs."""
    return {"ran": is_running()}


def is_running() -> bool:
    """Say whether the dnsmasq that is ours runs."""
    return is_active("dnsmasq", PID_FILE)


def start() -> None:
    """Start dnsmasq anew and wait until it is there."""
    DAEMON.start(_launch)


def _launch() -> Ran:
    stop()
    PID_FILE.parent.mkdir(exist_ok=True)
    return run("dnsmasq", f"--conf-file={FILE}", f"--pid-file={PID_FILE}", env={"PATH": SEARCH})


def stop() -> None:
    """Stop dnsmasq and wait until it is gone."""
    DAEMON.stop(lambda: send(signal.SIGTERM, PID_FILE, "dnsmasq"))


def reload() -> None:
    """Let dnsmasq take its file in. Without a file it is stopped."""
    if FILE.exists():
        start()
    else:
        stop()


def judge() -> None:
    """See whether dnsmasq still runs: it ends by itself where an address or an interface is wrong."""
    if FILE.exists() and not is_running():
        raise Failed("dnsmasq does not run")


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again, or stop dnsmasq if it did not run before."""
    if remembered["ran"] and FILE.exists():
        start()
    else:
        stop()


DAEMON: Final = Daemon("dnsmasq", "dnsmasq", is_running)
DNSMASQ: Final = Component("dnsmasq", owns, check, remember, reload, judge, restore)
