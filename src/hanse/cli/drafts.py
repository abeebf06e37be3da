"""Drafts and change sets as people and programs read them."""

from collections.abc import Iterable, Iterator
from typing import Any

from hanse.actions.drafts import title_of
from hanse.actions.previewing import Preview
from hanse.cli.differences import change_lines, change_tree
from hanse.cli.times import clock_time
from hanse.store.audit import ObjectChange


def draft_tree(row: Any) -> dict[str, Any]:
    """Return a draft for `--json`."""
    return {
        "draft": row.pk,
        "title": row.title,
        "state": row.state,
        "by": row.who,
        "changed_at": row.changed_at.isoformat(),
        "change_set": row.change_set_id,
        "undoes": row.undoes_id,
    }


def draft_row(row: Any) -> tuple[object, ...]:
    """Return a draft as a row of a table."""
    return row.pk, row.title or "(untitled)", row.state, row.who, clock_time(row.changed_at)


def change_set_tree(row: Any) -> dict[str, Any]:
    """Return a change set for `--json`."""
    return {
        "change_set": row.pk,
        "title": row.title,
        "by": row.who,
        "door": row.door,
        "at": row.at.isoformat(),
        "undoes": row.undoes_id,
    }


def change_set_row(row: Any) -> tuple[object, ...]:
    """Return a change set as a row of a table."""
    return row.pk, row.title, row.who, row.door, clock_time(row.at)


def shown_lines(title: str, changes: tuple[ObjectChange, ...]) -> list[str]:
    """Return what a draft or a change set holds."""
    return [title or title_of(changes), *change_lines(changes)]


def preview_tree(found: Preview) -> dict[str, Any]:
    """Return a preview for `--json`."""
    return {
        "can_be_taken": found.can_be_taken,
        "changes": change_tree(found.changes),
        "problems": [{"path": list(one.path), "sentence": one.sentence} for one in found.problems],
        "conflicts": [
            {"kind": one.kind, "name": one.name, "base": one.base, "mine": one.mine, "theirs": one.theirs}
            | {"merged": one.merged}
            for one in found.conflicts
        ],
        "routers": [
            {"node": one.node, "lines_added": one.added, "lines_removed": one.removed}
            | {"diff": one.diff, "error": one.error}
            for one in found.routers
        ],
        "more": list(found.more),
    }


def preview_lines(found: Preview) -> Iterator[str]:
    """Return what a draft changes, what stands against it, and each router's diff."""
    yield from change_lines(found.changes)
    yield from _part("Conflicts: somebody else changed", (f"{one.kind}.{one.name}" for one in found.conflicts))
    yield from _part("Problems:", map(str, found.problems))
    for one in found.routers:
        yield ""
        yield f"{one.node}: {one.error}" if one.error else f"{one.node}: +{one.added} -{one.removed}"
        yield one.diff.rstrip("\n")
    if found.more:
        yield f"\nAnd perhaps {len(found.more)} more: {', '.join(found.more[:20])}"
    yield "" if found.can_be_taken else "\nIt cannot be taken like this."


def _part(head: str, lines: Iterable[str]) -> list[str]:
    listed = [f"  {line}" for line in lines]
    return ["", head, *listed] if listed else []
