"""Jobs as commands show them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.table import Table

from hanse.cli.say import table
from hanse.cli.times import clock_time

FIELDS: Final = ("pk", "kind", "device", "state", "who", "progress", "created_at", "started_at", "ended_at")
HEADS: Final = ("job", "kind", "router", "state", "asked for", "by", "")


def job_table(rows: Sequence[Mapping[str, Any]]) -> Table | str:
    """Return one line a job."""
    if not rows:
        return "No jobs."
    return table(HEADS, [_cells(row) for row in rows])


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    when = clock_time(row["created_at"])
    return (row["pk"], row["kind"], row["device"], row["state"], when, row["who"], row["progress"])


def job_tree(job: object) -> dict[str, Any]:
    """Return all there is to say about one job, read from its row."""
    return {name: getattr(job, name) for name in (*FIELDS, "arguments", "result", "log")}


def job_lines(tree: Mapping[str, Any]) -> list[str]:
    """Return it as lines, the log last."""
    known = [f"{name}: {value}" for name, value in tree.items() if name != "log" and value not in (None, "", {})]
    return [*known, *(["", tree["log"].rstrip()] if tree["log"] else [])]
