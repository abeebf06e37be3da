"""Ports of TCP and UDP, one or a run of them: RFC 6335, written "443" or "8000-8010"."""

import re
from dataclasses import dataclass
from typing import Final, Self

from hanse.network.errors import WantedError

LARGEST: Final = 65535


class NotATransportPort(WantedError):
    """The text is neither a port of TCP or UDP nor a run of them."""


@dataclass(frozen=True, slots=True, order=True)
class TransportPorts:
    """Ports from `first` to `last`, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= LARGEST:
            raise NotATransportPort(f"{self}: ports are numbers from 1 to {LARGEST}, the smaller one first")

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Return the ports that `text` names.

        >>> TransportPorts.parse("8000-8010").last
        8010

        :raises NotATransportPort:
        """
        found = re.fullmatch(r"\s*([0-9]{1,6})\s*(?:-\s*([0-9]{1,6})\s*)?", str(text))
        if not found:
            raise NotATransportPort(f"{text!r} is no port: write it as 443 or 8000-8010")
        return cls(first=int(found[1]), last=int(found[2] or found[1]))

    @classmethod
    def one(cls, number: int) -> Self:
        """Return the port of that number alone."""
        return cls(first=number, last=number)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
