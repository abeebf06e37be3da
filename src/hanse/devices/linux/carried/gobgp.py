"""GoBGP: /etc/gobgpd.conf. It keeps its sessions when it takes a new file in, but for those that the file changes."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import Daemon, launch, send, wait_until
from .places import RUN, SYSTEMD
from .tools import Ran, run
from .troubles import Failed

FILE: Final = Path("/etc/gobgpd.conf")
# The unit of Debian's package lets everybody in who can reach the port.
DROP_IN: Final = Path("/etc/systemd/system/gobgpd.service.d/hanse.conf")
OPTIONS: Final = ("--api-hosts=127.0.0.1:50051", "--pprof-disable")
TEXT: Final = f'[Service]\nEnvironment="GOBGPD_OPTIONS={" ".join(OPTIONS)}"\n'
PID_FILE: Final = RUN / "gobgpd.pid"  # where no systemd starts it
LOG: Final = RUN / "gobgpd.log"
SAID: Final = re.compile(r'"[Ee]rror":"(?P<said>(?:[^"\\]|\\.)*)"')
AT_LINE: Final = re.compile(r"\((?P<line>\d+), \d+\)")


def owns(path: str) -> bool:
    """Say whether the file is GoBGP's."""
    return path == str(FILE)


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let GoBGP read the file without starting."""
    return [
        finding
        for candidate in candidates
        for finding in findings(candidate, run("gobgpd", "-d", "-t", "toml", "-f", str(candidate.staged)))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what GoBGP says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    if code == 127:
        return [Finding(candidate.path, 0, "there is no GoBGP here: apt-get install gobgpd")]
    found = SAID.search(said)
    text = found["said"] if found else said.strip() or f"gobgpd exits {code}"
    line = AT_LINE.search(text)
    return [Finding(candidate.path, int(line["line"]) if line else 0, text)]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether GoBGP runs."""
    return {"ran": is_running()}


def is_running() -> bool:
    """Say whether GoBGP answers."""
    return run("gobgp", "global").code == 0


def start() -> None:
    """Start GoBGP and wait until it answers."""
    if SYSTEMD.is_dir():
        DROP_IN.parent.mkdir(exist_ok=True)
        disk.write_whole(DROP_IN, TEXT, 0o644)
        run("systemctl", "daemon-reload")
    DAEMON.start(_launch)


def _launch() -> Ran:
    return launch("gobgpd", "-t", "toml", "-f", str(FILE), *OPTIONS, pid_file=PID_FILE, log=LOG)


def stop() -> None:
    """Stop GoBGP and wait until it is gone."""
    DAEMON.stop(lambda: send(signal.SIGTERM, PID_FILE, "gobgpd"))
    for left in (PID_FILE, LOG, DROP_IN):
        disk.remove(left)


def reload() -> None:
    """Let GoBGP take its file in. Without a file it is stopped."""
    if not FILE.exists():
        stop()
    elif not is_running():
        start()
    elif SYSTEMD.is_dir():
        code, said = run("systemctl", "kill", "--signal=HUP", "--kill-who=main", "gobgpd")
        if code:
            raise Failed(f"gobgpd: {said.strip()}")
    else:
        send(signal.SIGHUP, PID_FILE, "gobgpd")


def judge() -> None:
    """Wait until GoBGP has the neighbours of its file, and no others."""
    if not FILE.exists():
        return
    wanted = neighbours_in(disk.read_text(FILE))
    wait_until(
        lambda: neighbours_told(run("gobgp", "neighbor").said) == wanted, "gobgpd does not take its neighbours in"
    )


def neighbours_in(text: str) -> set[str]:
    """Return the neighbours that a file names."""
    return set(re.findall(r'^\s*neighbor-address = "([^"]+)"', text, re.MULTILINE))


def neighbours_told(said: str) -> set[str]:
    """Return the neighbours in GoBGP's own table of them."""
    return {line.split()[0] for line in said.splitlines()[1:] if line.strip()}


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again, or stop GoBGP if it did not run before."""
    if remembered["ran"]:
        reload()
        judge()
    else:
        stop()


DAEMON: Final = Daemon("gobgpd", "gobgpd", is_running)
GOBGP: Final = Component("gobgp", owns, check, remember, reload, judge, restore)
