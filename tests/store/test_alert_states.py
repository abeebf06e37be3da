"""The tables of alerts and deliveries."""

import pytest

from hanse.store.alert_states import (
    DELIVERY_STEPS,
    OPEN,
    STEPS,
    AlertEvent,
    AlertState,
    DeliveryEvent,
    DeliveryState,
    NoSuchAlertStep,
    delivery_step,
    step,
)


def test_every_state_has_its_row() -> None:
    assert set(STEPS) == set(AlertState)
    assert set(DELIVERY_STEPS) == set(DeliveryState)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_what_is_open_can_fire_again_and_be_cleared(state: AlertState) -> None:
    assert step(state, AlertEvent.AGAIN) is state
    assert step(state, AlertEvent.CLEARED) is AlertState.CLEARED


def test_every_state_is_reached() -> None:
    assert {after for steps in STEPS.values() for after in steps.values()} == set(AlertState)
    assert {after for steps in DELIVERY_STEPS.values() for after in steps.values()} == set(DeliveryState)


@pytest.mark.parametrize("event", AlertEvent)
def test_what_is_over_stays_over(event: AlertEvent) -> None:
    with pytest.raises(NoSuchAlertStep):
        step(AlertState.CLEARED, event)


@pytest.mark.parametrize("event", DeliveryEvent)
def test_what_was_sent_is_not_sent_again(event: DeliveryEvent) -> None:
    with pytest.raises(NoSuchAlertStep):
        delivery_step(DeliveryState.SENT, event)
