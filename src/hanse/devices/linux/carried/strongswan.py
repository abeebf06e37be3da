"""strongSwan: /etc/swanctl/conf.d/ip-*.conf, taken in by swanctl. Associations of tunnels that stay go on."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .places import RUN, SEARCH, SYSTEMD
from .tools import run
from .troubles import Failed

DIRECTORY: Final = Path("/etc/swanctl/conf.d")
FIRST: Final = "ip-"  # of the names of our tunnels
DAEMON: Final = "/usr/sbin/charon-systemd"
SOCKET: Final = Path("/run/charon.vici")
STARTED: Final = RUN / "strongswan"  # it did not run before us
NAMED: Final = re.compile(rf"^(?P<name>{FIRST}[\w-]+): ", re.MULTILINE)
REFUSED: Final = re.compile(r"^.*\b(?:failed|invalid|unknown)\b.*$", re.MULTILINE)
ANSWERS_AFTER: Final = 30.0  # seconds: a small router takes its time


def owns(path: str) -> bool:
    """Say whether the file is one of our tunnels'."""
    place = Path(path)
    return place.parent == DIRECTORY and place.name.startswith(FIRST) and place.suffix == ".conf"


def check(candidates: list[Candidate]) -> list[Finding]:
    """Count the braces, for strongSwan reads a file only when it takes it in; and see whether it is there at all."""
    found = [
        Finding(candidate.path, 0, "its braces do not match")
        for candidate in candidates
        if candidate.text.count("{") != candidate.text.count("}")
    ]
    if candidates and not Path(DAEMON).exists():
        found.append(Finding(candidates[0].path, 0, "strongSwan is not here: install charon-systemd"))
    return found


def wanted() -> set[str]:
    """Return the names of the tunnels that have a file."""
    return {file.stem for file in DIRECTORY.glob(f"{FIRST}*.conf")} if DIRECTORY.exists() else set()


def answers() -> bool:
    """Say whether the daemon does."""
    return run("swanctl", "--stats").code == 0


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return nothing: the files say it all, and a mark whether we started the daemon."""
    return {}


def reload() -> None:
    """Let the daemon take in all files, and end the associations of tunnels whose files are gone."""
    if not wanted() and not answers():
        disk.remove(STARTED)
        return
    if not answers():
        start()
    code, said = run("swanctl", "--load-all", "--noprompt")
    refused = REFUSED.findall(said)
    if code or refused:
        raise Failed(f"swanctl: {'; '.join(refused) or said.strip()}")
    for name in sorted(_named(run("swanctl", "--list-sas").said) - wanted()):
        run("swanctl", "--terminate", "--ike", name, "--force", "--timeout", "2")
    if not wanted() and STARTED.exists():
        stop()


def _named(said: str) -> set[str]:
    return {found["name"] for found in NAMED.finditer(said)}


def start() -> None:
    """Start the daemon, by systemd where that runs. It outlives us and carries no mark of ours."""
    STARTED.touch()
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", "strongswan")
    else:
        words = ("setsid", "--fork", "sh", "-c", 'exec "$0" </dev/null >/dev/null 2>&1', DAEMON)
        code, said = run(*words, env={"PATH": SEARCH})
    if code:
        raise Failed(f"strongSwan: {said.strip()}")
    _wait_until(running=True)


def stop() -> None:
    """Stop the daemon."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "strongswan")
    else:
        run("pkill", "-x", Path(DAEMON).name)
    _wait_until(running=False)
    disk.remove(STARTED)


def _wait_until(*, running: bool) -> None:
    ends = time.monotonic() + ANSWERS_AFTER
    while answers() != running:
        if time.monotonic() > ends:
            raise Failed("strongSwan does not answer" if running else "strongSwan does not stop")
        time.sleep(0.05)


def judge() -> None:
    """Ask whether the daemon knows each tunnel. Whether the other end answers is OSPF's to say."""
    if not wanted():
        return
    lacking = wanted() - _named(run("swanctl", "--list-conns").said)
    if lacking:
        raise Failed(f"strongSwan does not know {', '.join(sorted(lacking))}")


def restore(remembered: dict[str, Any]) -> None:
    """Take the old files in again; what only the new ones had goes."""
    reload()
    judge()


STRONGSWAN: Final = Component("strongswan", owns, check, remember, reload, judge, restore)
