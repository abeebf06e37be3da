"""Two routers with everything below routing, and changes of them."""

from pathlib import Path
from typing import Any, Final

from hanse.network.wanted.files import load, network_from, tree_of
from hanse.network.wanted.network import Network

TEXT: Final = (Path(__file__).parent / "layers.yml").read_text(encoding="utf-8")


def layers_text(west: str = "bird2", east: str = "bird2") -> str:
    """Return the network as an operator writes it; each router of a dialect."""
    return TEXT.replace("DIALECT_WEST", west).replace("DIALECT_EAST", east)


def layers(west: str = "bird2", east: str = "bird2") -> Network:
    """Return the network."""
    return load({"layers.yml": layers_text(west, east)}).network


def layers_with(*steps: str, **fields: Any) -> Network:
    """Return the network with fields of the object at a path put in; a field that is None is taken out."""
    tree = tree_of(layers())
    here: Any = tree
    for step in steps:
        here = here.setdefault(step, {})
    for name, value in fields.items():
        if value is None:
            here.pop(name, None)
        else:
            here[name] = value
    return network_from(tree)
