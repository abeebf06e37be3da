"""The life of one transaction on the router, as a table. What is not in it raises."""

from __future__ import annotations

from enum import Enum
from typing import Final


class State(Enum):
    """Where a transaction stands; its name is the ending of the marker file."""

    STAGING = "staging"  # new texts are being written beside their targets
    STAGED = "staged"  # all checked; the running configuration is untouched
    ARMED = "armed"  # old files are copied beside, the guard may start; nothing is swapped yet
    INSTALLING = "installing"  # files are being swapped and components reloaded
    TRIAL = "trial"  # installed and judged; the guard undoes it unless it is confirmed
    UNDOING = "undoing"  # the old files are being put back
    KEPT = "kept"  # confirmed
    REVERTED = "reverted"  # the old files are back


STEPS: Final[dict[State, frozenset[State]]] = {
    State.STAGING: frozenset({State.STAGED}),
    State.STAGED: frozenset({State.ARMED, State.REVERTED}),
    State.ARMED: frozenset({State.INSTALLING, State.REVERTED}),
    State.INSTALLING: frozenset({State.TRIAL, State.UNDOING}),
    State.TRIAL: frozenset({State.KEPT, State.UNDOING}),
    State.UNDOING: frozenset({State.REVERTED}),
    State.KEPT: frozenset(),
    State.REVERTED: frozenset(),
}

# The guard watches these: each ends as KEPT or REVERTED without anybody's help.
OPEN: Final = frozenset({State.ARMED, State.INSTALLING, State.TRIAL, State.UNDOING})
FINISHED: Final = frozenset({State.KEPT, State.REVERTED})

# What the outside is told; a transaction that is not listed is unknown to it.
VERDICTS: Final[dict[State, str]] = {
    State.STAGED: "staged",
    State.ARMED: "trial",
    State.INSTALLING: "trial",
    State.TRIAL: "trial",
    State.UNDOING: "trial",
    State.KEPT: "kept",
    State.REVERTED: "reverted",
}


class NoSuchStep(Exception):
    """A bug: the table does not know this step."""


def step(before: State, after: State) -> State:
    """Return `after` if the table allows it.

    :raises NoSuchStep:
    """
    if after not in STEPS[before]:
        raise NoSuchStep(f"{before.value} -> {after.value}")
    return after
