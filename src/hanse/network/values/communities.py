"""BGP communities: standard (RFC 1997), extended (RFC 4360) and large (RFC 8092), each told by how it is written."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from hanse.network.errors import WantedError

LARGEST_HALF: Final = 0xFFFF
LARGEST: Final = 0xFFFFFFFF

# The name, its value, who says so. https://www.iana.org/assignments/bgp-well-known-communities
WELL_KNOWN: Final = (
    ("graceful-shutdown", "65535:0", "RFC 8326"),
    ("blackhole", "65535:666", "RFC 7999"),
    ("no-export", "65535:65281", "RFC 1997"),
    ("no-advertise", "65535:65282", "RFC 1997"),
    ("no-export-subconfed", "65535:65283", "RFC 1997"),
    ("no-peer", "65535:65284", "RFC 3765"),
)
EXTENDED_TYPES: Final = {"rt": "route target", "ro": "route origin"}  # RFC 4360 sections 4 and 5


class NotACommunity(WantedError):
    """The text is no BGP community."""


class CommunitySort(StrEnum):
    """How large a community is, and so what it can say."""

    STANDARD = "standard"  # two numbers of 16 bits
    EXTENDED = "extended"  # a type and two numbers
    LARGE = "large"  # three numbers of 32 bits


@dataclass(frozen=True, slots=True, order=True)
class CommunityValue:
    """A community as it is sent; `type` is that of an extended one: rt or ro."""

    numbers: tuple[int, ...]
    type: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the community that `text` names: 64500:1, rt:64500:1, 64500:1:2, or a well-known name.

        :raises NotACommunity:
        """
        plain = str(text).strip().lower()
        named = next((value for name, value, _ in WELL_KNOWN if name == plain), plain)
        type_, numbers = ("", named)
        if named.partition(":")[0] in EXTENDED_TYPES:
            type_, _, numbers = named.partition(":")
        if not re.fullmatch(r"[0-9]+(:[0-9]+){1,2}", numbers):
            raise NotACommunity(f"{text!r} is no community: write it as 64500:1, rt:64500:1 or 64500:1:2")
        found = cls(numbers=tuple(map(int, numbers.split(":"))), type=type_)
        if not found._fits():
            raise NotACommunity(f"{text!r} is no community: {found._limits()}")
        return found

    @property
    def sort(self) -> CommunitySort:
        """Return how large it is."""
        if self.type:
            return CommunitySort.EXTENDED
        return CommunitySort.STANDARD if len(self.numbers) == 2 else CommunitySort.LARGE

    def _fits(self) -> bool:
        match self.sort:
            case CommunitySort.STANDARD:
                return all(number <= LARGEST_HALF for number in self.numbers)
            case CommunitySort.LARGE:
                return all(number <= LARGEST for number in self.numbers)
        first, *rest = self.numbers  # RFC 4360 and RFC 5668: six octets in all
        room = LARGEST if first <= LARGEST_HALF else LARGEST_HALF
        return len(rest) == 1 and first <= LARGEST and rest[0] <= room

    def _limits(self) -> str:
        match self.sort:
            case CommunitySort.STANDARD:
                return f"its numbers end at {LARGEST_HALF}; a larger AS number takes a large community, 65550:1:2"
            case CommunitySort.LARGE:
                return f"its numbers end at {LARGEST}"
        return f"it has two numbers, the second up to {LARGEST}, or {LARGEST_HALF} behind a 32-bit AS number"

    def __str__(self) -> str:
        return ":".join([*([self.type] if self.type else []), *map(str, self.numbers)])
