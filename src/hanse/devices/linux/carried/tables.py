"""What ifupdown2 leaves behind of routing tables: the rule that leads to them, its map of names, routes to nowhere.

It moves the rule of the local table behind the one of the VRFs and never back. Where no VRF is left, the rules become
what they are on a fresh machine.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from . import disk
from .tools import run

NAMES: Final = Path("/etc/iproute2/rt_tables.d/ifupdown2_vrf_map.conf")
FAMILIES: Final = ("-4", "-6")
FIRST, LAST = 1001, 5000  # the tables that ifupdown2 gives to VRFs
NOWHERE: Final = 4278198272  # metric of the route for what a table does not know: Documentation/networking/vrf.rst
LOCAL: Final = ("0", "32765")  # preference of the local table: where it belongs, and where ifupdown2 puts it


def tables() -> dict[str, int]:
    """Return the table of each VRF that is there, by its interface."""
    links = _asked("ip", "-json", "-details", "link", "show", "type", "vrf")
    return {link["ifname"]: link["linkinfo"]["info_data"]["table"] for link in links if link}


def forget_tables() -> None:
    """Remove what belongs to no VRF that is there; may be done again."""
    left = set(tables().values())
    for family in FAMILIES:
        for table in _leading_nowhere(family) - left:
            run("ip", family, "route", "del", "unreachable", "default", "table", str(table), "metric", str(NOWHERE))
        if not left:
            _straighten_rules(family)
    if not left and NAMES.exists():
        disk.remove(NAMES)


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
