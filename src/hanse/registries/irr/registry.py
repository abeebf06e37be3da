"""What the rest of the house asks of the IRR, and how it fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from hanse.network.errors import OutsideError
from hanse.network.known.irr import Expansion


class Bgpq4Missing(OutsideError):
    """The program that speaks with the IRR is not installed, or not where the setting says."""

    retry: ClassVar[bool] = False


class IrrSilent(OutsideError):
    """The IRR's server cannot be reached, or ended the conversation."""


class IrrTooSlow(OutsideError):
    """The IRR did not answer within the time limit."""


class IrrTooMuch(OutsideError):
    """The IRR answered with more than the size limit: no filter of a router is that long."""

    retry: ClassVar[bool] = False


class IrrNotUnderstood(OutsideError):
    """The answer is not what bgpq4 writes."""


class Irr(Protocol):
    """Whoever can write out an AS-SET."""

    def expand(self, name: str, *, at: datetime) -> Expansion:
        """Return what is registered for `name`, one AS or AS-SET or several parted by blanks; empty: nothing is.

        :raises OutsideError: no answer, half an answer, one that is no answer
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class IrrMeans:
    """Who is asked, and what is made of the answers."""

    irr: Irr
    at_once: int = 4  # names
    most_lost: float = 0.5  # a larger share gone at once is refused
    oldest: timedelta = timedelta(days=3)  # an answer older than that counts as old
