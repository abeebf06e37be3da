"""A table on standard output."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table


def show(title: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Print `rows` under `head`."""
    table = Table(*head, title=title)
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
