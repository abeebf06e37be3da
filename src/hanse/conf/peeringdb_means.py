"""How PeeringDB is asked, as the settings say."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hanse.registries.peering import PeeringdbMeans, PeeringRegistry
from hanse.registries.peeringdb.client import Peeringdb
from hanse.registries.peeringdb.folder import PeeringdbFolder


def peeringdb_means(values: dict[str, Any]) -> PeeringdbMeans:
    """Return how it is asked, and how much of what it says is believed."""
    return PeeringdbMeans(
        registry=_registry(values),
        largest_share_gone=values["HANSE_PEERINGDB_SHRINK"],
        full_after=values["HANSE_PEERINGDB_FULL"],
    )


def _registry(values: dict[str, Any]) -> PeeringRegistry:
    url = values["HANSE_PEERINGDB_URL"]
    if url.startswith("file:"):
        return PeeringdbFolder(folder=Path(unquote(urlsplit(url).path)))
    return Peeringdb(
        url=url,
        key=values["HANSE_PEERINGDB_KEY"],
        timeout=values["HANSE_PEERINGDB_TIMEOUT"],
        longest_wait=values["HANSE_PEERINGDB_WAIT"],
        proxy=values["HANSE_PEERINGDB_PROXY"],
    )
