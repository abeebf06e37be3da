"""The BGP sessions of a Junos configuration in FRR's words.

Policies are not translated: a direction with a policy takes or tells everything.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from hanse_lab.vendor.into_frr import ALWAYS, RETRY, Translation
from hanse_lab.vendor.junos_tree import inherited
from hanse_lab.vendor.tree import Block

FAMILIES: Final = {"inet": "ipv4", "inet6": "ipv6"}
PERMIT: Final = ("route-map ANYTHING permit 10", "exit")


def in_frr(root: Block) -> Translation:
    """Return what FRR is told of the configuration."""
    whole = inherited(root)
    options = whole.get("routing-options", {})
    asn = value(options, "autonomous-system").split()[0] if value(options, "autonomous-system") else ""
    lines = list(PERMIT)
    for vrf, part in (("", whole), *instances_of(whole)):
        bgp = part.get("protocols", {}).get("bgp", {})
        own = value(part.get("routing-options", {}), "autonomous-system") or asn
        if bgp and own:
            lines += table(own, vrf, bgp, part.get("routing-options", {}))
    return Translation(text="\n".join(lines) + "\n", left_out=())


def instances_of(whole: Block) -> Iterator[tuple[str, Block]]:
    """Return the routing instances."""
    yield from whole.get("routing-instances", {}).items()


def value(block: Block, word: str) -> str:
    """Return what stands behind `word` in a leaf; empty if there is none."""
    return next((line.rstrip(";").partition(" ")[2].strip('"') for line in block if line.startswith(f"{word} ")), "")


def has(block: Block, word: str) -> bool:
    """Say whether a statement begins with `word`."""
    return any(re.match(rf"{re.escape(word)}[ ;]|{re.escape(word)}$", line) for line in block)


def table(asn: str, vrf: str, bgp: Block, options: Block) -> list[str]:
    """Return `router bgp` for one table."""
    lines = [f"router bgp {asn}{f' vrf {vrf}' if vrf else ''}", *ALWAYS]
    if value(options, "router-id"):
        lines.append(f" bgp router-id {value(options, 'router-id')}")
    families: dict[str, list[str]] = {"ipv4": [], "ipv6": []}
    for group, members in bgp.items():
        if not group.startswith("group "):
            continue
        for name, own in members.items():
            if name.startswith("neighbor "):
                neighbour(name.rstrip(";").split()[1], asn, (own, members, bgp), lines, families)
    for family, told in ((family, told) for family, told in families.items() if told):
        lines += [f" address-family {family} unicast", *(f"  {line}" for line in told), " exit-address-family"]
    return [*lines, "exit"]


# A statement of a neighbour, and FRR's word before the same value.
PLAIN: Final = (
    ("description", "description"),
    ("authentication-key", "password"),
    ("local-address", "update-source"),
)


def neighbour(
    address: str, asn: str, levels: tuple[Block, ...], lines: list[str], families: Mapping[str, list[str]]
) -> None:
    """Add one neighbour; what its own statements do not say, its group says, then BGP as a whole."""
    internal = first(levels, "type") == "internal"
    peer = asn if internal else first(levels, "peer-as")
    if not peer:
        return
    start = f" neighbor {address}"
    lines += [f"{start} remote-as {peer}", f"{start} timers connect {RETRY}"]
    lines += [f"{start} {into} {first(levels, word)}" for word, into in PLAIN if first(levels, word)]
    lines += [f"{start} {words}" for words in special(asn, levels, internal=internal)]
    for family in families_of(address, levels):
        families[family].append(f"neighbor {address} activate")
        families[family] += [
            f"neighbor {address} route-map ANYTHING {way}"
            for word, way in (("import", "in"), ("export", "out"))
            if first(levels, word)
        ]


def first(levels: tuple[Block, ...], word: str) -> str:
    """Return the value that the innermost level gives; empty if none does."""
    return next((found for level in levels if (found := value(level, word))), "")


def special(asn: str, levels: tuple[Block, ...], *, internal: bool) -> Iterator[str]:
    """Return what is not said by one word and its value."""
    if hold := first(levels, "hold-time"):
        yield f"timers {max(1, int(hold) // 3)} {hold}"
    if (local := first(levels, "local-as").split()) and local[0] != asn:
        yield f"local-as {local[0]} no-prepend replace-as"
    if any(has(level, "passive") for level in levels):
        yield "passive"
    if any(has(level, "multihop") for level in levels) and not internal:
        hops = next((value(level["multihop"], "ttl") for level in levels if "multihop" in level), "")
        yield f"ebgp-multihop {hops or 64}"


def families_of(address: str, levels: tuple[Block, ...]) -> tuple[str, ...]:
    """Return the families of a neighbour: those that are named, or that of its address."""
    for level in levels:
        named = tuple(into for word, into in FAMILIES.items() if f"family {word}" in level)
        if named:
            return named
    return ("ipv6",) if ":" in address else ("ipv4",)
