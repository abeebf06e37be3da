import ast
from pathlib import Path

import pytest

from house.house_files import MIGRATIONS, SCRIPTS, SOURCES, shown, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
WRITTEN_BY_HAND = [path for path in (*SOURCES, *SCRIPTS) if path.exists() and MIGRATIONS not in path.parents]


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=shown)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=shown)
def test_no_function_is_longer_than_50_lines(path: Path) -> None:
    long = [
        f"{node.name}: {lines}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]

    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    if MIGRATIONS not in path.parents:
        assert ast.get_docstring(tree_of(path))
