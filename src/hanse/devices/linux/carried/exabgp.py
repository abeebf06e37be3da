"""ExaBGP: /etc/exabgp. It takes a new file in as it runs; the list of services it takes in by itself."""

from __future__ import annotations

import hashlib
import signal
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import Daemon, is_active, launch, send
from .places import RUN, SYSTEMD
from .tools import Ran, run
from .troubles import Failed

FILE: Final = Path("/etc/exabgp/exabgp.conf")
TELLER: Final = Path("/etc/exabgp/services.py")
PID_FILE: Final = RUN / "exabgp.pid"  # where no systemd starts it
STARTED: Final = RUN / "exabgp.started"  # with which files it runs
LOG: Final = RUN / "exabgp.log"
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
    return is_active("exabgp", PID_FILE)


def start() -> None:
    """Start ExaBGP anew."""
    disk.remove(STARTED)  # whoever goes on when we are killed here cannot know with what it runs
    DAEMON.start(_launch)
    disk.write_whole(STARTED, " ".join(_prints()))


def _launch() -> Ran:
    stop()
    return launch("exabgp", str(FILE), pid_file=PID_FILE, log=LOG, env=SETTINGS)


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
        send(signal.SIGUSR1, PID_FILE, "exabgp")
    disk.write_whole(STARTED, " ".join(_prints()))


def stop() -> None:
    """Stop ExaBGP and wait until it is gone: the routing daemon forgets what it told."""
    DAEMON.stop(lambda: send(signal.SIGTERM, PID_FILE, "exabgp"))
    for left in (PID_FILE, STARTED, LOG):
        disk.remove(left)


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


DAEMON: Final = Daemon("exabgp", "exabgp", is_running)
EXABGP: Final = Component("exabgp", owns, check, remember, reload, judge, restore)
