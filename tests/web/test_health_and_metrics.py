"""`/healthz` and `/metrics`: who may see them, and what they say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from actions.small_city import ALICE, Town, town
from hanse.actions import keeping
from hanse.actions.jobs import ask
from hanse.actions.polling import poll
from hanse.actions.rights import operator
from hanse.actions.workers import me
from hanse.store import workers
from hanse.store.models import Alert, Grant, User, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


def client_of(username: str, **grant: Any) -> Client:
    user = User.objects.create_user(username)
    if grant:
        Grant.objects.create(name=f"of {username}", **grant).users.add(user)
    client = Client()
    client.force_login(user)
    return client


def test_with_a_worker_all_is_well(place: Town) -> None:
    keeping.sign_in(threads=2, at=place.clock.now())

    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"ok": True, "database": True, "workers": 1})


def test_without_a_worker_nothing_is_well() -> None:
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": True, "workers": 0})


def test_a_worker_that_signed_out_or_died_does_not_count(place: Town) -> None:
    workers.sign_in(f"{me()}9", threads=2, at=place.clock.now())
    keeping.sign_in(threads=2, at=place.clock.now())
    keeping.sign_out()

    assert Client().get("/healthz").json()["workers"] == 0


def test_a_worker_that_was_silent_for_long_is_forgotten(place: Town) -> None:
    workers.sign_in("elsewhere:1:1", threads=2, at=place.clock.now() - timedelta(hours=2))

    keeping.sign_in(threads=2, at=place.clock.now())

    assert Worker.objects.filter(name="elsewhere:1:1").count() == 0


def test_a_database_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(workers, "signs", gone)

    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_nobody_sees_no_metrics() -> None:
    answer = Client().get("/metrics")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_wrong_token_is_refused() -> None:
    answer = Client().get("/metrics", headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401


@pytest.mark.parametrize("grant", [{}, {"rights": ["view"], "sites": ["hall"]}])
def test_whoever_may_not_look_at_everything_sees_no_metrics(grant: dict[str, Any]) -> None:
    assert client_of("carol", **grant).get("/metrics").status_code == 403


def test_bob_who_may_look_sees_the_numbers(place: Town, django_assert_max_num_queries: Any) -> None:
    place.devices["beta"].reachable = False
    poll(world=place.world)
    ask(kind="poll", person=operator(ALICE.who), world=place.world)
    Alert.objects.create(
        key="router-unreachable beta",
        kind="router-unreachable",
        sentence="beta does not answer",
        fired_at=place.clock.now(),
        last_at=place.clock.now(),
    )
    bob = client_of("bob", rights=["view"])

    with django_assert_max_num_queries(12):  # session, user and grants are three of them
        text = bob.get("/metrics").content.decode()

    lines = text.splitlines()
    assert "hanse_routers 2.0" in lines
    assert "hanse_routers_reachable 1.0" in lines
    assert 'hanse_jobs{state="queued"} 1.0' in lines
    assert 'hanse_jobs{state="lost"} 0.0' in lines
    assert 'hanse_alerts{kind="router-unreachable",state="firing"} 1.0' in lines
    assert any(line.startswith('hanse_sessions{condition="up"') for line in lines)
    assert any(line.startswith("hanse_last_poll_age_seconds ") for line in lines)


def test_with_nothing_on_record_ages_have_no_value() -> None:
    lines = client_of("bob", rights=["view"]).get("/metrics").content.decode().splitlines()

    assert "hanse_routers 0.0" in lines
    assert not any(line.startswith("hanse_last_poll_age_seconds ") for line in lines)
