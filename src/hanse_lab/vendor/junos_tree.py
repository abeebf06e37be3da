"""Junos configuration text: statements in braces, loaded with `replace:`, `delete:` and `inactive:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hanse_lab.vendor.tree import Block, copied

TOKEN: Final = re.compile(r'/\*.*?\*/|##?[^\n]*|"(?:[^"\\]|\\.)*"|[{};\[\]]|[^\s{};\[\]"]+', re.DOTALL)
TAGS: Final = frozenset({"replace:", "delete:", "inactive:", "active:", "protect:"})
OFF: Final = "inactive: "
# Statements that hold one value: another one replaces it. All other statements stand beside each other.
SINGLE: Final = frozenset(
    (
        "authentication-key",
        "autonomous-system",
        "cluster",
        "description",
        "export",
        "hold-time",
        "host-name",
        "import",
        "instance-type",
        "local-address",
        "local-as",
        "local-preference",
        "maximum",
        "metric",
        "multiplier",
        "peer-as",
        "minimum-interval",
        "minimum-receive-interval",
        "route-distinguisher",
        "router-id",
        "ttl",
        "type",
        "vrf-target",
    )
)
HIERARCHIES: Final = frozenset(
    (
        "apply-groups",
        "chassis",
        "class-of-service",
        "event-options",
        "firewall",
        "forwarding-options",
        "groups",
        "interfaces",
        "policy-options",
        "protocols",
        "routing-instances",
        "routing-options",
        "security",
        "services",
        "snmp",
        "system",
        "version",
        "vlans",
    )
)


class NotJunos(Exception):
    """The text is no Junos configuration; the words say where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement: a leaf, or a container of others."""

    tag: str  # empty, or one of TAGS
    words: str
    below: tuple["Statement", ...] | None  # None: a leaf


def statements(text: str) -> tuple[Statement, ...]:
    """Return the statements of a text.

    :raises NotJunos:
    """
    tokens = [token for token in TOKEN.findall(text) if not token.startswith(("/*", "#"))]
    found, rest = _read(tokens, 0)
    if rest != len(tokens):
        raise NotJunos("syntax error: a closing brace too many")
    if strange := [one.words for one in found if one.words.split()[0] not in HIERARCHIES]:
        raise NotJunos(f"syntax error: {strange[0]}")
    return found


def _read(tokens: list[str], position: int) -> tuple[tuple[Statement, ...], int]:
    found = []
    words: list[str] = []
    while position < len(tokens) and tokens[position] != "}":
        token = tokens[position]
        position += 1
        if token == ";" and words:
            found.append(_statement(words, None))
            words = []
        elif token == "{" and words:
            below, position = _read(tokens, position)
            if position >= len(tokens):
                raise NotJunos(f"syntax error: {' '.join(words)} is not closed")
            position += 1
            found.append(_statement(words, below))
            words = []
        elif token not in {";", "{"}:
            words.append(token)
        else:
            raise NotJunos(f"syntax error: {token} without a statement")
    if words:
        raise NotJunos(f"syntax error: {' '.join(words)}")
    return tuple(found), position


def _statement(words: list[str], below: tuple[Statement, ...] | None) -> Statement:
    tag = words[0] if words[0] in TAGS else ""
    rest = words[1:] if tag else words
    if not rest:
        raise NotJunos(f"syntax error: {tag} without a statement")
    return Statement(tag=tag, words=" ".join(rest), below=below)


def loaded(text: str, onto: Block) -> Block:
    """Return what loading `text` makes of a configuration, which stays as it is.

    :raises NotJunos:
    """
    block = copied(onto)
    _merge(block, statements(text))
    return block


def _merge(block: Block, found: tuple[Statement, ...]) -> None:
    for one in found:
        line = one.words if one.below is not None else f"{one.words};"
        if one.tag in {"delete:", "replace:"}:
            _drop(block, one.words)
        if one.tag == "delete:":
            continue
        shown_line = f"{OFF}{line}" if one.tag == "inactive:" else line
        if one.below is None:
            _put_leaf(block, shown_line, one.words)
            continue
        other = line if one.tag == "inactive:" else f"{OFF}{line}"
        if other in block:  # switched on or off, its content kept
            renamed = {(shown_line if name == other else name): below for name, below in block.items()}
            block.clear()
            block.update(renamed)
        _merge(block.setdefault(shown_line, {}), one.below)


def _put_leaf(block: Block, line: str, words: str) -> None:
    first = words.split(maxsplit=1)[0]
    if first in SINGLE:
        for old in [old for old in block if old.split()[0].rstrip(";") == first]:
            del block[old]
    block[line] = {}


def _drop(block: Block, words: str) -> None:
    for name in (words, f"{words};", f"{OFF}{words}"):
        block.pop(name, None)


def shown(block: Block, depth: int = 0) -> Iterator[str]:
    """Return the configuration as Junos shows it."""
    pad = "    " * depth
    for line, below in block.items():
        if line.endswith(";"):
            secret = " ## SECRET-DATA" if line.startswith("authentication-key ") else ""
            yield f"{pad}{line}{secret}"
        else:
            yield f"{pad}{line} {{"
            yield from shown(below, depth + 1)
            yield f"{pad}}}"


def difference(before: Block, now: Block, path: str = "[edit]") -> Iterator[str]:
    """Return the difference as `show | compare` prints it: what is new with `+`, what is gone with `-`, by place."""
    gone = {line: below for line, below in before.items() if line not in now}
    new = {line: below for line, below in now.items() if line not in before}
    if gone or new:
        yield path
        yield from (f"-   {line}" for line in shown(gone))
        yield from (f"+   {line}" for line in shown(new))
    for line in before:
        if line in now:
            yield from difference(before[line], now[line], f"{path[:-1]} {line}]")


def inherited(root: Block) -> Block:
    """Return the configuration with the applied groups in it: what stands there by hand comes first."""
    applied = [word for line in root if line.startswith("apply-groups ") for word in line.rstrip(";").split()[1:]]
    groups = root.get("groups", {})
    whole = {line: copied(below) for line, below in root.items() if line != "groups"}
    for name in applied:
        _inherit(whole, groups.get(name.strip("[]"), {}))
    return whole


def _inherit(block: Block, group: Block) -> None:
    for line, below in group.items():
        if line.endswith(";"):
            first = line.split()[0].rstrip(";")
            if not (first in SINGLE and any(mine.split()[0].rstrip(";") == first for mine in block)):
                block.setdefault(line, {})
        else:
            _inherit(block.setdefault(line, {}), below)
