"""BIRD: /etc/bird. birdc exits 0 whatever happens, so its text is read."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any, Final

from .component import Candidate, Component, Finding
from .places import SYSTEMD
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/bird/bird.conf")
RUN: Final = Path("/run/bird")
USER: Final = "bird"
SAID: Final = re.compile(r"^(?:bird: )?(?P<path>/\S+?):(?P<line>\d+):(?:\d+:?)? ?(?P<said>.*)$")
TAKEN_IN: Final = re.compile(r"^Reconfigur(ed|ation in progress|ation already in progress)", re.MULTILINE)
ANSWERS_AFTER: Final = 30.0  # seconds: a small router takes its time


def owns(path: str) -> bool:
    """Say whether BIRD reads the file."""
    return path.startswith("/etc/bird/") and path != "/etc/bird/envvars"


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let BIRD read the main file, as the user it runs as."""
    return [
        finding
        for candidate in candidates
        if candidate.path == str(FILE)
        for finding in findings(candidate, run("bird", "-p", "-c", str(candidate.staged), user=USER))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what `bird -p` says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    for line in said.splitlines():
        found = SAID.match(line)
        if found:
            path = candidate.path if found["path"] == str(candidate.staged) else found["path"]
            return [Finding(path, int(found["line"]), found["said"])]
    return [Finding(candidate.path, 0, said.strip().replace(str(candidate.staged), candidate.path) or f"exits {code}")]


def ask(*words: str) -> str:
    """Return birdc's text without its greeting."""
    said = run("birdc", *words).said
    return "\n".join(line for line in said.splitlines() if not line.startswith("BIRD ") or "ready." not in line)


def is_running() -> bool:
    """Say whether BIRD answers."""
    return "Daemon is up and running" in ask("show", "status")


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether BIRD runs."""
    return {"ran": is_running()}


def start() -> None:
    """Start BIRD, by systemd where that runs, and wait until it answers. It outlives us and carries no mark of ours."""
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", "bird")
    else:
        RUN.mkdir(exist_ok=True)
        shutil.chown(RUN, USER, USER)
        code, said = run("bird", "-u", USER, "-g", USER, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    if code:
        raise Failed(f"bird: {said.strip()}")
    _wait_until(running=True)


def stop() -> None:
    """Stop BIRD and wait until it is gone."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "bird")
    elif is_running():
        ask("down")
    _wait_until(running=False)


def _wait_until(*, running: bool) -> None:
    ends = time.monotonic() + ANSWERS_AFTER
    while is_running() != running:
        if time.monotonic() > ends:
            raise Failed("bird does not answer" if running else "bird does not stop")
        time.sleep(0.05)


def reload() -> None:
    """Let BIRD take its file in: protocols that did not change go on. Without a file it is stopped."""
    if not FILE.exists():
        stop()
    elif is_running():
        said = ask("configure")
        if not TAKEN_IN.search(said):
            raise Failed(f"birdc configure: {said.strip()}")
    else:
        start()


def judge() -> None:
    """Wait until BIRD has finished reconfiguring."""
    if not FILE.exists():
        return
    ends = time.monotonic() + ANSWERS_AFTER
    while True:
        said = ask("show", "status")
        if "Daemon is up and running" in said:
            return
        if time.monotonic() > ends:
            raise Failed(f"birdc show status: {said.strip()}")
        time.sleep(0.1)


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again, or stop BIRD if it did not run before."""
    if remembered["ran"]:
        reload()
        judge()
    else:
        stop()


BIRD: Final = Component("bird", owns, check, remember, reload, judge, restore)
