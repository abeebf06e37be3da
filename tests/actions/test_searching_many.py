"""Search among many: what begins with the words comes first, and few rows are read for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanse.actions.looking.lists import session_list
from hanse.actions.looking.searching import SHOWN, search
from hanse.actions.rights import operator
from hanse.store.models import SessionStanding

pytestmark = pytest.mark.django_db
ALICE = operator("alice", "page")


def written(*names: str) -> None:
    SessionStanding.objects.bulk_create(
        SessionStanding(
            node="core1",
            site="hall",
            name=name,
            family=4,
            remote_asn=64501,
            remote_address=f"192.0.2.{number}",
            remote_sort=f"4{number:032x}",
            condition="up",
            vrf="global",
        )
        for number, name in enumerate(names)
    )


def found(text: str) -> list[str]:
    return next(([hit.name for hit in one.hits] for one in search(text, ALICE) if one.title == "Sessions"), [])


def test_what_begins_with_the_words_comes_first_however_much_holds_them() -> None:
    written(*(f"x-alme-{number:02}" for number in range(40)), "alme-b", "Alme-a")

    assert set(found("alme")[:2]) == {"alme-b", "Alme-a"}
    assert len(found("alme")) == SHOWN


def test_among_few_that_fit_those_that_begin_so_come_first_too() -> None:
    written("x-alme-1", "alme-b", "unlike", "alme-a")

    assert found("alme") == ["alme-a", "alme-b", "x-alme-1"]


def test_nothing_is_read_twice_where_little_fits() -> None:
    written("x-alme-1", "unlike")

    with CaptureQueriesContext(connection) as captured:
        found("alme")

    assert sum("store_sessionstanding" in one["sql"] and "LIKE" in one["sql"] for one in captured) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others say otherwise how they go about it")
@pytest.mark.parametrize("field", ["vrf", "group", "tags"])
def test_what_a_filter_offers_stands_in_an_index(field: str) -> None:
    rows = session_list(ALICE).exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()

    assert "COVERING INDEX session_standings_by_" in rows.explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others say otherwise how they go about it")
def test_sessions_lie_in_the_order_in_which_they_are_listed() -> None:
    said = session_list(ALICE)[90_000:90_050].explain()

    assert "session_standings_in_order" in said
    assert "TEMP B-TREE" not in said
