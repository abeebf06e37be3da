"""Since when things are up, told at two moments: what restarted in between."""

from datetime import UTC, datetime, timedelta
from typing import Final

SAME_MOMENT: Final = timedelta(seconds=4)  # FRR counts uptimes back in whole seconds
Who = tuple[object, ...]  # a router, and whatever else tells a session or an adjacency from others
Begun = dict[Who, datetime | None]


def restarted(before: Begun, after: Begun) -> list[Who]:
    """Return the sessions and adjacencies of before that are gone, or up since a later moment."""
    return [
        who
        for who, began in before.items()
        if who not in after or (began and (after[who] or datetime.max.replace(tzinfo=UTC)) - began > SAME_MOMENT)
    ]
