"""One network upon another: an example that says only what it has more, or otherwise, than the one below it."""

from pathlib import Path
from typing import Any

import yaml

from hanse_lab.errors import LabError


def overlay(base: Path, over: Path, target: Path) -> None:
    """Write the files of the folder `base` with those of `over` laid upon them to the folder `target`.

    :raises LabError: one of the folders holds no network
    """
    wanted: dict[str, Any] = {}
    outside: dict[str, Any] = {}
    for folder in (base, over):
        files = sorted(folder.glob("*.yml"))
        if not files:
            raise LabError(f"{folder} holds no network: no .yml file is there")
        for file in files:
            found = yaml.safe_load(file.read_text()) or {}
            if file.name == "outside.yml":
                outside = laid(outside, found)
            else:
                wanted = laid(wanted, found)
    target.mkdir(parents=True, exist_ok=True)
    for name, tree in (("network.yml", wanted), ("outside.yml", outside)):
        (target / name).write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True))


def laid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return both trees as one; where both have a leaf, the one above holds.

    >>> laid({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    whole = dict(below)
    for key, value in above.items():
        under = whole.get(key)
        whole[key] = laid(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return whole
