"""strongSwan: /etc/swanctl/conf.d/ip-*.conf, taken in by swanctl. Associations of tunnels that stay go on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import Daemon, launch
from .places import RUN
from .tools import Ran, run
from .troubles import Failed

DIRECTORY: Final = Path("/etc/swanctl/conf.d")
FIRST: Final = "ip-"  # of the names of our tunnels
PROGRAM: Final = "/usr/sbin/charon-systemd"
SOCKET: Final = Path("/run/charon.vici")
STARTED: Final = RUN / "strongswan"  # it did not run before us
NAMED: Final = re.compile(rf"^(?P<name>{FIRST}[\w-]+): ", re.MULTILINE)
# Not what swanctl says of each plugin that it was built to look for and that is not installed.
REFUSED: Final = re.compile(r"^(?!plugin ').*\b(?:failed|invalid|unknown)\b.*$", re.MULTILINE)
PLUGINS: Final = Path("/usr/lib/ipsec/plugins")  # Debian's
CIPHERS: Final = PLUGINS / "libstrongswan-openssl.so"


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
    if candidates and not Path(PROGRAM).exists():
        found.append(Finding(candidates[0].path, 0, "strongSwan is not here: install charon-systemd"))
    elif candidates and PLUGINS.is_dir() and not CIPHERS.exists():
        lacks = "strongSwan lacks the ciphers of our tunnels: install libstrongswan-standard-plugins"
        found.append(Finding(candidates[0].path, 0, lacks))
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
        if STARTED.exists():
            stop()  # who started it was ended before it answered: it would come yet
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
    """Start the daemon and wait until it answers."""
    STARTED.touch()
    DAEMON.start(_launch)


def _launch() -> Ran:
    """Start it without systemd. One that does not answer, or not yet, goes first: two would share one socket."""
    run("pkill", "-KILL", "-x", Path(PROGRAM).name)
    return launch(PROGRAM)


def stop() -> None:
    """Stop the daemon."""
    DAEMON.stop(lambda: run("pkill", "-x", Path(PROGRAM).name))
    disk.remove(STARTED)


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


DAEMON: Final = Daemon("strongSwan", "strongswan", answers)
STRONGSWAN: Final = Component("strongswan", owns, check, remember, reload, judge, restore)
