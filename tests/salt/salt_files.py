"""Hanse's files for Salt, loaded as Salt loads them: each for itself, with Salt's own words put into it."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any, Final

SALT: Final = Path(__file__).resolve().parents[2] / "salt"


def salt_file(folder: str, **words: Any) -> ModuleType:
    """Return `salt/FOLDER/hanse.py`; `words`: opts, salt, grains."""
    spec = importlib.util.spec_from_file_location(f"salt_files_{folder}", SALT / folder / "hanse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for word, value in words.items():
        setattr(module, f"__{word}__", value)
    return module
