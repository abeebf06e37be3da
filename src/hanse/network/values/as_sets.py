"""Names of AS-SETs in the Internet Routing Registry (RFC 2622 section 5), with the registry if one is meant."""

import re
from typing import Final

from hanse.network.errors import WantedError

LONGEST: Final = 255  # characters of one name; no registry has longer ones
LONGEST_LIST: Final = 1000  # characters of all of one network
SOURCE: Final = re.compile(r"[A-Z][A-Z0-9-]{0,30}")
NUMBER: Final = re.compile(r"AS[0-9]{1,10}")
SET: Final = re.compile(r"AS-[A-Z0-9_-]*[A-Z0-9]")


class NotAnAsSet(WantedError):
    """The text names no AS-SET."""


def parse_as_sets(text: str) -> str:
    """Return the AS-SETs that `text` names, in capitals, parted by one blank; empty: none.

    A network may have several. Whoever writes the registry behind the name means the same.

    >>> parse_as_sets("as-bob")
    'AS-BOB'
    >>> parse_as_sets("RIPE::AS64501:AS-BOB, as-carol@radb")
    'RIPE::AS64501:AS-BOB RADB::AS-CAROL'

    :raises NotAnAsSet:
    """
    words = re.split(r"[\s,]+", str(text).strip()) if str(text).strip() else []
    names = " ".join(dict.fromkeys(parse_as_set(word) for word in words))
    if len(names) > LONGEST_LIST:
        raise NotAnAsSet(f"{len(words)} AS-SETs are too many for one network: make one AS-SET of them")
    return names


def parse_as_set(text: str) -> str:
    """Return the one AS-SET, or AS, that `text` names.

    >>> parse_as_set("AS64501")
    'AS64501'

    :raises NotAnAsSet:
    """
    name, at, behind = str(text).strip().upper().partition("@")
    source, colons, rest = name.partition("::")
    source, rest = (source, rest) if colons else (behind, name)
    is_sourced = bool(at or colons)
    if (
        (at and colons)
        or not _is_name(rest)
        or bool(SOURCE.fullmatch(source)) != is_sourced
        or len(str(text)) > LONGEST
    ):
        raise NotAnAsSet(f"{text!r} is no AS-SET: write AS-EXAMPLE, RIPE::AS-EXAMPLE or AS64501:AS-EXAMPLE")
    return f"{source}::{rest}" if source else rest


def _is_name(text: str) -> bool:
    """Say whether every part is an AS or an AS-SET; of several parts at least one is an AS-SET (RFC 2622 section 5)."""
    parts = text.split(":")
    sets = [part for part in parts if SET.fullmatch(part)]
    return all(part in sets or NUMBER.fullmatch(part) for part in parts) and (bool(sets) or len(parts) == 1)
