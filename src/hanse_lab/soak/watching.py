"""Since when sessions and adjacencies are up, and which began anew in between, however short it was.

BIRD does not tell since when a neighbour is full. An adjacency that begins is described (RFC 2328 section 10.8), so a
listener on each router writes down every packet of that kind: nothing that flaps between two looks is missed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from hanse_lab.folder import Folder
from hanse_lab.lab import node
from hanse_lab.processes import MARK
from hanse_lab.soak.concern import Standing
from hanse_lab.uptimes import Begun, restarted

DESCRIBES: Final = "(ip proto 89 and ip[21] = 2) or (ip6 proto 89 and ip6[41] = 2)"  # OSPF database descriptions
LISTEN: Final = ("tcpdump", "-Z", "root", "-i", "any", "-l", "-n", "-tt", "--immediate-mode", DESCRIBES)
HEARD: Final = re.compile(r"^(?P<at>\d+[.]\d+) (?P<port>\S+) +\S+ +(?P<family>IP6?) ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A description of routes that opens an adjacency."""

    node: str
    port: str
    version: int  # of OSPF
    at: float  # seconds since 1970


def sessions_in(status: Any) -> Begun:
    """Return since when each session that is up has been so, of what `hanse status --json` says."""
    return {
        (router["node"], session["vrf"], session["remote_address"]): _moment(session["since"])
        for router in status["routers"]
        for session in router["sessions"]
        if session["condition"] == "up"
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def heard_in(name: str, text: str) -> tuple[Heard, ...]:
    """Return what the listener of a router wrote down."""
    return tuple(
        Heard(node=name, port=one["port"], version=2 if one["family"] == "IP" else 3, at=float(one["at"]))
        for one in HEARD.finditer(text)
    )


def listen(folder: Folder, names: Iterable[str]) -> None:
    """Start a listener on each of these routers; it ends with the lab."""
    for name in names:
        running = node(folder, name)
        running.launch(running.inside(*LISTEN), _notes(folder, name), **{MARK: str(folder.path)})


def heard(folder: Folder, names: Iterable[str]) -> tuple[Heard, ...]:
    """Return what all listeners wrote down so far."""
    return tuple(one for name in names for one in heard_in(name, node(folder, name).machine.read(_notes(folder, name))))


def _notes(folder: Folder, name: str) -> Path:
    return folder.path / "log" / f"{name}.adjacencies"


def restarts(stand: Standing, before: Begun, after: Begun, new: Iterable[Heard]) -> tuple[tuple[str, str], ...]:
    """Return what began anew though nothing of it was changed: router, and what."""
    sessions = [who for who in restarted(before, after) if who in stand.sessions]
    adjacencies = {(one.node, one.port, one.version) for one in new if (one.node, one.port) in stand.adjacencies}
    return (
        *((str(name), f"the session with {address} (vrf {vrf}) began anew") for name, vrf, address in sessions),
        *((name, f"the OSPFv{version} adjacency on {port} began anew") for name, port, version in sorted(adjacencies)),
    )
