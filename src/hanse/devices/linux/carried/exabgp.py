"""ExaBGP: /etc/exabgp. It takes a new file in as it runs; the list of services it takes in by itself."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .places import RUN, SYSTEMD
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/exabgp/exabgp.conf")
TELLER: Final = Path("/etc/exabgp/services.py")
PID_FILE: Final = RUN / "exabgp.pid"  # where no systemd starts it
STARTED: Final = RUN / "exabgp.started"  # with which files it runs
LOG: Final = RUN / "exabgp.log"
READY_AFTER: Final = 30.0  # seconds: a small router takes its time
SETTINGS: Final = {
    "exabgp_daemon_daemonize": "false",
    "exabgp_daemon_user": "root",
    "exabgp_api_cli": "false",
    "exabgp_log_destination": "stderr",
}


def owns(path: str) -> bool:
    """Say whether ExaBGP reads the file."""
    return path.startswith("/etc/exabgp/") and path != "/etc/exabgp/exabgp.env"


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let ExaBGP read its file."""
    return [
        finding
        for candidate in candidates
        if candidate.path == str(FILE)
        for finding in findings(candidate, run("exabgp", "--test", str(candidate.staged)))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what ExaBGP says against a file; it names lines of its own counting, so none is given."""
    code, said = ran
    if code == 0:
        return []
    if code == 127:
        return [Finding(candidate.path, 0, "there is no ExaBGP here: apt-get install exabgp")]
    lines = [line.rpartition("| ")[2].strip() for line in said.splitlines()]
    return [Finding(candidate.path, 0, "; ".join(list(filter(None, lines))[-3:]) or f"exabgp exits {code}")]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether ExaBGP runs."""
    return {"ran": is_running()}


def is_running() -> bool:
    """Say whether the ExaBGP that is ours runs."""
    if SYSTEMD.is_dir():
        return run("systemctl", "is-active", "--quiet", "exabgp").code == 0
    return _pid() is not None


def _pid() -> int | None:
    try:
        pid = int(disk.read_text(PID_FILE))
        called = disk.read_text(Path(f"/proc/{pid}/comm")).strip()
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if called == "exabgp" else None


def start() -> None:
    """Start ExaBGP anew, by systemd where that runs. It outlives us and carries no mark of ours."""
    disk.remove(STARTED)  # whoever goes on when we are killed here cannot know with what it runs
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", "exabgp")
    else:
        stop()
        script = f'echo $$ >{PID_FILE}; exec exabgp "$0" </dev/null >>{LOG} 2>&1'
        code, said = run(
            "setsid", "--fork", "sh", "-c", script, str(FILE), env={"PATH": os.environ["PATH"], **SETTINGS}
        )
    if code:
        raise Failed(f"exabgp: {said.strip()}")
    _wait_until(running=True)
    disk.write_whole(STARTED, " ".join(_prints()))


def _prints() -> list[str]:
    """Return what tells ExaBGP's file, and the program that it starts, from others."""
    texts = (disk.read_text(file) if file.exists() else "" for file in (FILE, TELLER))
    return [hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest() for text in texts]


def take_in() -> None:
    """Let ExaBGP read its file again: sessions stay, unless the file says otherwise of them."""
    disk.remove(STARTED)  # as in `start`
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "reload", "exabgp")
        if code:
            raise Failed(f"exabgp: {said.strip()}")
    else:
        pid = _pid()
        if pid is not None:
            os.kill(pid, signal.SIGUSR1)
    disk.write_whole(STARTED, " ".join(_prints()))


def stop() -> None:
    """Stop ExaBGP and wait until it is gone: the routing daemon forgets what it told."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "exabgp")
    else:
        pid = _pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
    _wait_until(running=False)
    for left in (PID_FILE, STARTED, LOG):
        disk.remove(left)


def _wait_until(*, running: bool) -> None:
    ends = time.monotonic() + READY_AFTER
    while is_running() != running:
        if time.monotonic() > ends:
            raise Failed("exabgp does not start" if running else "exabgp does not stop")
        time.sleep(0.05)


def reload() -> None:
    """Let ExaBGP run with its files: another program makes it begin anew, another file does not."""
    if not FILE.exists():
        stop()
        return
    ran_with = disk.read_text(STARTED).split() if STARTED.exists() else ["", ""]
    now = _prints()
    if not is_running() or ran_with[1] != now[1]:
        start()
    elif ran_with[0] != now[0]:
        take_in()


def judge() -> None:
    """See whether ExaBGP still runs."""
    if FILE.exists() and not is_running():
        said = disk.read_text(LOG).strip().splitlines()[-1:] if LOG.exists() else []
        raise Failed(f"exabgp does not run: {' '.join(said)}")


def restore(remembered: dict[str, Any]) -> None:
    """Run with the old files again, or stop ExaBGP if it did not run before."""
    if remembered["ran"]:
        reload()
    else:
        stop()


EXABGP: Final = Component("exabgp", owns, check, remember, reload, judge, restore)
