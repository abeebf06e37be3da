"""The states of a draft, as a table: what is not in it cannot happen."""

from enum import StrEnum
from typing import Final

from hanse.network.errors import WantedError


class NotOpen(WantedError):
    """The draft was taken or withdrawn already."""


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    TAKEN = "taken"  # what it says is wanted now
    WITHDRAWN = "withdrawn"


class DraftEvent(StrEnum):
    """What happens to a draft."""

    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    REOPENED = "opened again"


STEPS: Final[dict[DraftState, dict[DraftEvent, DraftState]]] = {
    DraftState.OPEN: {DraftEvent.TAKEN: DraftState.TAKEN, DraftEvent.WITHDRAWN: DraftState.WITHDRAWN},
    DraftState.WITHDRAWN: {DraftEvent.REOPENED: DraftState.OPEN},
    DraftState.TAKEN: {},
}


def step(state: DraftState, event: DraftEvent) -> DraftState:
    """Return the state after `event`.

    :raises NotOpen:
    """
    if event not in STEPS[state]:
        raise NotOpen(f"a draft that is {state} cannot be {event}")
    return STEPS[state][event]
