"""What bgpq4 writes as JSON, read strictly."""

import json
from collections.abc import Iterable
from typing import Any, Final

from hanse.network.errors import WantedError
from hanse.network.values.addresses import Prefix, parse_prefix
from hanse.network.values.asn import Asn
from hanse.registries.irr.registry import IrrNotUnderstood

NAME: Final = "NN"  # bgpq4's own name for a list


def read_prefixes(text: bytes) -> tuple[Prefix, ...]:
    """Return the prefixes of an answer, without those that lie in others, in order.

    >>> read_prefixes(b'{ "NN": [ { "prefix": "192.0.2.0\\\\/24", "exact": true } ] }')
    (IPv4Network('192.0.2.0/24'),)

    :raises IrrNotUnderstood:
    """
    try:
        found = [parse_prefix(str(one["prefix"])) for one in _listed(text)]
    except (WantedError, TypeError, KeyError) as error:
        raise IrrNotUnderstood(f"bgpq4 wrote what is no list of prefixes: {error}") from error
    return without_covered(found)


def read_origins(text: bytes) -> tuple[Asn, ...]:
    """Return the AS numbers of an answer, each once, in order.

    :raises IrrNotUnderstood:
    """
    try:
        return tuple(sorted({Asn(int(one)) for one in _listed(text)}))
    except (WantedError, TypeError, ValueError) as error:
        raise IrrNotUnderstood(f"bgpq4 wrote what is no list of AS numbers: {error}") from error


def without_covered(prefixes: Iterable[Prefix]) -> tuple[Prefix, ...]:
    """Return `prefixes` without those that lie in another: a filter takes what is more specific all the same.

    Neighbours are not joined: nobody registered the larger prefix that would come out.
    """
    kept: list[Prefix] = []
    for one in sorted(
        set(prefixes), key=lambda prefix: (prefix.version, int(prefix.network_address), prefix.prefixlen)
    ):
        if not (kept and kept[-1].version == one.version and one.subnet_of(kept[-1])):  # type: ignore[arg-type]
            kept.append(one)
    return tuple(kept)


def _listed(text: bytes) -> list[Any]:
    try:
        found = json.loads(text)[NAME]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IrrNotUnderstood(f"bgpq4 wrote no JSON list: {text[:60]!r}") from error
    if not isinstance(found, list):
        raise IrrNotUnderstood(f"bgpq4 wrote no JSON list: {text[:60]!r}")
    return found
