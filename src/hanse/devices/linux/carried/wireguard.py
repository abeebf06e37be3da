"""WireGuard: /etc/wireguard/wg-*.conf, in the words of `wg syncconf`, so that peers that stay keep their sessions.

The interfaces are made here, before ifupdown2 gives them addresses. Where the kernel has no WireGuard, wireguard-go
does its work.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .daemons import wait_until
from .interfaces import links
from .places import RUN, SEARCH, SYSTEMD
from .tools import run
from .troubles import Failed

DIRECTORY: Final = Path("/etc/wireguard")
FIRST: Final = "wg-"  # of the names of our interfaces
MADE: Final = RUN / "wireguard"  # a file for each interface that we made; gone after a restart, as they are
SOCKETS: Final = Path("/run/wireguard")  # of wireguard-go
KEYS: Final = frozenset({"PrivateKey", "PublicKey", "PresharedKey"})
WORDS: Final = KEYS | {"ListenPort", "FwMark", "AllowedIPs", "PersistentKeepalive", "Endpoint"}
HEADS: Final = frozenset({"[Interface]", "[Peer]"})
KEY_SIZE: Final = 32  # octets
COMES_AND_GOES_WITHIN: Final = 5.0  # seconds
Setting = "tuple[int, str, str]"  # line, word, value


def owns(path: str) -> bool:
    """Say whether the file is one of our tunnels'."""
    place = Path(path)
    return place.parent == DIRECTORY and place.name.startswith(FIRST) and place.suffix == ".conf"


def settings_of(text: str) -> list[tuple[int, str, str]]:
    """Return line, word and value of each setting; of any other line the word is empty.

    >>> settings_of("[Interface]\\nListenPort = 51820\\n")
    [(2, 'ListenPort', '51820')]
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare and not bare.startswith("#") and bare not in HEADS:
            word, equals, value = bare.partition("=")
            found.append((number, word.strip() if equals else "", value.strip()))
    return found


def check(candidates: list[Candidate]) -> list[Finding]:
    """Read each line, for wg reads a file only when it takes it in."""
    found = []
    if candidates and run("wg", "--version").code == 127:
        found.append(Finding(candidates[0].path, 0, "wg is not here: install wireguard-tools"))
    for candidate in candidates:
        for number, word, value in settings_of(candidate.text):
            if word not in WORDS:
                found.append(Finding(candidate.path, number, "wg does not know this line"))
            elif word in KEYS and not _is_key(value):
                found.append(Finding(candidate.path, number, f"the value of {word} is no key"))
    return found


def _is_key(value: str) -> bool:
    try:
        return len(base64.b64decode(value, validate=True)) == KEY_SIZE
    except binascii.Error:
        return False


def wanted() -> list[str]:
    """Return the names of the interfaces that have a file."""
    return sorted(file.stem for file in DIRECTORY.glob(f"{FIRST}*.conf")) if DIRECTORY.exists() else []


def made() -> list[str]:
    """Return the names of the interfaces that we made."""
    return sorted(mark.name for mark in MADE.iterdir()) if MADE.exists() else []


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return nothing: the files say it all."""
    return {}


def reload() -> None:
    """Remove the interfaces whose files are gone, make those that are missing, and let all take their files in."""
    for name in made():
        if name not in wanted():
            remove(name)
    for name in wanted():
        is_known = name in made()
        if name not in links():
            make(name)
            if is_known:  # it was lost with its wireguard-go; a new one gets its addresses with the others
                run("ifup", name)
        code, said = run("wg", "syncconf", name, str(DIRECTORY / f"{name}.conf"))
        if code:
            raise Failed(f"wg syncconf {name}: {said.strip()}")


def make(name: str) -> None:
    """Make an interface, by the kernel or by wireguard-go."""
    MADE.mkdir(mode=0o700, parents=True, exist_ok=True)
    (MADE / name).touch()
    code, said = run("ip", "link", "add", name, "type", "wireguard")
    if code == 0:
        return
    if SYSTEMD.is_dir():
        unit = ("systemd-run", "--quiet", "--collect", f"--unit=hanse-{name}", "--property=DefaultDependencies=no")
        ran = run(*unit, "wireguard-go", "-f", name)
    else:
        ran = run("wireguard-go", name, env={"PATH": SEARCH})  # it outlives us and carries no mark of ours
    if ran.code:
        raise Failed(
            f"{name}: the kernel has no WireGuard ({said.strip()}), nor is there wireguard-go: {ran.said.strip()}"
        )
    wait_until(lambda: name in links(), f"{name} is not there", within=COMES_AND_GOES_WITHIN)


def remove(name: str) -> None:
    """Remove an interface, and its wireguard-go if it has one."""
    socket = SOCKETS / f"{name}.sock"
    if name in links() and not socket.exists():
        run("ip", "link", "delete", name)
    disk.remove(socket)  # wireguard-go ends with it
    wait_until(lambda: name not in links(), f"{name} is still there", within=COMES_AND_GOES_WITHIN)
    disk.remove(MADE / name)


def judge() -> None:
    """Ask each interface whether it has the keys and the port of its file."""
    for name in wanted():
        code, said = run("wg", "show", name, "dump")
        if code:
            raise Failed(f"wg show {name}: {said.strip()}")
        lacking = differences(disk.read_text(DIRECTORY / f"{name}.conf"), said)
        if lacking:
            raise Failed(f"wg: {name} has another {' and '.join(lacking)} than its file")


def differences(text: str, dump: str) -> list[str]:
    """Return the words of a file's settings that `wg show NAME dump` has otherwise."""
    lines = [line.split("\t") for line in dump.splitlines()]
    has: dict[str, set[str]] = {
        "PrivateKey": {line[0] for line in lines[:1]},
        "ListenPort": {line[2] for line in lines[:1]},
        "PublicKey": {line[0] for line in lines[1:]},
        "PresharedKey": {line[1] for line in lines[1:]},
    }
    wants: dict[str, set[str]] = {}
    for _, word, value in settings_of(text):
        wants.setdefault(word, set()).add(value)
    return [word for word in has if wants.get(word, set()) != has[word]]


def restore(remembered: dict[str, Any]) -> None:
    """Take the old files in again; what only the new ones had goes."""
    reload()
    judge()


def prepare() -> None:
    """Make the interfaces while the router starts, before ifupdown2 gives them addresses."""
    reload()


WIREGUARD: Final = Component("wireguard", owns, check, remember, reload, judge, restore)
