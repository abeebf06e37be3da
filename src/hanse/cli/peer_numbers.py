"""Numbers among the words of `hanse peers`."""

from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn


class NoSuchVerb(WantedError):
    """`hanse peers` does not know these words; the text says which it knows."""


def asn_of(word: str) -> int:
    """Return the AS number that a word is.

    :raises NotAnAsn:
    """
    return Asn.parse(word).number


def number_of(word: str) -> int:
    """Return the number that a word is.

    :raises NoSuchVerb:
    """
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise NoSuchVerb(f"{word!r} stands where a number is wanted")
    return int(word)
