"""The example city, read from its files, and changes of it."""

from pathlib import Path
from typing import Any

from hanse.network.wanted.files import load, network_from, tree_of
from hanse.network.wanted.network import Network

CITY = Path(__file__).parents[2] / "examples" / "city"


def city_texts() -> dict[str, str]:
    """Return the files of the city, name -> text."""
    return {path.name: path.read_text() for path in sorted(CITY.glob("*.yml")) if path.name != "outside.yml"}


def city() -> Network:
    """Return the city."""
    return load(city_texts()).network


def city_with(**kinds: dict[str, Any]) -> Network:
    """Return the city with objects put in, changed field by field, or (None) taken out: kind -> name -> body."""
    tree = tree_of(city())
    for kind, objects in kinds.items():
        if kind == "network":
            tree[kind] = {**tree[kind], **objects}
            continue
        for name, body in objects.items():
            if body is None:
                del tree[kind][name]
            else:
                tree.setdefault(kind, {})[name] = {**tree.get(kind, {}).get(name, {}), **body}
    return network_from(tree)
