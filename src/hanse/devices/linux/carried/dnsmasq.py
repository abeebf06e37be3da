"""dnsmasq: what hosts of access segments are told. It takes a new file in only when it starts again; leases stay."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .places import SYSTEMD
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/dnsmasq.d/hanse.conf")
PID_FILE: Final = Path("/run/dnsmasq/hanse.pid")  # where no systemd starts it
SAID: Final = re.compile(r"^dnsmasq: (?P<said>.*?) at line (?P<line>\d+) of (?P<path>\S+)$", re.MULTILINE)
ANSWERS_AFTER: Final = 30.0  # seconds: a small router takes its time


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
    if SYSTEMD.is_dir():
        return run("systemctl", "is-active", "--quiet", "dnsmasq").code == 0
    return _pid() is not None


def _pid() -> int | None:
    try:
        pid = int(disk.read_text(PID_FILE))
        called = disk.read_text(Path(f"/proc/{pid}/comm")).strip()
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if called == "dnsmasq" else None


def start() -> None:
    """Start dnsmasq anew and wait until it is there. It outlives us and carries no mark of ours."""
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", "dnsmasq")
    else:
        stop()
        PID_FILE.parent.mkdir(exist_ok=True)
        words = ("dnsmasq", f"--conf-file={FILE}", f"--pid-file={PID_FILE}")
        code, said = run(*words, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    if code:
        raise Failed(f"dnsmasq: {said.strip()}")
    _wait_until(running=True)


def stop() -> None:
    """Stop dnsmasq and wait until it is gone."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "dnsmasq")
    else:
        pid = _pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
    _wait_until(running=False)


def _wait_until(*, running: bool) -> None:
    ends = time.monotonic() + ANSWERS_AFTER
    while is_running() != running:
        if time.monotonic() > ends:
            raise Failed("dnsmasq does not start" if running else "dnsmasq does not stop")
        time.sleep(0.05)


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


DNSMASQ: Final = Component("dnsmasq", owns, check, remember, reload, judge, restore)
