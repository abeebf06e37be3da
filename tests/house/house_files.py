"""The house's own tests read its files, not its behaviour."""

import ast
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = tuple(sorted((ROOT / "src").rglob("*.py")))
SCRIPTS: Final = (ROOT / "hanse", *sorted((ROOT / "script").glob("*.py")), ROOT / "manage.py")
MIGRATIONS: Final = ROOT / "src/hanse/store/migrations"


def shown(path: Path) -> str:
    """Return the path as people write it."""
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    """Return what Python reads in a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
