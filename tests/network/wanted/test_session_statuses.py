"""The life of a session is a table: every status is reached, and none is a trap."""

import pytest

from hanse.network.wanted.sessions import STEPS, SessionStatus


def reached_from(status: SessionStatus) -> set[SessionStatus]:
    found = {status}
    while more := {after for one in found for after in STEPS[one]} - found:
        found |= more
    return found


def test_every_status_is_in_the_table() -> None:
    assert set(STEPS) == set(SessionStatus)


@pytest.mark.parametrize("status", SessionStatus)
def test_every_other_status_can_be_reached(status: SessionStatus) -> None:
    assert reached_from(status) == set(SessionStatus)


@pytest.mark.parametrize("status", SessionStatus)
def test_no_status_leads_to_itself(status: SessionStatus) -> None:
    assert status not in STEPS[status]


def test_only_a_session_that_is_off_is_decommissioned() -> None:
    before = {status for status, after in STEPS.items() if SessionStatus.DECOMMISSIONED in after}

    assert not any(status.is_up for status in before)
