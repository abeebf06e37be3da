"""FRR: /etc/frr. One file for all daemons, of which those run that /etc/frr/daemons names.

frr-reload turns the difference between the file and what runs into commands, so that what did not change goes on.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import wait_until
from .frr_router_ids import take_in_ids
from .frr_shared import give_again, insist
from .places import SYSTEMD
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/frr/frr.conf")
DAEMONS: Final = Path("/etc/frr/daemons")
RUN: Final = Path("/run/frr")
LOG: Final = Path("/var/log/frr/frr-reload.log")
HOME: Final = "/usr/lib/frr"
INIT: Final = f"{HOME}/frrinit.sh"
RELOAD: Final = f"{HOME}/frr-reload.py"
ALWAYS: Final = frozenset({"zebra", "staticd"})
SPEAKERS: Final = frozenset({"bgpd", "ospfd", "ospf6d"})  # where they run, BIRD must not
WATCH: Final = "watchfrr"  # starts the others again
CHANGERS: Final = frozenset({"frrinit.sh", "frr-reload.py"})  # that go on when we are killed
STARTERS: Final = frozenset({WATCH, "watchfrr.sh"}) | CHANGERS
LAST: Final = "zebra"  # takes the routes of the others out of the kernel
SWITCH: Final = re.compile(r"^(?P<daemon>[a-z0-9]+d)=[\"']?(?!no\b|0\b)\w+", re.MULTILINE)
SAID: Final = re.compile(r"^line (?P<line>\d+): (?P<said>.*)$")
BUSY: Final = "locked by other VTY"
STUMBLES: Final = "'rm_match'"  # frr-reload of FRR 8.4, where a session's route map goes with its whole context
# Lines of the file that are written as FRR shows them, and stand for whole parts of it.
HEADINGS: Final = re.compile(r"^(?:router (?:bgp|ospf6?) ?.*| +neighbor \S+ remote-as \d+)$", re.MULTILINE)
LABELS: Final = re.compile(r"^ mpls enable$", re.MULTILINE)  # on every interface with labels
KNOWS_NO_LABELS: Final = "enabled: no"
SURROUNDINGS: Final = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}  # daemons outlive us and carry no mark of ours
ANSWERS_AFTER: Final = 60.0  # seconds: so many daemons take their time on a small router


def owns(path: str) -> bool:
    """Say whether FRR reads the file."""
    return path.startswith("/etc/frr/")


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let vtysh read the configuration without loading it, and the shell the list of daemons."""
    found = []
    for candidate in candidates:
        if candidate.path == str(FILE):
            found += findings(candidate, run("vtysh", "-C", "-f", str(candidate.staged)))
            if not Path(RELOAD).exists():
                found.append(Finding(candidate.path, 0, "the package frr-pythontools is not installed here"))
        if candidate.path == str(DAEMONS):
            found += findings(candidate, run("bash", "-n", str(candidate.staged)))
    return found


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what a tool says, with the line that vtysh names."""
    code, said = ran
    if code == 0:
        return []
    found = [SAID.match(line) for line in said.splitlines()]
    named = [Finding(candidate.path, int(one["line"]), one["said"].strip()) for one in found if one]
    return named or [Finding(candidate.path, 0, said.strip() or f"exits {code}")]


def wanted_daemons(text: str) -> set[str]:
    """Return the daemons that /etc/frr/daemons switches on.

    >>> sorted(wanted_daemons("bgpd=yes\\nospfd=no\\nvtysh_enable=yes\\n"))
    ['bgpd', 'staticd', 'zebra']
    """
    return {found["daemon"] for found in SWITCH.finditer(text)} | ALWAYS


def running_daemons() -> set[str]:
    """Return the daemons that answer, the one that watches them left out."""
    return _answering() - {WATCH}


def is_watched() -> bool:
    """Say whether the one that watches the others answers."""
    return WATCH in _answering()


def _answering() -> set[str]:
    code, said = run("vtysh", "-c", "show daemons")
    return set() if code else named_in(said)


def named_in(said: str) -> set[str]:
    """Return the daemons that vtysh lists; without a file of its own it complains first.

    >>> sorted(named_in("% Can't open configuration file\\n zebra bgpd\\n"))
    ['bgpd', 'zebra']
    """
    return {word for line in said.splitlines() if not line.startswith("%") for word in line.split()}


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return whether FRR runs."""
    return {"ran": bool(running_daemons())}


def _wanted() -> set[str]:
    return wanted_daemons(disk.read_text(DAEMONS)) if DAEMONS.exists() else set(ALWAYS)


def _all_answer() -> bool:
    return running_daemons() == _wanted()


def _call(word: str) -> None:
    """Tell FRR's own script, or systemd, to `start` or `reload`. What it logs of that goes: passwords are in it."""
    logged = LOG.stat().st_size if LOG.exists() else 0
    if SYSTEMD.is_dir():
        code, said = run("systemctl", "restart" if word == "start" else word, "frr")
    else:
        code, said = run(INIT, word, env=SURROUNDINGS)
    if LOG.exists():
        os.truncate(LOG, logged)
    if code and word == "start":
        raise Failed(f"frr: {said.strip()}")


def take_in() -> None:
    """Make the file what runs; frr-reload waits while another one configures, as FRR's own start does."""
    ends = time.monotonic() + ANSWERS_AFTER
    stumbled = False
    while True:
        # Told to be quiet: it would write passwords into its log. It carries our mark and ends with us.
        code, said = run(RELOAD, "--reload", "--log-level", "error", "--stdout", str(FILE))
        if code == 0:
            return
        if time.monotonic() > ends or not (BUSY in said or (STUMBLES in said and not stumbled)):
            raise Failed(f"frr-reload: {said.strip()[-2000:]}")
        stumbled = STUMBLES in said
        time.sleep(0.2)


def reload() -> None:
    """Let FRR take its file in, started or with other daemons where that is needed."""
    if not FILE.exists():
        return
    answering = _answering()
    if answering - {WATCH} and learns_of_labels():
        stop()
        answering = set()
    if answering and WATCH not in answering:  # FRR's script stops and starts it to change the daemons
        _call("start")
        wait_until(is_watched, "frr: watchfrr does not answer", within=ANSWERS_AFTER)
        answering = _answering()
    if answering != _wanted() | {WATCH}:
        _call("reload" if answering - {WATCH} else "start")
        wait_until(_all_answer, "frr: not all daemons answer that /etc/frr/daemons wants", within=ANSWERS_AFTER)
    take_in()
    give_again(disk.read_text(FILE), _wanted())
    take_in_ids(disk.read_text(FILE), _wanted())


def learns_of_labels() -> bool:
    """Say whether the file wants labels that the kernel did not know when zebra was started: it asks but once."""
    if not LABELS.search(disk.read_text(FILE)):
        return False
    return KNOWS_NO_LABELS in run("vtysh", "-d", LAST, "-c", "show mpls status").said


def judge() -> None:
    """See whether the daemons run that are wanted, with the routing protocols and neighbours of the file."""
    if not FILE.exists():
        return
    wait_until(_all_answer, "frr: not all daemons answer that /etc/frr/daemons wants", within=ANSWERS_AFTER)
    shown = set(run("vtysh", "-c", "show running-config").said.splitlines())
    missing = [line for line in HEADINGS.findall(disk.read_text(FILE)) if line.rstrip() not in shown]
    if missing:
        raise Failed(f"frr: it has not taken in: {'; '.join(line.strip() for line in missing[:10])}")
    insist(disk.read_text(FILE), _wanted())


def stop() -> None:
    """Stop FRR and wait until all of it is gone: who starts daemons first, zebra last."""
    if SYSTEMD.is_dir():
        run("systemctl", "stop", "frr")
    for these in (STARTERS, None, {LAST}):
        _end(these)
    if RUN.is_dir():
        for left in RUN.iterdir():
            left.unlink()  # process numbers and sockets; what hung on them is gone


def _end(these: frozenset[str] | set[str] | None) -> None:
    """End the processes of those names, None: of all but zebra."""

    def left() -> list[int]:
        return [number for number, name in _processes() if (name in these if these else name != LAST)]

    for number in left():
        try:
            os.kill(number, signal.SIGTERM)
        except ProcessLookupError:
            continue
    wait_until(
        lambda: not left(), f"frr: {', '.join(sorted(these or ['a daemon']))} does not stop", within=ANSWERS_AFTER
    )


def _processes() -> Iterator[tuple[int, str]]:
    """Yield number and name of each process of FRR; one in another network, of a container, is not ours."""
    mine = os.readlink("/proc/self/ns/net")
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            words = (place / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            programs = [Path(word).name for word in words[:3] if word.startswith(f"{HOME}/")]
            if programs and os.readlink(place / "ns/net") == mine:
                yield int(place.name), programs[0]
        except OSError:
            continue  # it has just ended


def restore(remembered: dict[str, Any]) -> None:
    """Take the old file in again; where FRR did not run before it was stopped already.

    What the killed program has left at work goes first: it would put the new file over the old one.
    """
    if remembered["ran"]:
        _end(CHANGERS)
        reload()
        judge()


def leave() -> None:
    """Stop FRR where its file is gone, before another daemon takes its ports."""
    if not FILE.exists():
        stop()


def judge_gone() -> None:
    """See whether FRR is gone where its file is."""
    if not FILE.exists() and any(_processes()):
        raise Failed("frr: it still runs")


def restore_gone(remembered: dict[str, Any]) -> None:
    """Stop FRR if it did not speak before, before the daemon that did is started again.

    Debian starts FRR with nothing but what connects it to the kernel: that may go on, and is started again if it did.
    """
    speaks = running_daemons() & SPEAKERS
    if not remembered["ran"] or (speaks and not _wanted() & SPEAKERS):
        stop()


FRR: Final = Component("frr", owns, check, remember, reload, judge, restore)
FRR_GONE: Final = Component("frr-gone", owns, lambda candidates: [], remember, leave, judge_gone, restore_gone)
