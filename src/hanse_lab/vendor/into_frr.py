"""From the BGP part of an EOS or IOS configuration to FRR's words, which are close to both.

A line that FRR has no word for is left out and named in `Translation.left_out`: nothing is guessed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hanse_lab.vendor.tree import Block, ordered

GLOBAL_FAMILIES: Final = ("ipv4", "ipv6")
# The vendors take and tell everything where no policy is named (RFC 8212 is not their default), and FRR does not.
ALWAYS: Final = (" no bgp default ipv4-unicast", " no bgp ebgp-requires-policy", " no bgp network import-check")
RETRY: Final = 2  # seconds between attempts to connect: a test does not wait for the vendors' minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """How one kind of line reads in FRR; an empty `into` is a line that FRR does not need."""

    pattern: str
    into: str = ""

    def applied(self, line: str) -> str | None:
        """Return FRR's line, or None if this is another kind of line."""
        found = re.fullmatch(self.pattern, line)
        return None if found is None else found.expand(self.into)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One platform's words beside FRR's: the first that matches holds."""

    session: tuple[Rewrite, ...]  # in `router bgp`, and in its families
    family_only: tuple[str, ...]  # patterns of lines that FRR takes in a family only, wherever the platform has them
    lists: tuple[Rewrite, ...]  # prefix lists and the like, at the outermost level
    in_route_map: tuple[Rewrite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """FRR's text, and the lines that are not in it."""

    text: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """BGP in one VRF: its lines, and those of its families."""

    asn: str
    vrf: str  # empty: the global table
    lines: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Telling:
    """FRR's text as it grows."""

    wording: Wording
    lines: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def say(self, line: str, rewrites: tuple[Rewrite, ...], into: list[str], indent: str = "") -> None:
        """Add FRR's line to `into`, or name the one that FRR has no word for."""
        found = rewritten(line, rewrites)
        if found is None:
            self.left_out.append(line)
        elif found:
            into.append(indent + found)

    def outermost(self, line: str, below: Block) -> None:
        """Take a line of the outermost level that is neither BGP nor a route map."""
        if not re.match(r"ip(v6)? (prefix-list|as-path|community-list|large-community-list) ", line):
            return
        if not below:
            self.say(line, self.wording.lists, self.lines)
        for entry, _ in ordered(below):
            self.say(f"{line} {entry}", self.wording.lists, self.lines)

    def clause(self, head: str, below: Block) -> None:
        """Take one clause of a route map; without one of its conditions it is left out whole."""
        rewrites = self.wording.in_route_map
        if lacking := [one for one in below if one.startswith("match ") and rewritten(one, rewrites) is None]:
            self.left_out.append(f"{head}: {lacking[0]}")
            return
        self.lines.append(head)
        for rule in below:
            self.say(rule, rewrites, self.lines, " ")
        self.lines.append("exit")

    def instance(self, instance: Instance) -> None:
        """Take BGP of one VRF."""
        self.lines += [f"router bgp {instance.asn}{f' vrf {instance.vrf}' if instance.vrf else ''}", *ALWAYS]
        families: dict[str, list[str]] = {name: [] for name in GLOBAL_FAMILIES}
        families["ipv4"] += activated_by_default(instance)
        for line in sorted(instance.lines, key=rank):
            if any(re.match(pattern, line) for pattern in self.wording.family_only):
                for name in families_of(line, instance):
                    self.say(line, self.wording.session, families[name])
            else:
                self.say(line, self.wording.session, self.lines, " ")
        self.lines += [f" neighbor {name} timers connect {RETRY}" for name in neighbours(instance)]
        for name, told in instance.families.items():
            for line in sorted(told, key=rank):
                self.say(line, self.wording.session, families[name])
        for name in (name for name, lines in families.items() if lines):
            self.lines += [f" address-family {name} unicast", *(f"  {line}" for line in dict.fromkeys(families[name]))]
            self.lines.append(" exit-address-family")
        self.lines.append("exit")


def in_frr(root: Block, wording: Wording, instances: Callable[[str, Block], Iterator[Instance]]) -> Translation:
    """Return what FRR is told of the configuration."""
    telling = Telling(wording)
    for line, below in root.items():
        if line.startswith("router bgp "):
            for instance in instances(line.split()[2], below):
                telling.instance(instance)
        elif line.startswith("route-map "):
            telling.clause(line, below)
        else:
            telling.outermost(line, below)
    return Translation(text="\n".join(telling.lines) + "\n", left_out=tuple(telling.left_out))


def rewritten(line: str, rewrites: tuple[Rewrite, ...]) -> str | None:
    """Return FRR's line, empty if it needs none, None if it has no word for it."""
    found = (rewrite.applied(line) for rewrite in rewrites)
    return next((one for one in found if one is not None), None)


def neighbours(instance: Instance) -> tuple[str, ...]:
    """Return the addresses of all neighbours, groups left out."""
    found = (re.match(r"neighbor (\S+) (?:remote-as|peer.group \S+)", line) for line in instance.lines)
    return tuple(dict.fromkeys(one[1] for one in found if one and re.search(r"[:.]", one[1])))


def activated_by_default(instance: Instance) -> list[str]:
    """Return the lines that switch IPv4 on for all neighbours, as the vendors do unless they are told not to."""
    if "no bgp default ipv4-unicast" in instance.lines:
        return []
    off = instance.families.get("ipv4", ())
    return [f"neighbor {name} activate" for name in neighbours(instance) if f"no neighbor {name} activate" not in off]


def families_of(line: str, instance: Instance) -> tuple[str, ...]:
    """Return the families for which a neighbour named in `line` is switched on; a network's own; else both."""
    words = line.split()
    if words[0] == "network":
        return ("ipv6",) if ":" in words[1] else ("ipv4",)
    groups = [
        known.split()[-1] for known in instance.lines if re.match(rf"neighbor {re.escape(words[1])} peer.group ", known)
    ]
    names = {words[1], *groups}
    members = {
        known.split()[1]
        for known in instance.lines
        if re.match(r"neighbor \S+ peer.group \S+", known) and known.split()[-1] == words[1]
    }
    switched_on = tuple(
        name
        for name, told in instance.families.items()
        if any(f"neighbor {who} activate" in told for who in names | members)
    )
    return switched_on or tuple(instance.families) or GLOBAL_FAMILIES


def rank(line: str) -> int:
    """Return where a line belongs: FRR wants a group before its members, and a neighbour's AS before all else of it."""
    if re.fullmatch(r"neighbor \S+ peer.group", line):
        return 1
    if re.match(r"neighbor \S+ remote-as ", line):
        return 2 if re.match(r"neighbor [A-Za-z][\w-]*[^:.]* ", line) and ":" not in line else 3
    if re.match(r"neighbor \S+ peer.group ", line):
        return 4
    return 5 if line.startswith("neighbor ") else 0
