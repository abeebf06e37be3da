"""Alerts, recipients and pruning at the terminal."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from actions.small_city import Town
from hanse.actions.polling import poll
from hanse.cli.say import Exit
from hanse.store.models import Alert, Delivery, Poll, Recipient

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def alarmed(place: Town) -> int:
    """Return the number of the alert about beta, which has fallen silent."""
    poll(world=place.world)
    place.devices["beta"].reachable = False
    poll(world=place.world)
    return Alert.objects.get().pk


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanse.conf.outside.Outside.carry", lambda self, job: None)


def test_while_nothing_is_wrong_it_says_so(run: Run) -> None:
    assert run("alerts") == (Exit.FINE, "Nothing is wrong.\n", "")


def test_what_is_wrong_is_listed(run: Run, alarmed: int) -> None:
    code, out, _ = run("alerts")

    assert code == Exit.FINE
    assert "beta stopped answering" in out
    assert json.loads(run("alerts", "--json")[1])["alerts"][0]["key"] == "router-unreachable beta"


def test_an_alert_is_acknowledged_and_cleared_with_a_note(run: Run, alarmed: int) -> None:
    run("alerts", "acknowledge", f"{alarmed}", "--note", "I drive there")
    assert (Alert.objects.get().state, Alert.objects.get().note) == ("acknowledged", "I drive there")
    run("alerts", "clear", f"{alarmed}")

    assert run("alerts")[1] == "Nothing is wrong.\n"
    assert "beta stopped answering" in run("alerts", "--all")[1]


def test_an_alert_that_there_is_not_is_said(run: Run) -> None:
    assert run("alerts", "clear", "7") == (Exit.WANTED, "", "there is no alert 7\n")
    assert "hanse alerts" in run("alerts", "clear")[2]


def test_a_webhook_is_set_and_its_secret_shown_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("https://hooks.example.net/T0/river\n"))

    code, out, _ = run("recipient", "set", "hook", "--webhook", "-", "--kind", "drift")

    row = Recipient.objects.get()
    assert (code, row.target, row.kinds) == (Exit.FINE, "https://hooks.example.net/T0/river", ["drift"])
    assert row.secret
    assert row.secret in out
    listed = run("recipient", "list")[1]
    assert "https://hooks.example.net/…" in listed
    assert "river" not in listed
    assert row.secret not in run("recipient", "list", "--json")[1]


def test_a_recipient_is_changed_tested_and_removed(run: Run) -> None:
    run("recipient", "set", "bob", "--email", "bob@example.net")
    run("recipient", "set", "bob", "--email", "noc@example.net")
    run("recipient", "test", "bob")
    assert "waiting" in run("recipient", "sent")[1]
    Delivery.objects.update(state="given up")
    run("recipient", "again", f"{Delivery.objects.get().pk}")
    assert (Recipient.objects.get().target, Delivery.objects.get().state) == ("noc@example.net", "waiting")

    run("recipient", "remove", "bob")

    assert not Recipient.objects.exists()


def test_a_recipient_without_a_target_is_answered_with_the_usage(run: Run) -> None:
    assert "hanse recipient list" in run("recipient", "set", "bob")[2]


def test_pruning_counts_first_and_lets_go_when_told(run: Run) -> None:
    at = datetime.now(UTC) - timedelta(days=1000)
    Poll.objects.create(node="alpha", at=at, took=timedelta(seconds=1), ok=True)

    code, out, _ = run("prune", "--json")
    assert (code, {one["what"]: one["count"] for one in json.loads(out)["pruned"]}["polls"]) == (Exit.CHANGES, 1)
    assert Poll.objects.exists()

    assert run("prune", "--apply")[0] == Exit.FINE
    assert not Poll.objects.exists()
    assert run("prune")[0] == Exit.FINE
