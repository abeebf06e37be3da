"""The reference of templates as blocks that a page shows: headings, paragraphs, lists and tables of its Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

CODE: Final = re.compile(r"`([^`]+)`")
LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
CELLS: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. `level` is that of a heading, 0 for all else; a table has `head` and `rows`, a list `rows` of one."""

    level: int = 0
    text: str = ""
    head: tuple[SafeString, ...] = ()
    rows: tuple[tuple[SafeString, ...], ...] = ()


def blocks_of(markdown: str) -> Iterator[Block]:
    """Yield the blocks of a page without its title."""
    for part in re.split(r"\n\n+", markdown.strip()):
        lines = part.splitlines()
        heading = re.match(r"(#+) (.*)", part)
        if heading and len(heading[1]) > 1:
            yield Block(level=len(heading[1]), text=_shown(heading[2]))
        elif lines[0].startswith("| "):
            head, _, *rows = (_cells(line) for line in lines)
            yield Block(head=head, rows=tuple(rows))
        elif lines[0].startswith("- "):
            yield Block(rows=tuple((_shown(line.removeprefix("- ")),) for line in lines))
        elif not heading:
            yield Block(text=_shown(" ".join(lines)))


def _cells(line: str) -> tuple[SafeString, ...]:
    return tuple(_shown(cell.strip().replace(r"\|", "|")) for cell in CELLS.split(line)[1:-1])


def _shown(text: str) -> SafeString:
    """Return a text with its code marked, everything else to the letter."""
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(LINK.sub(r"\1", text))))
