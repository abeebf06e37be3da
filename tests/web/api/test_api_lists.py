"""Lists by the API: filtered, sorted and paged in the database, the same queries for one row and for twenty."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.small_city import FILE, town
from hanse.store.models import ChangeRecord, RouterStanding, SessionStanding
from web.api.asking import Asking, alice, nobody, somebody

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def put_routers(count: int) -> None:
    """Put routers down, r0, r1, ..., at two sites."""
    RouterStanding.objects.bulk_create(
        RouterStanding(node=f"r{number}", number=number + 1, site="hall" if number % 2 else "mill", status="active")
        for number in range(count)
    )


def put_changes(count: int) -> None:
    """Put changes down, one a minute."""
    ChangeRecord.objects.bulk_create(
        ChangeRecord(node="r0", subject="session", kind="down", sentence="down", at=NOON + timedelta(minutes=number))
        for number in range(count)
    )


@pytest.fixture
def operator() -> Asking:
    """Return Alice, with five routers."""
    put_routers(5)
    return alice()


def names(asked: Asking, words: str) -> list[str]:
    """Return the names on one page of routers."""
    answer = asked.get(f"seen/routers/?{words}")
    assert answer.status == 200, answer.body
    return [row["node"] for row in answer.body["results"]]


def test_a_page_tells_where_the_others_are(operator: Asking) -> None:
    body = operator.get("seen/routers/?limit=2&offset=2").body

    assert body["count"] == 5
    assert [row["node"] for row in body["results"]] == ["r2", "r3"]
    assert body["next"].endswith("/api/seen/routers/?limit=2&offset=4")
    assert body["previous"].endswith("/api/seen/routers/?limit=2&offset=0")


def test_every_row_has_its_number_its_address_and_a_sentence(operator: Asking) -> None:
    row = operator.get("seen/routers/?limit=1").body["results"][0]

    assert list(row)[:3] == ["id", "url", "display"]
    assert operator.client.get(row["url"]).json() == row


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("node=r1&node=r3", ["r1", "r3"]),
        ("site=hall", ["r1", "r3"]),
        ("site__n=hall", ["r0", "r2", "r4"]),
        ("number__gte=4", ["r3", "r4"]),
        ("number__lt=2", ["r0"]),
        ("node__iew=2", ["r2"]),
        ("site__ic=AL&number=2", ["r1"]),
        ("answered=null&limit=1", ["r0"]),
        ("polled_at__empty=false", []),
        ("error__empty=true&limit=1", ["r0"]),
        ("polled_at__gt=2026-01-01T00:00:00Z", []),
        ("q=R4", ["r4"]),
        ("ordering=-number&limit=2", ["r4", "r3"]),
        ("ordering=site,-node&limit=2", ["r3", "r1"]),
        ("limit=0", ["r0", "r1", "r2", "r3", "r4"]),
        ("limit=100000&offset=4", ["r4"]),
    ],
)
def test_rows_are_found(operator: Asking, words: str, expected: list[str]) -> None:
    assert names(operator, words) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nodes=r1", "did you mean node?"),
        ("number__ic=1", "cannot be asked for by 'ic'"),
        ("number=one", "is not a whole number"),
        ("number=99999999999999999999", "too large"),
        ("polled_at__gt=noon", "is not a moment"),
        ("answered=perhaps", "neither true nor false"),
        ("node=a%00b", "NUL"),
        ("ordering=colour", "cannot be sorted by"),
        ("fields=colour", "there is no field"),
        ("limit=-1", "number of rows"),
        ("offset=-1", "number of rows"),
        ("start=1&offset=2", "neither offset nor ordering"),
    ],
)
def test_a_word_that_means_nothing_is_refused(operator: Asking, words: str, said: str) -> None:
    answer = operator.get(f"seen/routers/?{words}")

    assert answer.status == 400
    assert said in answer.body["detail"]


def test_brief_rows_have_what_names_them(operator: Asking) -> None:
    rows = operator.get("seen/routers/?brief=1&limit=1").body["results"]

    assert set(rows[0]) == {"id", "url", "display"}


def test_pages_by_number_go_on_where_the_last_ended(operator: Asking) -> None:
    first = operator.get("seen/routers/?start=0&limit=3").body
    second = operator.client.get(first["next"]).json()

    assert first["count"] is None
    assert [row["node"] for row in (*first["results"], *second["results"])] == ["r0", "r1", "r2", "r3", "r4"]
    assert second["next"] is None


def test_a_list_without_end_is_not_paged_deep_by_offset(operator: Asking) -> None:
    answer = operator.get("seen/changes/?offset=10001")

    assert answer.status == 400
    assert "start=ID" in answer.body["detail"]


def test_samples_are_those_of_one_session(operator: Asking) -> None:
    assert operator.get("seen/samples/").status == 400
    assert operator.get("seen/samples/?node=r1&remote_address=192.0.2.1").status == 200


@pytest.mark.parametrize("address", ["seen/routers/", "seen/changes/", "wanted/sites/", "audit/", "jobs/"])
def test_one_row_and_twenty_cost_the_same(address: str) -> None:
    asked = alice()
    put_routers(1)
    put_changes(1)
    with CaptureQueriesContext(connection) as few:
        asked.get(address)
    RouterStanding.objects.all().delete()
    put_routers(20)
    put_changes(19)

    with CaptureQueriesContext(connection) as many:
        asked.get(address)

    assert len(many) == len(few) <= 8


def test_nobody_is_told_to_log_in() -> None:
    answer = nobody().get("seen/routers/")

    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Token")


def test_somebody_without_rights_sees_nothing() -> None:
    put_routers(1)
    SessionStanding.objects.create(
        node="r0", site="mill", family=4, remote_asn=64501, remote_address="192.0.2.1", remote_sort="4", condition="up"
    )
    dave = somebody("dave")

    assert dave.get("seen/routers/").body["count"] == 0
    assert dave.get("seen/sessions/").body["count"] == 0


def test_a_session_tells_what_counts_and_which_level_says_so() -> None:
    with town(
        FILE.replace("groups: {friends: }", "groups: {friends: {import_policies: [shun]}}").replace(
            "relationship: peer, connection", "relationship: peer, group: friends, connection"
        )
    ):
        asking = alice()
        (row,) = asking.get("seen/sessions/?name=bob").body["results"]

        body = asking.get(f"seen/sessions/{row['id']}/in-force/").body

    assert body["max_prefixes"] == {"value": "1000", "by": "relationship peer", "detail": ""}
    assert body["import_policies"] == [
        {"value": "shun", "by": "group friends", "detail": "weight 100: local preference 50"}
    ]
    assert (body["vrf"], body["bfd"], body["password"], body["context"]) == (None, None, "", [])


def test_a_session_that_nobody_wants_has_nothing_that_counts() -> None:
    SessionStanding.objects.create(
        node="r0", site="mill", family=4, remote_asn=64501, remote_address="192.0.2.1", remote_sort="4", condition="up"
    )
    row = SessionStanding.objects.get()

    assert alice().get(f"seen/sessions/{row.pk}/in-force/").status == 404
