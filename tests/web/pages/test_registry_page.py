"""The page of registries: how fresh everything is, and having it read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hanse.network.known.peeringdb import PeeringdbKind
from hanse.store import peeringdb_writes
from hanse.store.models import Job, PeeringdbReading
from samples.peeringdb_rows import AT, put_sample
from web.browsers import browser_with, shown

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_never_read_is_said(alice: Client) -> None:
    page = shown(alice, "/registries/")

    assert page.count("never read") == len(PeeringdbKind)
    assert "as a stranger" in page


def test_how_fresh_each_kind_is(bob: Client) -> None:
    put_sample()

    page = shown(bob, "/registries/")

    assert page.count(f'datetime="{AT:%Y-%m-%dT%H:%M:%S+00:00}"') == 2 * len(PeeringdbKind)
    assert "never read" not in page


def test_what_failed_says_why(bob: Client) -> None:
    peeringdb_writes.note_failure(PeeringdbKind.NETWORK, "registry.example.net does not answer", at=AT)

    page = shown(bob, "/registries/")

    assert "failed" in page
    assert "registry.example.net does not answer" in page


def test_only_a_refusal_can_be_accepted(alice: Client) -> None:
    put_sample()
    before = shown(alice, "/registries/")
    PeeringdbReading.objects.filter(kind="net").update(refused="much is gone", refused_at=AT)

    page = shown(alice, "/registries/")

    assert "Accept what is gone" not in before
    assert "Accept what is gone" in page
    assert "much is gone" in page


@pytest.mark.parametrize(
    ("sent", "wish"),
    [
        ({}, {"full": False, "accept": False}),
        ({"full": "on"}, {"full": True, "accept": False}),
        ({"accept": "on"}, {"full": False, "accept": True}),
    ],
)
def test_a_button_has_it_read_and_leads_to_the_job(sent: dict[str, str], wish: dict[str, bool], alice: Client) -> None:
    answer = alice.post("/registries/peeringdb/sync/", sent)

    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    assert (job.kind, job.arguments, job.who) == ("peeringdb", wish, "alice")


def test_who_may_only_look_has_no_button(bob: Client) -> None:
    assert "Read what changed" not in shown(bob, "/registries/")
    assert bob.post("/registries/peeringdb/sync/").status_code == 403
    assert not Job.objects.exists()


def test_a_second_wish_says_that_one_is_under_way(alice: Client) -> None:
    alice.post("/registries/peeringdb/sync/")

    answer = alice.post("/registries/peeringdb/sync/")

    assert answer.status_code == 422
    assert "reads from PeeringDB already" in answer.content.decode()


def test_where_nobody_is_asked_there_is_no_button(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_PEERINGDB_URL", "none")

    page = shown(alice, "/registries/")

    assert "No PeeringDB is asked" in page
    assert "Read what changed" not in page


def test_the_page_costs_the_same_however_much_is_known(alice: Client) -> None:
    shown(alice, "/registries/")
    with CaptureQueriesContext(
        connection,
    ) as empty:
        shown(alice, "/registries/")
    put_sample()

    with CaptureQueriesContext(connection) as full:
        shown(alice, "/registries/")

    assert len(full) == len(empty) <= 20


def test_it_leads_there_from_the_side(bob: Client) -> None:
    assert 'href="/registries/"' in shown(bob, "/")
    assert 'href="/registries/"' in shown(browser_with("carol", "view"), "/")
