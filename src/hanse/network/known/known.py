"""All that derivation needs of the registries: dated, and never newer than the last good answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hanse.network.known.irr import Expansion


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What registries said, by the name that they were asked for."""

    expansions: Mapping[str, Expansion] = field(default_factory=dict)


NOTHING_KNOWN: Final = Known()
