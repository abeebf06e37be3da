"""How the Internet Routing Registry is asked, as the settings say."""

from collections.abc import Mapping
from typing import Any, Final

from hanse.registries.irr.bgpq4 import Bgpq4
from hanse.registries.irr.registry import IrrMeans

MEBIBYTE: Final = 1 << 20


def irr_means(values: Mapping[str, Any]) -> IrrMeans:
    """Return who is asked, and what is made of the answers."""
    return IrrMeans(
        irr=Bgpq4(
            program=values["HANSE_BGPQ4"],
            server=values["HANSE_IRR_SERVER"],
            sources=values["HANSE_IRR_SOURCES"],
            time_limit=values["HANSE_IRR_TIMEOUT"],
            size_limit=values["HANSE_IRR_SIZE"] * MEBIBYTE,
        ),
        at_once=values["HANSE_IRR_CONCURRENCY"],
        most_lost=values["HANSE_IRR_MAX_SHRINK"],
        oldest=values["HANSE_IRR_MAX_AGE"],
    )
