"""What a registry of networks and exchanges offers, in the words of those who ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hanse.network.known.peeringdb import Page, PeeringdbKind

Pause = Callable[[timedelta], None]  # returns after that time; it may raise, for whoever is asked to stop


class PeeringRegistry(Protocol):
    """PeeringDB, or what speaks like it."""

    @property
    def url(self) -> str:
        """Return where it is; empty: there is none to be asked."""

    @property
    def with_key(self) -> bool:
        """Say whether it knows who asks, and shows more to them than to everybody."""

    @property
    def is_whole(self) -> bool:
        """Say whether it tells only what is, and never what is no more: then everything is read each time."""

    def page(self, kind: PeeringdbKind, *, since: datetime | None, skip: int, limit: int, pause: Pause) -> Page:
        """Return at most `limit` rows behind the first `skip`: all that is, or what changed since a moment.

        What is no more is told only of what changed.

        :raises OutsideError: it does not answer, not yet, or not what it is understood to say
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PeeringdbMeans:
    """How PeeringDB is asked, and how much of what it says is believed."""

    registry: PeeringRegistry
    largest_share_gone: float = 0.1  # of a kind, at once
    full_after: timedelta | None = timedelta(days=30)  # None: everything is read anew only when somebody asks for it
