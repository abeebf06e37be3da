"""A model of a router with a command line: what becomes of its configuration when lines are merged into it.

It goes by modes and not by indentation, as NAPALM's drivers send lines, and it is strict: it refuses what a real router
would refuse or what would do harm on the way, and says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hanse.devices.napalm.owned.tree import Line

COMMON: Final = r"router bgp \d+|route-map \S+ (permit|deny) \d+|address-family .+|interface \S+"
ENTERS: Final = {
    "eos": rf"{COMMON}|(ip|ipv6) prefix-list \S+|vrf \S+",
    "ios": rf"{COMMON}|template peer-policy \S+|vrf definition \S+",
    "nxos": rf"{COMMON}|vrf (context )?\S+|neighbor [\d.a-f:]+|template peer \S+",
    "iosxr": rf"{COMMON}|router static|vrf \S+|neighbor [\d.a-f:]+|neighbor-group \S+",
}
TOP: Final = r"(no )?((router|ip|ipv6|interface|\S+-set) .*|route-map \S+( (permit|deny) \d+)?|route-policy \S+)"
PIECE: Final = r"(prefix-set|as-path-set|community-set|large-community-set|route-policy) (?P<name>\S+)"
# What there is once of: the newer takes the place of the older.
ONCE: Final = (
    r"(neighbor \S+ (?:remote-as|description|password|timers|ebgp-multihop|maximum-\S+|update-source|local-as)) .*",
    r"(neighbor \S+ (?:peer group|peer-group)) \S+",
    r"(neighbor \S+) (route-map) \S+ (in|out)",
    r"(remote-as|description|password|timers|ebgp-multihop|maximum-prefix|update-source|local-as) .*",
    r"(inherit peer|use neighbor-group|router-id|bgp router-id|bgp cluster-id) .*",
    r"(route-map|route-policy) \S+ (in|out)",
    r"(set (?:local-preference|metric|as-path prepend)) .*",
    r"(network \S+(?: mask \S+)?).*",
)
# What a router shows with a `no` before it, and which of these are so without a word.
SHOWN_NEGATED: Final = r"neighbor \S+ (activate|enforce-first-as)|(bgp )?(enforce-first-as|default ipv4-unicast)"
BY_DEFAULT: Final = r"(neighbor \S+ |bgp )?enforce-first-as|bgp default ipv4-unicast"
LINE_BY_LINE: Final = frozenset({"ios", "nxos"})


class Refused(AssertionError):
    """A real router would refuse the line, or it would do harm."""


@dataclass
class Node:
    """One line and what is in its block."""

    text: str
    below: list["Node"] = field(default_factory=list)
    end: str = ""

    def walk(self) -> Iterator["Node"]:
        for node in self.below:
            yield node
            yield from node.walk()


def _node(line: Line) -> Node:
    return Node(text=line.text, below=[_node(inner) for inner in line.below], end=line.end)


@dataclass
class CliRouter:
    """A router of `platform` with its running configuration."""

    platform: str
    root: Node = field(default_factory=lambda: Node(text=""))

    @classmethod
    def running(cls, platform: str, lines: tuple[Line, ...]) -> "CliRouter":
        """Return a router that runs these lines."""
        return cls(platform=platform, root=Node(text="", below=[_node(line) for line in lines]))

    def load(self, lines: str) -> "CliRouter":
        """Merge `lines`, one after the other."""
        modes = [self.root]
        rows = iter(lines.splitlines())
        for row in rows:
            line = row.strip()
            if line.startswith("exit"):
                modes.pop()
                assert modes, "more modes were left than entered"
            elif line and line != "end" and not line.startswith("!"):
                modes = self._taken(line, self._modes_for(line, modes), rows)
        return self

    def _taken(self, line: str, modes: list[Node], rows: Iterator[str]) -> list[Node]:
        """Do what the line says; return the modes after it."""
        if re.fullmatch(PIECE, line):
            self._piece(line, rows)
        elif re.fullmatch(ENTERS[self.platform], line):
            return [*modes, self._entered(line, modes[-1])]
        elif line.startswith("no "):
            self._no(line.removeprefix("no "), modes[-1])
        else:
            self._say(line, modes)
        if not re.fullmatch(r"(neighbor \S+ )?remote-as .*|neighbor \S+", line):  # the next word switches it off
            self._insist_on_policies()
        return modes

    def text(self) -> str:
        """Return the running configuration as the router shows it."""
        return "".join(self._rows(self.root, 0))

    def _modes_for(self, line: str, modes: list[Node]) -> list[Node]:
        """Return the modes to take `line` in: what belongs to no block ends them all."""
        is_route = re.fullmatch(r"(no )?(ip|ipv6) route .*", line) and modes[-1].text.startswith("vrf context")
        return modes[:1] if re.fullmatch(TOP, line) and not is_route else modes

    def _entered(self, line: str, block: Node) -> Node:
        found = next((node for node in block.below if node.text == line), None)
        clause = re.fullmatch(r"(route-map \S+) \S+ (\d+)", line)
        if found is None and clause:
            found = next((n for n in block.below if re.fullmatch(rf"{clause[1]} \S+ {clause[2]}", n.text)), None)
            if found:
                found.text = line
        if found is None:
            found = Node(text=line)
            block.below.append(found)
        return found

    def _piece(self, line: str, rows: Iterator[str]) -> None:
        body: list[Node] = []
        for row in rows:
            if row.strip().startswith("end-"):
                self.root.below = [node for node in self.root.below if node.text != line]
                self.root.below.append(Node(text=line, below=body, end=row.strip()))
                return
            body.append(Node(text=row.strip()))
        raise Refused(f"{line} has no end")

    def _say(self, line: str, modes: list[Node]) -> None:
        block = modes[-1]
        self._insist_on_defined(line)
        block.below = [node for node in block.below if node.text != f"no {line}"]
        if re.fullmatch(BY_DEFAULT, line):
            return
        seq = re.fullmatch(r"(.* seq \d+) .*", line)
        for pattern in ONCE:
            once = re.fullmatch(pattern, line)
            if once:
                older = [n for n in block.below if (m := re.fullmatch(pattern, n.text)) and m.groups() == once.groups()]
                if older and "peer-group" in line and older[0].text != line:
                    raise Refused(f"{line}: belongs to another peer group")
                block.below = [node for node in block.below if node not in older]
        if seq and any(n.text.startswith(f"{seq[1]} ") and n.text != line for n in block.below):
            raise Refused(f"{line}: the number is taken")
        if all(node.text != line for node in block.below):
            block.below.append(Node(text=line))

    def _no(self, said: str, block: Node) -> None:
        group = re.fullmatch(r"(neighbor HANSE\S*) peer[- ]group", said)
        peer = re.fullmatch(r"neighbor \S+", said)
        if group or peer:
            words = group[1] if group else said
            if group and any(re.search(rf"peer[- ]group {words.split()[1]}$", n.text) for n in self.root.walk()):
                raise Refused(f"no {said}: it has members")
            if not self._drop(words, block, deep=True):
                raise Refused(f"no {said}: there is none")
            return
        if re.fullmatch(SHOWN_NEGATED, said):
            self._drop(said, block)
            block.below.append(Node(text=f"no {said}"))
            return
        if not self._drop(said, block):
            raise Refused(f"no {said}: there is none")
        self._insist_on_unused(said)

    def _drop(self, said: str, block: Node, *, deep: bool = False) -> bool:
        gone = (said, f"no {said}") if deep else (said,)
        left = [node for node in block.below if not any(f"{node.text} ".startswith(f"{one} ") for one in gone)]
        dropped = len(left) < len(block.below)
        block.below = left
        if deep:
            for node in left:
                if node.text.startswith("address-family") and "vrf" not in node.text:
                    self._drop(said, node, deep=True)
        return dropped

    def _insist_on_defined(self, line: str) -> None:
        if self.platform not in LINE_BY_LINE:
            return
        uses = re.fullmatch(r"(?:neighbor \S+ )?route-map (\S+) (in|out)", line)
        if uses and not any(n.text.startswith(f"route-map {uses[1]} ") for n in self.root.below):
            raise Refused(f"{line}: there is no such route map")
        lists = re.fullmatch(r"match ip address prefix-list (\S+)", line)
        if lists and not any(n.text.startswith(f"ip prefix-list {lists[1]} ") for n in self.root.below):
            raise Refused(f"{line}: there is no such list")

    def _insist_on_unused(self, said: str) -> None:
        gone = re.match(r"(route-map|ip prefix-list|neighbor-group|template peer) (\S+)", said)
        if not gone or any(f"{node.text} ".startswith(f"{gone[0]} ") for node in self.root.walk()):
            return
        users = [node.text for node in self.root.walk() if re.search(rf"\s{gone[2]}(\s|$)", node.text)]
        if users:
            raise Refused(f"no {said}: {users[0]} uses it")

    def _insist_on_policies(self) -> None:
        """Refuse a state in which a neighbour talks without policies both ways: RFC 8212."""
        if self.platform not in LINE_BY_LINE:
            return
        for node in self.root.walk():
            if node.text.startswith(("router bgp", "vrf ", "address-family ipv4 vrf")):
                self._insist_on_policies_in(node)

    def _insist_on_policies_in(self, scope: Node) -> None:
        families = [node for node in scope.below if node.text.startswith("address-family")]
        by_peer: dict[str, set[str]] = {}
        for node in [*scope.below, *(inner for family in families for inner in family.below)]:
            flat = re.fullmatch(r"neighbor ([\dA-F]\S+) (.*)", node.text)
            block = re.fullmatch(r"neighbor ([\da-f]\S+)", node.text)
            if flat:
                by_peer.setdefault(flat[1], set()).add(flat[2])
            elif block:
                by_peer[block[1]] = {inner.text for inner in node.walk()}
        for peer, said in by_peer.items():
            self._insist_on_both(peer, said)

    def _insist_on_both(self, peer: str, said: set[str]) -> None:
        ways = {text.split()[-1] for text in said if text.startswith("route-map ")}
        is_internal = "remote-as 64500" in said or any("-INTERNAL-" in text or "-CLIENT-" in text for text in said)
        if "shutdown" not in said and ways != {"in", "out"} and not is_internal and "remote-as" in " ".join(said):
            raise Refused(f"{peer} talks without policies")

    def _rows(self, node: Node, depth: int) -> Iterator[str]:
        for inner in node.below:
            yield f"{'  ' * depth}{inner.text}\n"
            yield from self._rows(inner, depth + 1)
            if inner.end:
                yield f"{'  ' * depth}{inner.end}\n"
