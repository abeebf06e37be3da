"""The states of an alert and of a delivery, as tables: what is not in them cannot happen."""

from enum import StrEnum
from typing import Final

from hanse.network.errors import HanseError


class NoSuchAlertStep(HanseError):
    """An alert was to take a step that its state does not know."""


class AlertState(StrEnum):
    """Where an alert stands."""

    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"  # somebody looks after it; it is still wrong
    CLEARED = "cleared"


class AlertEvent(StrEnum):
    """What happens to an alert."""

    AGAIN = "fired again"
    ACKNOWLEDGED = "acknowledged"
    CLEARED = "cleared"


STEPS: Final[dict[AlertState, dict[AlertEvent, AlertState]]] = {
    AlertState.FIRING: {
        AlertEvent.AGAIN: AlertState.FIRING,
        AlertEvent.ACKNOWLEDGED: AlertState.ACKNOWLEDGED,
        AlertEvent.CLEARED: AlertState.CLEARED,
    },
    AlertState.ACKNOWLEDGED: {
        AlertEvent.AGAIN: AlertState.ACKNOWLEDGED,
        AlertEvent.CLEARED: AlertState.CLEARED,
    },
    AlertState.CLEARED: {},
}

OPEN: Final = frozenset(state for state, steps in STEPS.items() if steps)


def step(state: AlertState, event: AlertEvent) -> AlertState:
    """Return the state after `event`.

    :raises NoSuchAlertStep:
    """
    if event not in STEPS[state]:
        raise NoSuchAlertStep(f"an alert that is {state} cannot be {event}")
    return STEPS[state][event]


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"  # to be tried, or tried again
    SENT = "sent"
    GIVEN_UP = "given up"


class DeliveryEvent(StrEnum):
    """What happens to a delivery."""

    TAKEN = "taken"  # the other side has it
    FAILED = "failed"
    GIVEN_UP = "given up"  # tried long enough, or it can never be
    ASKED_AGAIN = "asked again"  # somebody wants it tried anew


DELIVERY_STEPS: Final[dict[DeliveryState, dict[DeliveryEvent, DeliveryState]]] = {
    DeliveryState.WAITING: {
        DeliveryEvent.TAKEN: DeliveryState.SENT,
        DeliveryEvent.FAILED: DeliveryState.WAITING,
        DeliveryEvent.GIVEN_UP: DeliveryState.GIVEN_UP,
    },
    DeliveryState.SENT: {},
    DeliveryState.GIVEN_UP: {DeliveryEvent.ASKED_AGAIN: DeliveryState.WAITING},
}


def delivery_step(state: DeliveryState, event: DeliveryEvent) -> DeliveryState:
    """Return the state after `event`.

    :raises NoSuchAlertStep:
    """
    if event not in DELIVERY_STEPS[state]:
        raise NoSuchAlertStep(f"a delivery that is {state} cannot be {event}")
    return DELIVERY_STEPS[state][event]
