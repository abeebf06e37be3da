"""The firewall: /etc/nftables.conf, loaded whole by nft in one kernel transaction."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/nftables.conf")
FILE_BEFORE: Final = FILE.with_name(".nftables.conf.hanse-old")  # while a transaction is open: see changes.py
SAID: Final = re.compile(r"^(?P<path>/\S+?):(?P<line>\d+):[\d:-]+: (?P<said>.*)$")
FAMILY: Final = r"(?:(?P<family>ip|ip6|inet|arp|bridge|netdev)\s+)?"
TABLE: Final = re.compile(rf"^\s*table\s+{FAMILY}(?P<name>[\w./-]+)\s*\{{", re.MULTILINE)


def owns(path: str) -> bool:
    """Say whether the file is the firewall's."""
    return path == str(FILE) or path.startswith("/etc/nftables.d/")


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let nft read the main file without loading it."""
    return [
        finding
        for candidate in candidates
        if candidate.path == str(FILE)
        for finding in findings(candidate, run("nft", "-c", "-f", str(candidate.staged)))
    ]


def findings(candidate: Candidate, ran: tuple[int, str]) -> list[Finding]:
    """Return what nft says, with the line it names."""
    code, said = ran
    if code == 0:
        return []
    found = [SAID.match(line) for line in said.splitlines()]
    named = [Finding(candidate.path, int(one["line"]), one["said"]) for one in found if one]
    return named or [Finding(candidate.path, 0, said.strip() or f"nft exits {code}")]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return all rules as they are loaded now, whoever loaded them.

    :raises Failed: nft would not take them back as it tells them: what cannot be undone is not begun
    """
    code, said = run("nft", "list", "ruleset")
    if code:
        raise Failed(f"nft cannot tell the present rules: {said.strip()}")
    code, complaint = run("nft", "-c", "-f", "-", text=all_anew(said))
    if code:
        raise Failed(f"the present rules could not be put back, nft does not read its own words: {complaint.strip()}")
    return {"rules": said}


def all_anew(rules: str) -> str:
    """Return what puts `rules` in the place of all others, in one step."""
    return f"flush ruleset\n{rules}"


def reload() -> None:
    """Load the file, and let go of the tables that only the file before it had; all in one step."""
    here = f'include "{FILE}"\n' if FILE.exists() else ""
    code, said = run("nft", "-f", "-", text="".join(map(without, _left_behind())) + here)
    if code:
        raise Failed(f"nft: {said.strip()}")


def without(table: tuple[str, str]) -> str:
    """Return what removes a table, whether it is there or not."""
    words = " ".join(table)
    return f"table {words}\ndelete table {words}\n"


def _left_behind() -> list[tuple[str, str]]:
    """Return the tables of the file before this one that this one has not."""
    kept = tables_of(_text_of(FILE))
    return [table for table in tables_of(_text_of(FILE_BEFORE)) if table not in kept]


def _text_of(file: Path) -> str:
    return disk.read_text(file) if file.exists() else ""


def tables_of(text: str) -> list[tuple[str, str]]:
    """Return (family, name) of each table that a file defines; the family is `ip` where none is named.

    >>> tables_of("table inet filter {")
    [('inet', 'filter')]
    """
    return [(found["family"] or "ip", found["name"]) for found in TABLE.finditer(text)]


def judge() -> None:
    """See whether the file's tables are there."""
    loaded = run("nft", "list", "tables").said.split("\n")
    for family, name in tables_of(_text_of(FILE)):
        if f"table {family} {name}" not in loaded:
            raise Failed(f"nft: table {family} {name} is not there")
    for family, name in _left_behind():
        if f"table {family} {name}" in loaded:
            raise Failed(f"nft: table {family} {name} is still there")


def restore(remembered: dict[str, Any]) -> None:
    """Load the rules from before, in one step."""
    code, said = run("nft", "-f", "-", text=all_anew(remembered["rules"]))
    if code:
        raise Failed(f"nft: {said.strip()}")


FIREWALL: Final = Component("nft", owns, check, remember, reload, judge, restore)
