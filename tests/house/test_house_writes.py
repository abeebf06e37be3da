"""Rows are written in two rooms only: the import contract keeps the models there, this keeps their methods."""

import ast
from pathlib import Path
from typing import Final

import pytest

from house.house_files import ROOT, SOURCES, shown, tree_of

WRITERS: Final = (ROOT / "src/hanse/store", ROOT / "src/hanse/actions")
ALWAYS_A_WRITE: Final = frozenset(
    {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "full_clean"}
)
A_WRITE_ON_ROWS: Final = frozenset({"create", "update", "delete"})  # dicts and sets have such methods too
ROWS: Final = frozenset({"objects", "filter", "exclude", "all", "get", "select_for_update", "order_by"})


def rows_are_written(call: ast.Call) -> bool:
    """Say whether a call is one of the ORM's writes, by its name and by what it is called on."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ALWAYS_A_WRITE:
        return True
    before = {node.attr for node in ast.walk(call.func.value) if isinstance(node, ast.Attribute)}
    return call.func.attr in A_WRITE_ON_ROWS and bool(before & ROWS)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if not any(room in path.parents for room in WRITERS)], ids=shown
)
def test_only_store_and_actions_write_rows(path: Path) -> None:
    writes = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and rows_are_written(node)
    ]

    assert writes == []


@pytest.mark.parametrize(
    ("text", "is_a_write"),
    [
        ("node.save()", True),
        ("Node.objects.create(name='a')", True),
        ("Node.objects.filter(pk=1).update(name='a')", True),
        ("seen.update({1})", False),
        ("file.delete()", False),
    ],
)
def test_a_write_is_known_by_what_it_is_called_on(text: str, is_a_write: bool) -> None:
    call = ast.parse(text, mode="eval").body

    assert isinstance(call, ast.Call)
    assert rows_are_written(call) is is_a_write
