"""The example with one of everything, read from its files."""

from pathlib import Path
from typing import Final

from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network

WHOLE_CITY: Final = Path(__file__).parents[2] / "examples" / "city"
OUTSIDE: Final = "outside.yml"


def whole_city() -> Network:
    """Return it."""
    paths = sorted(path for path in WHOLE_CITY.glob("*.yml") if path.name != OUTSIDE)
    return load({path.name: path.read_text(encoding="utf-8") for path in paths}).network
