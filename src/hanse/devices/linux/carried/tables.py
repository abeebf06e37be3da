"""What ifupdown2 leaves behind of routing tables: rules that lead to them, its map of names, routes to nowhere.

It moves the rule of the local table behind the one of the VRFs and never back. Where no VRF is left, the rules become
what they are on a fresh machine.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from . import disk
from .tools import run

NAMES: Final = Path("/etc/iproute2/rt_tables.d/ifupdown2_vrf_map.conf")
FAMILIES: Final = ("-4", "-6")
FIRST, LAST = 1001, 5000  # the tables that ifupdown2 gives to VRFs
NOWHERE: Final = 4278198272  # metric of the route for what a table does not know: Documentation/networking/vrf.rst
# What a tunnel's stanza says when its packets go by a table: ifupdown2 forgets it with the stanza that it stood in.
MARKED: Final = re.compile(r"up ip (-[46]) rule add fwmark (\d+) lookup (\d+) priority 900\b")
OF_MARKS: Final = 900  # preference of these rules
LOCAL: Final = ("0", "32765")  # preference of the local table: where it belongs, and where ifupdown2 puts it


def tables() -> dict[str, int]:
    """Return the table of each VRF that is there, by its interface."""
    links = _asked("ip", "-json", "-details", "link", "show", "type", "vrf")
    return {link["ifname"]: link["linkinfo"]["info_data"]["table"] for link in links if link}


def forget_tables(text: str) -> None:
    """Remove what belongs to no VRF that is there and to no stanza of `text`; may be done again."""
    left = set(tables().values())
    marked = {(family, int(mark), int(table)) for family, mark, table in MARKED.findall(text)}
    for family in FAMILIES:
        _forget_marks(family, marked)
        for table in _leading_nowhere(family) - left:
            run("ip", family, "route", "del", "unreachable", "default", "table", str(table), "metric", str(NOWHERE))
        if not left:
            _straighten_rules(family)
    if not left and NAMES.exists():
        disk.remove(NAMES)


def _forget_marks(family: str, wanted: set[tuple[str, int, int]]) -> None:
    """Remove the rules that lead the packets of no tunnel to a table."""
    for rule in _asked("ip", "-N", "-json", family, "rule", "show", "pref", str(OF_MARKS)):
        mark, table = int(rule.get("fwmark", "0"), 0), int(rule.get("table", 0))
        if mark and FIRST <= table <= LAST and (family, mark, table) not in wanted:
            run("ip", family, "rule", "del", "pref", str(OF_MARKS), "fwmark", str(mark), "table", str(table))


def _leading_nowhere(family: str) -> set[int]:
    """Return the numbers of the tables of VRFs that have the route for what they do not know."""
    routes = _asked("ip", "-N", "-json", family, "route", "show", "table", "all", "type", "unreachable")
    numbers = [int(route.get("table", 0)) for route in routes if route.get("metric") == NOWHERE]
    return {number for number in numbers if FIRST <= number <= LAST}


def _straighten_rules(family: str) -> None:
    rules = _asked("ip", "-json", family, "rule", "show")
    proper, moved = LOCAL
    local = {str(rule["priority"]) for rule in rules if rule.get("table") == "local"}
    if moved in local:
        if proper not in local:
            run("ip", family, "rule", "add", "pref", proper, "table", "local")
        run("ip", family, "rule", "del", "pref", moved, "table", "local")
    for rule in rules:
        if "l3mdev" in rule:
            run("ip", family, "rule", "del", "pref", str(rule["priority"]), "l3mdev")


def _asked(*words: str) -> list[dict[str, Any]]:
    code, said = run(*words)
    begins = said.find("[")
    if code or begins < 0:
        return []  # a kernel that knows no VRF has none
    found, _ = json.JSONDecoder().raw_decode(said[begins:])
    return list(found)
