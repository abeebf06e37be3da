"""Junos text as a reader sees it: a tree of statements, and what they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

TOKEN: Final = re.compile(r'/\*.*?\*/|"(?P<quoted>[^"\n]*)"|(?P<mark>[{};])|(?P<word>[^\s{};"]+)')


class Unbalanced(AssertionError):
    """A brace opens or closes nothing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with what stands in its braces."""

    words: tuple[str, ...]
    body: tuple["Statement", ...] = ()

    def all_named(self, *words: str) -> Iterator["Statement"]:
        """Yield the statements in the braces that begin so."""
        return (each for each in self.body if each.words[: len(words)] == words)

    def at(self, *path: str) -> "Statement":
        """Return the one statement that is reached by first words; without braces if it is not there."""
        found = self
        for word in path:
            found = next((each for each in found.body if each.words[0] == word), Statement((word,)))
        return found

    def everywhere(self) -> Iterator["Statement"]:
        """Yield every statement in the braces, at any depth."""
        for each in self.body:
            yield each
            yield from each.everywhere()


def junos_tree(text: str) -> Statement:
    """Return the text as one statement without words.

    :raises Unbalanced:
    """
    marks = [token for token in TOKEN.finditer(text) if not token[0].startswith("/*")]
    body, rest = _body(marks, 0, depth=0)
    if rest != len(marks):
        raise Unbalanced(f"a brace too many at {marks[rest].start()}")
    return Statement((), body)


def _body(marks: list[re.Match[str]], at: int, depth: int) -> tuple[tuple[Statement, ...], int]:
    found: list[Statement] = []
    words: list[str] = []
    while at < len(marks):
        mark = marks[at]["mark"]
        at += 1
        if mark == "{":
            inside, at = _body(marks, at, depth + 1)
            found.append(Statement(tuple(words), inside))
            words = []
        elif mark == ";":
            found.append(Statement(tuple(words)))
            words = []
        elif mark == "}":
            if words or not depth:
                raise Unbalanced(f"a brace too many, or no semicolon behind {words}")
            return tuple(found), at
        else:
            words.append(marks[at - 1]["word"] or marks[at - 1]["quoted"] or "")
    if depth or words:
        raise Unbalanced(f"{depth} braces are open at the end, behind {words}")
    return tuple(found), at


def owned_part(text: str) -> Statement:
    """Return the configuration group that Hanse owns."""
    return next(junos_tree(text).at("groups").all_named("replace:", "HANSE"))


def references(group: Statement) -> set[tuple[str, str]]:
    """Return kind and name of all that policies and neighbours name."""
    found: set[tuple[str, str]] = set()
    for each in group.everywhere():
        words: tuple[Any, ...] = each.words[1:] if each.words[0] == "from" else each.words
        match words:
            case ("policy" | "import" | "export", name):
                found.add(("policy-statement", name))
            case ("prefix-list-filter", name, _):
                found.add(("prefix-list", name))
            case ("prefix-list" | "as-path" | "as-path-group" as kind, name) if not each.body:
                found.add((kind, name))
            case ("community", "add" | "delete", name):
                found.add(("community", name))
            case ("community", *names) if "members" not in names:
                found |= {("community", name) for name in names if name not in {"[", "]"}}
    return found
