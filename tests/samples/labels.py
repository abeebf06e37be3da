"""A ring of four routers with labels of every kind, and changes of it."""

from pathlib import Path
from typing import Any, Final

from hanse.network.wanted.files import load, network_from, tree_of
from hanse.network.wanted.network import Network

LABELS_TEXT: Final = (Path(__file__).parent / "labels.yml").read_text(encoding="utf-8")


def labels_network() -> Network:
    """Return the network."""
    return load({"labels.yml": LABELS_TEXT}).network


def labels_with(*steps: str, **fields: Any) -> Network:
    """Return the network with fields of the object at a path put in; a field that is None is taken out."""
    tree = tree_of(labels_network())
    here: Any = tree
    for step in steps:
        here = here.setdefault(step, {})
    for name, value in fields.items():
        if value is None:
            here.pop(name, None)
        else:
            here[name] = value
    return network_from(tree)
