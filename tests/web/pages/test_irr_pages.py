"""The pages of AS-SETs: how each stands, what was told, what changed, and asking again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions.small_city import FILE, network
from fakes.clock import FakeClock
from fakes.irr import expansion
from hanse.actions.wanted import import_network
from hanse.network.known.irr import difference
from hanse.store import known
from hanse.store.audit import Author
from hanse.store.models import Job, User

BOUNDED = FILE.replace("64501: {name: Bob}", "64501: {name: Bob, as_set: AS-BOB, irr_filter: both}")
pytestmark = pytest.mark.django_db


def tell(name: str, prefixes: str = "203.0.113.64/26", *, age: timedelta = timedelta(0)) -> None:
    told = replace(expansion(name, prefixes, "64501"), at=datetime.now(UTC) - age)
    before = known.expansion(name)
    known.keep_answer(told, difference(before, told), who="alice", is_first=before is None, was_accepted=False)


@pytest.fixture
def alice(client: Client) -> Client:
    import_network(network=network(BOUNDED), author=Author(who="alice", door="cli"), clock=FakeClock())
    client.force_login(User.objects.create_superuser("alice", password="a long password"))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_name_that_was_never_asked_for_stands_in_the_list(alice: Client) -> None:
    shown = page(alice, "/registries/irr/")

    assert "AS-BOB" in shown
    assert "never looked up" in shown


def test_an_old_answer_is_called_old(alice: Client) -> None:
    tell("AS-BOB", age=timedelta(days=30))

    assert "This answer is old" in page(alice, "/registries/irr/of/AS-BOB/")


def test_the_page_of_an_as_says_that_what_bounds_it_is_old_or_was_never_told(alice: Client) -> None:
    never = page(alice, "/autonomous-systems/64501/")
    tell("AS-BOB")
    fresh = page(alice, "/autonomous-systems/64501/")
    tell("AS-BOB", age=timedelta(days=30))
    old = page(alice, "/autonomous-systems/64501/")

    assert "AS-BOB</a>: never looked up." in never
    assert "What the IRR bounds" not in fresh
    assert "AS-BOB</a>: its answer is old." in old


def test_a_page_shows_prefixes_origins_and_what_changed(alice: Client) -> None:
    tell("AS-BOB")
    tell("AS-BOB", "203.0.113.64/26 203.0.113.128/26")

    shown = page(alice, "/registries/irr/of/AS-BOB/")

    assert "203.0.113.64/26 203.0.113.128/26" in shown
    assert "AS64501" in shown
    assert "+1 prefixes, asked by alice" in shown
    assert "+1 prefixes" in page(alice, "/registries/irr/history/")


def test_what_was_refused_can_be_taken_by_a_button(alice: Client) -> None:
    tell("AS-BOB")
    known.keep_trouble("AS-BOB", "0 of 1 origins are left: refused", at=datetime.now(UTC), is_refused=True)
    assert "Take what is left" in page(alice, "/registries/irr/of/AS-BOB/")

    answer = alice.post("/registries/irr/update/", {"name": "AS-BOB", "accept": "on"})

    job = Job.objects.get(kind="irr")
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    assert job.arguments == {"names": ["AS-BOB"], "accept": True}


def test_a_name_of_several_as_sets_has_a_page(alice: Client) -> None:
    tell("RIPE::AS-BOB AS64501:AS-KIDS")

    assert "AS64501:AS-KIDS" in page(alice, "/registries/irr/of/RIPE::AS-BOB%20AS64501:AS-KIDS/")


def test_a_name_that_nobody_has_is_not_found(alice: Client) -> None:
    assert alice.get("/registries/irr/of/AS-NOBODY/").status_code == 404


def test_many_names_cost_as_many_questions_as_one(
    alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(64600, 64640):
        tell(f"AS{number}")

    with django_assert_max_num_queries(12):
        page(alice, "/registries/irr/")


def test_the_api_gives_the_same_and_asks_too(alice: Client) -> None:
    tell("AS-BOB")

    listed = alice.get("/api/registries/irr/").json()["results"]
    one = alice.get("/api/registries/irr/of/AS-BOB/").json()
    asked = alice.post("/api/registries/irr/update/", {"names": ["as-bob"]}, content_type="application/json")

    assert [(row["name"], row["ipv4"], row["is_old"]) for row in listed] == [("AS-BOB", 1, False)]
    assert (one["prefixes"], one["origins"]) == (["203.0.113.64/26"], [64501])
    assert (asked.status_code, asked.json()["kind"]) == (202, "irr")
    assert alice.get("/api/registries/irr-changes/").json()["results"][0]["is_first"] is True


def test_a_name_that_no_as_has_is_refused(alice: Client) -> None:
    asked = alice.post("/api/registries/irr/update/", {"names": ["AS-NOBODY"]}, content_type="application/json")

    assert asked.status_code == 422
    assert "AS-NOBODY" in asked.json()["detail"]


def test_a_router_whose_filter_was_never_told_says_so_on_its_page(alice: Client) -> None:
    assert "AS-BOB was never looked up" in page(alice, "/routers/alpha/")
    tell("AS-BOB")

    assert "never looked up" not in page(alice, "/routers/alpha/")
