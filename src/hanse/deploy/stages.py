"""The stages of a deployment, as a table: what is not in it cannot happen.

A stage is written down before the device is asked for what it names, so that whoever finds an open deployment
without a worker knows the most that can have happened.
"""

from enum import StrEnum
from typing import Final

from hanse.network.errors import HanseError


class NoSuchStep(HanseError):
    """A deployment was to take a step that its stage does not know."""


class Stage(StrEnum):
    """Where a deployment stands."""

    PLANNED = "planned"  # reviewed and put down; nothing was sent
    STAGING = "staging"  # the candidate is on its way; the running configuration is untouched
    STAGED = "staged"  # the candidate lies on the device; the running configuration is untouched
    COMMITTING = "committing"  # the device was told to install it
    TRIAL = "trial"  # installed; the device undoes it by itself unless confirmed
    UNGUARDED = "unguarded"  # installed on a platform without a timer; if need be Hanse undoes it
    CONFIRMING = "confirming"  # found good; the device was told to keep it
    UNDOING = "undoing"  # found harmful; the device was told to put the old configuration back
    IN_DOUBT = "in doubt"  # the device or the worker was lost on the way: the device must be asked
    KEPT = "kept"  # the new configuration is in force for good
    REVERTED = "reverted"  # it was installed, and the old configuration is back, complete
    REFUSED = "refused"  # the device or a check said no; the running configuration was never touched
    UNCHANGED = "unchanged"  # the device runs exactly this already
    DISCARDED = "discarded"  # given up before anything was installed


class Event(StrEnum):
    """What happens to a deployment."""

    BEGUN = "begun"  # the candidate is being sent
    STAGED = "staged"  # the device has it and shows its diff
    REFUSED = "refused"  # the device's checks, or ours, say no
    NOTHING_TO_DO = "nothing to do"  # the device's diff is empty
    COMMIT_BEGUN = "commit begun"
    COMMIT_FAILED = "commit failed"  # the device has put the old configuration back by itself
    INSTALLED = "installed"  # on trial, the timer runs
    INSTALLED_UNGUARDED = "installed without a timer"
    VERIFIED = "verified"  # what was up before is up again, seen over a new connection
    HARMFUL = "harmful"  # it is not, or the device does not answer any more
    CONFIRMED = "confirmed"
    UNDO_BEGUN = "undo begun"  # somebody said so, or nobody can vouch for what is on trial
    UNDONE = "undone"  # by Hanse's word
    UNDONE_BY_DEVICE = "undone by the device"  # its timer ran out, or its own checks failed
    DISCARDED = "discarded"
    LOST = "lost"  # the connection, or the worker
    FOUND_ON_TRIAL = "found on trial"  # by asking the device
    FOUND_UNGUARDED = "found installed without a timer"
    FOUND_KEPT = "found kept"
    FOUND_REVERTED = "found reverted"
    FOUND_UNTOUCHED = "found untouched"  # nothing was installed


STEPS: Final[dict[Stage, dict[Event, Stage]]] = {
    Stage.PLANNED: {
        Event.BEGUN: Stage.STAGING,
        Event.REFUSED: Stage.REFUSED,
        Event.DISCARDED: Stage.DISCARDED,
        Event.LOST: Stage.DISCARDED,
    },
    Stage.STAGING: {
        Event.STAGED: Stage.STAGED,
        Event.REFUSED: Stage.REFUSED,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.STAGED: {
        Event.COMMIT_BEGUN: Stage.COMMITTING,
        Event.NOTHING_TO_DO: Stage.UNCHANGED,
        Event.REFUSED: Stage.REFUSED,
        Event.DISCARDED: Stage.DISCARDED,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.COMMITTING: {
        Event.INSTALLED: Stage.TRIAL,
        Event.INSTALLED_UNGUARDED: Stage.UNGUARDED,
        Event.COMMIT_FAILED: Stage.REVERTED,
        Event.REFUSED: Stage.REFUSED,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.TRIAL: {
        Event.VERIFIED: Stage.CONFIRMING,
        Event.HARMFUL: Stage.UNDOING,
        Event.UNDO_BEGUN: Stage.UNDOING,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.UNGUARDED: {
        Event.VERIFIED: Stage.KEPT,
        Event.HARMFUL: Stage.UNDOING,
        Event.UNDO_BEGUN: Stage.UNDOING,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.CONFIRMING: {
        Event.CONFIRMED: Stage.KEPT,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.UNDOING: {
        Event.UNDONE: Stage.REVERTED,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.IN_DOUBT: {
        Event.FOUND_ON_TRIAL: Stage.TRIAL,
        Event.FOUND_UNGUARDED: Stage.UNGUARDED,
        Event.FOUND_KEPT: Stage.KEPT,
        Event.FOUND_REVERTED: Stage.REVERTED,
        Event.UNDONE_BY_DEVICE: Stage.REVERTED,
        Event.FOUND_UNTOUCHED: Stage.DISCARDED,
        Event.UNDO_BEGUN: Stage.UNDOING,
        Event.LOST: Stage.IN_DOUBT,
    },
    Stage.KEPT: {},
    Stage.REVERTED: {},
    Stage.REFUSED: {},
    Stage.UNCHANGED: {},
    Stage.DISCARDED: {},
}

OPEN: Final = frozenset(stage for stage, steps in STEPS.items() if steps)
FINAL: Final = frozenset(Stage) - OPEN


def step(stage: Stage, event: Event) -> Stage:
    """Return the stage after `event`.

    :raises NoSuchStep:
    """
    if event not in STEPS[stage]:
        raise NoSuchStep(f"a deployment that is {stage} cannot be {event}")
    return STEPS[stage][event]


def diagram() -> str:
    """Return STEPS as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.PLANNED}"]
    for stage, steps in STEPS.items():
        lines += [f"    {_word(stage)} --> {_word(after)}: {event}" for event, after in steps.items()]
    lines += [f"    {_word(stage)} --> [*]" for stage in STEPS if stage in FINAL]
    return "\n".join(lines) + "\n"


def _word(stage: Stage) -> str:
    return stage.replace(" ", "_")
