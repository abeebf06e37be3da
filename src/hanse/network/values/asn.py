"""AS numbers: RFC 6793, written plain ("64500"), with prefix ("AS64500") or as asdot (RFC 5396, "1.14")."""

from dataclasses import dataclass
from typing import Final, Self

from hanse.network.errors import WantedError

LARGEST: Final = 0xFFFFFFFF

# First and last number, both included; why it is not for public use; who says so.
# https://www.iana.org/assignments/iana-as-numbers-special-registry
RESERVED: Final = (
    (0, 0, "never a real AS", "RFC 7607"),
    (23456, 23456, "AS_TRANS", "RFC 6793"),
    (64496, 64511, "documentation", "RFC 5398"),
    (64512, 65534, "private use", "RFC 6996"),
    (65535, 65535, "last 16-bit number", "RFC 7300"),
    (65536, 65551, "documentation", "RFC 5398"),
    (4200000000, 4294967294, "private use", "RFC 6996"),
    (4294967295, 4294967295, "last 32-bit number", "RFC 7300"),
)


class NotAnAsn(WantedError):
    """The text or number is no AS number."""


@dataclass(frozen=True, slots=True, order=True)
class Asn:
    """An AS number, 0 to 4294967295."""

    number: int

    def __post_init__(self) -> None:
        if not 0 <= self.number <= LARGEST:
            raise NotAnAsn(f"{self.number} is not between 0 and {LARGEST}")

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Return the AS number that `text` names.

        >>> Asn.parse("AS1.14").number
        65550

        :raises NotAnAsn:
        """
        digits = str(text).strip().upper().removeprefix("AS")
        high, dot, low = digits.rpartition(".")
        if not (digits.replace(".", "", 1).isascii() and low.isdigit() and (high.isdigit() or not dot)):
            raise NotAnAsn(f"{text!r} is no AS number: write it as 64500, AS64500 or 1.14")
        if not dot:
            return cls(int(low))
        if int(high) > 0xFFFF or int(low) > 0xFFFF:
            raise NotAnAsn(f"{text!r} is no AS number: both parts of an asdot number end at 65535")
        return cls(int(high) * 0x10000 + int(low))

    def __str__(self) -> str:
        return str(self.number)


def reserved_for(asn: Asn) -> str | None:
    """Return why `asn` is not for public use, with its source, or None if it is."""
    for first, last, why, source in RESERVED:
        if first <= asn.number <= last:
            return f"{why}, {source}"
    return None
