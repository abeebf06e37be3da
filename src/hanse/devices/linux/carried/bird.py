"""BIRD: /etc/bird. birdc exits 0 whatever happens, so its text is read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

from .component import Candidate, Component, Finding
from .daemons import Daemon, wait_until
from .places import SEARCH
from .tools import Ran, run
from .troubles import Failed

FILE: Final = Path("/etc/bird/bird.conf")
RUN: Final = Path("/run/bird")
USER: Final = "bird"
SAID: Final = re.compile(r"^(?:bird: )?(?P<path>/\S+?):(?P<line>\d+):(?:\d+:?)? ?(?P<said>.*)$")
TAKEN_IN: Final = re.compile(r"^Reconfigur(ed|ation in progress|ation already in progress)", re.MULTILINE)


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
    """Start BIRD and wait until it answers."""
    DAEMON.start(_launch)


def _launch() -> Ran:
    RUN.mkdir(exist_ok=True)
    shutil.chown(RUN, USER, USER)
    return run("bird", "-u", USER, "-g", USER, env={"PATH": SEARCH})


def stop() -> None:
    """Stop BIRD and wait until it is gone."""
    DAEMON.stop(lambda: ask("down"))


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
    if FILE.exists():
        wait_until(is_running, "birdc show status: BIRD does not say that it is up and running")


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again, or stop BIRD if it did not run before."""
    if remembered["ran"]:
        reload()
        judge()
    else:
        stop()


DAEMON: Final = Daemon("bird", "bird", is_running)
BIRD: Final = Component("bird", owns, check, remember, reload, judge, restore)
