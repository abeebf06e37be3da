"""A configuration as command lines with lines below them, typed line by line: what a router with modes does with text.

What is valid where, which line replaces which, and which line opens a mode is a table a platform (`Grammar`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

Block = dict[str, "Block"]  # a line -> the lines below it, in the order in which they are shown
NEGATIONS: Final = ("no ", "default ")


class NotUnderstood(Exception):
    """The router refuses a line; `line` is as it was typed."""

    def __init__(self, line: str) -> None:
        super().__init__(f"Invalid input: {line}")
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """What may stand below one kind of line."""

    takes: tuple[str, ...]  # patterns of the lines that are valid here
    opens: Mapping[str, str] = field(default_factory=dict)  # pattern of a line -> the mode that it opens
    negative: tuple[str, ...] = ()  # patterns of lines whose `no` is itself shown: the router does it by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The command language of one platform, as far as its local router knows it."""

    modes: Mapping[str, Mode]  # "" is the outermost
    single: tuple[str, ...]  # patterns: lines of the same key replace each other, see `key_of`
    switched_off: str  # the line without which every neighbour speaks IPv4; with it, `no ... activate` is not shown
    indent: int  # blanks a level
    leaves: frozenset[str] = frozenset({"exit"})  # lines that leave a mode
    dies_with: Mapping[str, str] = field(default_factory=dict)  # pattern negated -> what goes altogether
    apart: tuple[str, ...] = ()  # patterns of blocks that `no neighbor X` outside of them does not reach


def key_of(line: str, grammar: Grammar) -> str:
    """Return what is the same for two lines that replace each other: a pattern's groups, or all that it matches."""
    for pattern in grammar.single:
        if found := re.match(pattern, line):
            return " ".join(found.groups()) or found[0]
    return line


@dataclass(slots=True)
class Terminal:
    """Somebody typing into a configuration: where they stand, and what they change."""

    root: Block
    grammar: Grammar
    stack: list[tuple[str, Block]] = field(default_factory=list)  # modes that are open, the innermost last

    def type(self, line: str) -> None:
        """Take one line.

        :raises NotUnderstood:
        """
        plain = " ".join(line.split())
        if not plain or plain.startswith("!"):
            return
        if plain == "end":
            self.stack.clear()
        elif plain in self.grammar.leaves:
            del self.stack[-1:]
        else:
            negated, bare = bare_line(plain)
            mode = self._mode_for(bare, line)
            block = self.stack[-1][1] if self.stack else self.root
            if negated:
                self._remove(block, bare, mode)
            else:
                self._put(block, bare, mode)

    def _mode_for(self, bare: str, line: str) -> Mode:
        """Leave modes until the line is valid, as a router does, and return the one it is valid in."""
        for depth in range(len(self.stack), -1, -1):
            mode = self.grammar.modes[self.stack[depth - 1][0] if depth else ""]
            if any(re.match(pattern, bare) for pattern in (*mode.takes, *mode.opens)):
                del self.stack[depth:]
                return mode
        raise NotUnderstood(line)

    def _put(self, block: Block, bare: str, mode: Mode) -> None:
        block.pop(f"no {bare}", None)
        key = key_of(bare, self.grammar)
        opened = next((name for pattern, name in mode.opens.items() if re.match(pattern, bare)), None)
        if opened is not None:
            self.stack.append((opened, block.setdefault(bare, {})))
        else:
            replaced = next((old for old in block if key_of(old, self.grammar) == key), bare)
            put_in_place(block, replaced, bare)

    def _remove(self, block: Block, bare: str, mode: Mode) -> None:
        for pattern, whole in self.grammar.dies_with.items():
            if found := re.match(pattern, bare):
                bare = found.expand(whole)
        remove_lines(block, bare, self.grammar)
        if any(re.match(pattern, bare) for pattern in mode.negative) and not self._is_off_by_itself(bare):
            block[f"no {bare}"] = {}

    def _is_off_by_itself(self, bare: str) -> bool:
        return bare.endswith(" activate") and any(self.grammar.switched_off in block for _, block in self.stack)


def bare_line(plain: str) -> tuple[bool, str]:
    """Return whether the line takes something away, and what."""
    for word in NEGATIONS:
        if plain.startswith(word):
            return True, plain.removeprefix(word)
    return False, plain


def put_in_place(block: Block, old: str, new: str) -> None:
    """Put `new` where `old` stands, or last."""
    if old in block and old != new:
        lines = [(new, {}) if line == old else (line, below) for line, below in block.items()]
        block.clear()
        block.update(lines)
    else:
        block.setdefault(new, {})


def remove_lines(block: Block, bare: str, grammar: Grammar) -> None:
    """Remove what `no BARE` removes: the line, those that begin with it, and a neighbour below them as well."""
    for line in [line for line in block if is_meant(line, bare, grammar)]:
        del block[line]
    if re.fullmatch(r"neighbor \S+", bare):
        for line, below in block.items():
            if not any(re.match(pattern, line) for pattern in grammar.apart):
                remove_lines(below, bare, grammar)


def is_meant(line: str, bare: str, grammar: Grammar) -> bool:
    """Say whether `no BARE` removes the line."""
    bare_of_line = line.removeprefix("no ")
    if line != bare_of_line and re.fullmatch(r"neighbor \S+", bare) is None:
        return line == f"no {bare}"
    return bare_of_line == bare or bare_of_line.startswith(f"{bare} ")


def typed(text: str, grammar: Grammar, onto: Block | None = None) -> Block:
    """Return the configuration that typing `text` makes of `onto`, which stays as it is.

    :raises NotUnderstood:
    """
    terminal = Terminal(copied(onto or {}), grammar)
    for line in text.splitlines():
        terminal.type(line)
    return terminal.root


def copied(block: Block) -> Block:
    """Return the block with nothing shared."""
    return {line: copied(below) for line, below in block.items()}


def shown(block: Block, grammar: Grammar, depth: int = 0) -> Iterator[str]:
    """Return the lines as the router shows them."""
    for line, below in ordered(block) if depth else block.items():
        yield " " * (grammar.indent * depth) + line
        yield from shown(below, grammar, depth + 1)


def ordered(block: Block) -> list[tuple[str, Block]]:
    """Return the lines as a router shows them: entries by number; others as given, those with lines below last."""
    if all_numbered(block):
        return sorted(block.items(), key=lambda item: entry_number(item[0]))
    return sorted(block.items(), key=lambda item: (not item[0].startswith("template "), bool(item[1])))


def all_numbered(block: Block) -> bool:
    """Say whether all lines are entries of a list."""
    return bool(block) and all(re.match(r"seq \d+ ", line) for line in block)


def entry_number(line: str) -> int:
    """Return the number of an entry: `seq 10 permit ...`."""
    return int(line.split()[1])
