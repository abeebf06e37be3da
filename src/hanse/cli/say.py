"""What the commands print: one JSON document with `--json`, else lines; progress goes to stderr."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


class Exit(IntEnum):
    """What a command's exit code means."""

    FINE = 0  # nothing to do, or all done
    BUG = 1  # ours: a traceback is on stderr
    WANTED = 2  # mend what is wanted
    OUTSIDE = 3  # the world failed
    CHANGES = 10  # there is something to apply


def tell(args: Namespace, document: Any, lines: Iterable[str | Table]) -> None:
    """Print `document` as JSON if that was asked for, else `lines`."""
    if args.json:
        print(json.dumps(document, indent=2, ensure_ascii=False, default=str))
        return
    console = Console(soft_wrap=True, highlight=False, markup=False, emoji=False, width=width())
    for line in lines:
        console.print(line)


def width() -> int | None:
    """Return the width for tables: the terminal's, and wide where there is none, so that nothing is cut."""
    return None if sys.stdout.isatty() else 200


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a plain table. What stands in the cells is shown to the letter."""
    made = Table(*heads, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for row in rows:
        made.add_row(*(Text(str(cell)) for cell in row))
    return made


def sentence(text: str) -> None:
    """Print one sentence on stderr."""
    print(text, file=sys.stderr)
