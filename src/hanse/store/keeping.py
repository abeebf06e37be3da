"""How long what happened is kept."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is older goes; None: it is kept for ever."""

    changes: timedelta | None = timedelta(days=400)  # and alerts that are over
    samples: timedelta | None = timedelta(days=90)  # of sessions, and polls
    jobs: timedelta | None = timedelta(days=90)  # that have ended; deliveries; plans that were never applied
    texts: timedelta | None = timedelta(days=400)  # of deployments that are no router's last
    audit: timedelta | None = None
