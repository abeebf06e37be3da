"""What may not stand in the project's files, wherever it is built."""

import re
import subprocess
from pathlib import Path
from runpy import run_path
from typing import Final

import pytest

from house.house_files import ROOT, SOURCES, shown

# Spelt so that this file does not hold them.
MARK: Final = "mark." + "lab"
ELSEWHERE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.])/wor[k]/",
        r"/op[t]/(wheels|pypi)",
        r"py[p]i\.org",
        r"pythonhosted[.]org",
        r"registry[.]npmjs",
        r"deb[.]debian\.org",
        r"--(extra-)?inde[x]-url",
    )
)


def files() -> list[Path]:
    """Return the project's own files: what Git knows or would add."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, check=False, capture_output=True, text=True)
    if told.returncode:
        pytest.skip("not a clone: what is the project's own is not known")
    return [path for name in told.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_what_wants_real_routers_is_where_the_whole_run_looks_for_it() -> None:
    told = run_path(str(ROOT / "script/run_tests.py"))
    folders = [ROOT / name for name in (*told["ROUTERS"], told["DEMO"])]
    marked = [path for path in (ROOT / "tests").rglob("test_*.py") if MARK in path.read_text(encoding="utf-8")]

    assert marked
    assert [shown(path) for path in marked if not any(path.is_relative_to(folder) for folder in folders)] == []


def test_no_file_names_a_machines_folders_or_a_package_index() -> None:
    found = [
        f"{shown(path)}: {pattern.pattern}"
        for path in files()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for pattern in ELSEWHERE
        if pattern.search(text)
    ]

    assert found == []


def test_nothing_imports_mock() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    words = re.compile(r"^\s*(from|import) (unittest[.]mock|mock)\b", re.MULTILINE)

    assert [shown(path) for path in (*SOURCES, *tests) if words.search(path.read_text(encoding="utf-8"))] == []


def test_test_files_have_names_of_their_own() -> None:
    """pytest imports them by name alone."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))
