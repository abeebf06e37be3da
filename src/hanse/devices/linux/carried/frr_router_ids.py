"""Router IDs of OSPF in FRR.

A daemon that has full neighbours keeps the ID that it has, whatever it is told, until its process begins anew. So does
one that found neighbours before it was told at all, which happens where it starts on a busy machine: it has taken the
highest address of the loopback, and no router knows another one's ID any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from .tools import run


class Version(NamedTuple):
    """One version of OSPF, in FRR's words."""

    daemon: str
    wanted: re.Pattern[str]  # lines of the file
    show: str
    clear: str


SHOWN: Final = re.compile(r"Router[ -]ID:? (?P<id>[0-9.]+)")
HEADS: Final = re.compile(r"^router ospf6(?: vrf (?P<vrf>\S+))?$", re.MULTILINE)
VERSIONS: Final = (
    Version(
        "ospfd", re.compile(r"^ ospf router-id (\S+)$", re.MULTILINE), "show ip ospf vrf all", "clear ip ospf process"
    ),
    Version(
        "ospf6d",
        re.compile(r"^ ospf6 router-id (\S+)$", re.MULTILINE),
        "show ipv6 ospf6 vrf all",
        "clear ipv6 ospf6 process",
    ),
)


def take_in_ids(text: str, running: Iterable[str]) -> None:
    """Let OSPF begin anew where it goes by another ID than any of the file's: nobody takes what it says for ours."""
    for version in VERSIONS:
        wanted = set(version.wanted.findall(text))
        if not wanted or version.daemon not in running:
            continue
        shown = {found["id"] for found in SHOWN.finditer(run("vtysh", "-d", version.daemon, "-c", version.show).said)}
        if shown - wanted:
            for command in _clearing(version, text):
                run("vtysh", "-d", version.daemon, "-c", command)


def _clearing(version: Version, text: str) -> list[str]:
    """Return the commands for all VRFs: OSPFv2 takes them together, OSPFv3 one by one."""
    if version.daemon == "ospfd":
        return [version.clear]
    vrfs = [found["vrf"] for found in HEADS.finditer(text)]
    return [f"{version.clear} vrf {vrf}" if vrf else version.clear for vrf in vrfs]
