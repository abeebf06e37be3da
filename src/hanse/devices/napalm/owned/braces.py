"""A Junos configuration as a tree of statements, each with its place in the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

TOKEN: Final = re.compile(r'/\*.*?\*/|#[^\n]*|"(?:\\.|[^"\\])*"|[{};\[\]]|[^\s{};\[\]"#]+|"', re.DOTALL)
TAGS: Final = frozenset({"replace:", "delete:", "protect:"})
# Whose statements are gone through in order; elsewhere order says nothing.
ORDERED: Final = re.compile(r"(inactive: )?(policy-statement \S+|as-path-group \S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`words ;` or `words { below }`. `tag` says how it is loaded, `value` where its last word stands in the text."""

    words: tuple[str, ...]
    below: tuple["Statement", ...] = ()
    is_block: bool = False
    tag: str = ""
    value: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def head(self) -> str:
        """Return its words as Junos prints them, without tags."""
        return " ".join(self.words)


class NotJunos(ValueError):
    """The text is no Junos configuration in braces."""


def parse(text: str) -> tuple[Statement, ...]:
    """Return the statements of `text`, without comments and annotations.

    :raises NotJunos: its braces do not match
    """
    reading = _Reading(tokens=tuple(_tokens(text)))
    statements = reading.level()
    if reading.at < len(reading.tokens):
        raise NotJunos("a brace is closed that was never opened")
    return statements


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return (token for token in TOKEN.finditer(text) if not token[0].startswith(("/*", "#")))


@dataclass(slots=True, kw_only=True)
class _Reading:
    tokens: tuple[re.Match[str], ...]
    at: int = 0

    def level(self) -> tuple[Statement, ...]:
        """Return the statements up to the brace that closes this level."""
        found = []
        words: list[re.Match[str]] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] != "}":
            token = self.tokens[self.at]
            self.at += 1
            if token[0] == "{":
                found.append(_statement(words, self.level(), is_block=True))
                self._close()
                words = []
            elif token[0] == ";":
                if words:
                    found.append(_statement(words, ()))
                words = []
            else:
                words.append(token)
        if words:
            raise NotJunos(f"{words[0][0]!r} has no end")
        return tuple(found)

    def _close(self) -> None:
        if self.at >= len(self.tokens):
            raise NotJunos("a brace is not closed")
        self.at += 1


def _statement(words: list[re.Match[str]], below: tuple[Statement, ...], *, is_block: bool = False) -> Statement:
    tag = words[0][0] if words and words[0][0] in TAGS else ""
    said = words[1:] if tag else words
    return Statement(
        words=tuple(_plain(word[0]) for word in said),
        below=below,
        is_block=is_block,
        tag=tag,
        value=said[-1].span() if said else (0, 0),
    )


def _plain(word: str) -> str:
    """Return a word without quotes that it does not need."""
    inner = word[1:-1]
    needs_none = len(word) > 2 and word.startswith('"') and re.fullmatch(r"[\w./:@()$+*-]+", inner)
    return inner if needs_none else word


def meaning(statements: Iterable[Statement], *, ordered: bool = False) -> str:
    """Return what two configurations that say the same have in common."""
    said = [
        f"{one.head}\x1e{meaning(one.below, ordered=ORDERED.fullmatch(one.head) is not None)}\x1f"
        for one in _joined(statements)
    ]
    return "".join(said if ordered else sorted(said))


def _joined(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield each statement; `{ a b; }` without anything below, and words in brackets of one, are the plain form."""
    for one in statements:
        words = one.words
        if "[" in words and words.index("]") - words.index("[") == 2:
            words = tuple(word for word in words if word not in {"[", "]"})
        yield Statement(words=words, below=one.below, is_block=one.is_block)


def written(statements: Iterable[Statement], depth: int = 0) -> str:
    """Return statements as Junos prints them."""
    text = ""
    margin = "    " * depth
    for one in statements:
        tag = f"{one.tag} " if one.tag else ""
        if one.is_block:
            text += f"{margin}{tag}{one.head} {{\n{written(one.below, depth + 1)}{margin}}}\n"
        else:
            text += f"{margin}{tag}{one.head};\n"
    return text
