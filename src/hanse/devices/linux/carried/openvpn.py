"""OpenVPN: /etc/openvpn/ov-*.conf, a process each. Its tun device stays when the process goes, and so do its addresses.

The devices are made here, before ifupdown2 gives them addresses.
"""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .interfaces import links
from .manifest import digest_of
from .places import RUN, SEARCH, SYSTEMD
from .tools import run
from .troubles import Failed

DIRECTORY: Final = Path("/etc/openvpn")
PIDS: Final = Path("/run/openvpn")
FIRST: Final = "ov-"  # of the names of our interfaces
STARTED: Final = RUN / "openvpn"  # a file for each: the fingerprint of what its process was started with
SAID: Final = re.compile(
    r"^Options error: (?P<said>.*?)(?: in (?P<path>/\S+?):(?P<line>\d+)(?P<rest>.*))?$", re.MULTILINE
)
ENDS_WITHIN: Final = 5.0  # seconds, then it is killed
LASTS: Final = 0.5  # seconds: a process that cannot work is gone by then


def owns(path: str) -> bool:
    """Say whether the file is one of our tunnels'."""
    place = Path(path)
    return place.parent == DIRECTORY and place.name.startswith(FIRST) and place.suffix == ".conf"


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let OpenVPN read each file: it does so before it shows its ciphers."""
    return [
        finding
        for candidate in candidates
        for finding in findings(candidate, run("openvpn", "--config", str(candidate.staged), "--show-ciphers"))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what OpenVPN says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    found = SAID.search(said)
    if found is None:
        return [Finding(candidate.path, 0, said.strip() or f"openvpn exits {code}")]
    return [Finding(candidate.path, int(found["line"] or 0), (found["said"] + (found["rest"] or "")).strip())]


def wanted() -> dict[str, str]:
    """Return the fingerprint of each interface's file, by the interface's name."""
    files = sorted(DIRECTORY.glob(f"{FIRST}*.conf")) if DIRECTORY.exists() else []
    return {file.stem: digest_of(disk.read_text(file)) for file in files}


def started() -> dict[str, str]:
    """Return what each process of ours was started with."""
    return {mark.name: disk.read_text(mark) for mark in sorted(STARTED.glob(f"{FIRST}*"))} if STARTED.exists() else {}


def process_of(name: str) -> int:
    """Return the number of the tunnel's process; 0: it does not run."""
    try:
        number = int(disk.read_text(PIDS / f"{name}.pid"))
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return 0
    return number if any(word.endswith(f"{name}.conf".encode()) for word in words) else 0


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return nothing: the files say it all."""
    return {}


def reload() -> None:
    """Remove the tunnels whose files are gone, and start anew those whose files differ; no other is touched."""
    wants, has = wanted(), started()
    for name in sorted(set(has) - set(wants)):
        stop(name)
        remove(name)
    for name, fingerprint in wants.items():
        make(name, has.get(name, ""))
        if has.get(name) != fingerprint or not process_of(name):
            stop(name)
            _mark(name, fingerprint)
            start(name)


def make(name: str, fingerprint: str) -> None:
    """Make the device, if it is not there."""
    _mark(name, fingerprint)
    if name not in links():
        code, said = run("ip", "tuntap", "add", "dev", name, "mode", "tun")
        if code:
            raise Failed(f"{name}: {said.strip()}")


def _mark(name: str, fingerprint: str) -> None:
    STARTED.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk.write_whole(STARTED / name, fingerprint, 0o600)


def start(name: str) -> None:
    """Start a tunnel's process, by systemd where that runs. It outlives us and carries no mark of ours."""
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart", f"openvpn@{name}")
    else:
        PIDS.mkdir(exist_ok=True)
        disk.remove(PIDS / f"{name}.pid")
        config = ("--cd", str(DIRECTORY), "--config", f"{name}.conf", "--writepid", str(PIDS / f"{name}.pid"))
        code, said = run("openvpn", "--daemon", f"ovpn-{name}", *config, env={"PATH": SEARCH})
    if code:
        raise Failed(f"openvpn {name}: {said.strip()}")


def stop(name: str) -> None:
    """Stop a tunnel's process and wait until it is gone."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", f"openvpn@{name}")
    ends = time.monotonic() + ENDS_WITHIN
    while number := process_of(name):
        late = time.monotonic() > ends
        try:
            os.kill(number, signal.SIGKILL if late else signal.SIGTERM)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    disk.remove(PIDS / f"{name}.pid")


def remove(name: str) -> None:
    """Remove a device."""
    if name in links():
        run("ip", "tuntap", "delete", "dev", name, "mode", "tun")
    disk.remove(STARTED / name)


def judge() -> None:
    """See whether each tunnel's process lasts and its device is there. Whether the other end answers, OSPF says."""
    if not wanted():
        return
    time.sleep(LASTS)
    ends = time.monotonic() + ENDS_WITHIN
    while True:
        lost = [name for name in wanted() if not process_of(name) or name not in links()]
        if not lost:
            return
        if time.monotonic() > ends:
            raise Failed(f"openvpn does not run for {', '.join(lost)}")
        time.sleep(0.1)


def restore(remembered: dict[str, Any]) -> None:
    """Take the old files in again; what only the new ones had goes."""
    reload()
    judge()


def prepare() -> None:
    """Make the devices while the router starts, before ifupdown2 gives them addresses. The processes come after."""
    for name, fingerprint in wanted().items():
        make(name, fingerprint)


OPENVPN: Final = Component("openvpn", owns, check, remember, reload, judge, restore)
