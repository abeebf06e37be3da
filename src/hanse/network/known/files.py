"""What is known, as a file: `hanse irr show --json` writes it, `hanse render --from DIR --known FILE` reads it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hanse.network.errors import WantedError
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.values.addresses import parse_prefix
from hanse.network.values.asn import Asn


class NotKnown(WantedError):
    """The file does not hold what registries told."""


def known_tree(known: Known) -> dict[str, Any]:
    """Return what is known as plain values."""
    return {"expansions": {name: expansion_tree(one) for name, one in known.expansions.items()}}


def expansion_tree(one: Expansion) -> dict[str, Any]:
    """Return one expansion as plain values."""
    return {
        "at": one.at.isoformat(),
        "sources": list(one.sources),
        "prefixes": [str(prefix) for prefix in one.prefixes],
        "origins": [asn.number for asn in one.origins],
    }


def read_known(text: str) -> Known:
    """Return what a file holds.

    >>> read_known('{"expansions": {}}')
    Known(expansions={})

    :raises NotKnown:
    """
    try:
        expansions = json.loads(text)["expansions"]
        return Known(expansions={name: _expansion(name, body) for name, body in expansions.items()})
    except (WantedError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotKnown(f"that is not what `hanse irr show --json` writes: {type(error).__name__}: {error}") from error


def _expansion(name: str, body: Mapping[str, Any]) -> Expansion:
    return Expansion(
        name=name,
        prefixes=tuple(map(parse_prefix, body["prefixes"])),
        origins=tuple(map(Asn.parse, body["origins"])),
        sources=tuple(body["sources"]),
        at=datetime.fromisoformat(body["at"]),
    )
