"""The steps of a session's life, insisted on; the page shows the table as it is."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.wanted.sessions import STEPS, Session, SessionStatus
from hanse.network.wanted.statuses import BEGINNING, common_statuses, diagram, forbidden_steps, next_statuses

PAGE = Path(__file__).parents[3] / "docs" / "use" / "peering-statuses.md"
statuses = st.sampled_from(SessionStatus)


def body(status: SessionStatus | None) -> dict[str, Any]:
    return {"asn": 64501} if status is None else {"asn": 64501, "status": str(status)}


@given(statuses, statuses)
def test_a_step_is_forbidden_exactly_where_the_table_has_none(before: SessionStatus, after: SessionStatus) -> None:
    found = list(forbidden_steps([("bob", body(before), body(after))]))

    assert bool(found) == (before is not after and after not in STEPS[before])


@given(statuses)
def test_a_session_begins_and_ends_anywhere(status: SessionStatus) -> None:
    assert list(forbidden_steps([("bob", None, body(status)), ("bob", body(status), None)])) == []


def test_a_session_that_says_nothing_stands_where_its_class_says() -> None:
    assert [one.default for one in fields(Session) if one.name == "status"] == [BEGINNING]


def test_a_body_that_says_nothing_is_enabled() -> None:
    (problem,) = forbidden_steps([("bob", body(None), body(SessionStatus.DECOMMISSIONED))])

    assert str(problem) == (
        "sessions.bob.status: a session that is enabled does not become decommissioned in one step: "
        "from enabled it goes to pre-maintenance or maintenance or disabled or decommissioning"
    )


def test_a_status_that_this_hanse_does_not_know_forbids_nothing() -> None:
    assert list(forbidden_steps([("bob", {"status": "sleeping"}, body(SessionStatus.ENABLED))])) == []


@pytest.mark.parametrize("status", SessionStatus)
def test_where_it_stands_is_offered_with_the_steps_from_there(status: SessionStatus) -> None:
    assert set(next_statuses(status)) == {status, *STEPS[status]}


@given(st.lists(statuses))
def test_many_sessions_are_offered_what_each_of_them_is(those: list[SessionStatus]) -> None:
    common = set(common_statuses(those))

    assert all(common <= set(next_statuses(one)) for one in those)
    assert common >= set.intersection(set(SessionStatus), *({*STEPS[one]} for one in those))


def test_the_page_shows_the_steps_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")

    shown = page.partition("<!-- steps -->\n```mermaid\n")[2].partition("\n```\n<!-- /steps -->")[0]

    assert shown == diagram()
