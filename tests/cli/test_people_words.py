"""`hanse user`, `group`, `grant`, `token` and `settings`: people from the terminal."""

import json
from collections.abc import Callable

import pytest

from hanse.cli.say import Exit
from hanse.store.models import ApiToken, AuditEntry, User

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_is_added_given_a_password_and_listed(run: Run) -> None:
    code, out, _ = run("user", "add", "bob", "--email", "bob@example.net", "--admin", "--json")
    listed = run("user", "list")[1]

    assert code == Exit.FINE
    assert User.objects.get(username="bob").check_password(json.loads(out)["password"])
    assert "bob@example.net" in listed
    assert AuditEntry.objects.get(kind="user").door == "cli"


def test_somebody_is_switched_off_and_on(run: Run) -> None:
    run("user", "add", "alice", "--admin")
    run("user", "add", "bob")

    run("user", "disable", "bob")
    off = User.objects.get(username="bob").is_active
    run("user", "enable", "bob")

    assert not off
    assert User.objects.get(username="bob").is_active


def test_the_last_administrator_is_kept(run: Run) -> None:
    run("user", "add", "alice", "--admin")

    code, _, said = run("user", "admin", "alice", "--no")

    assert code == Exit.WANTED
    assert "nobody would be left" in said


def test_a_group_is_granted_something(run: Run) -> None:
    run("user", "add", "bob")
    run("group", "set", "noc", "bob")
    code, out, _ = run(
        "grant", "set", "noc", "--right", "view", "--right", "deploy", "--site", "hall", "--group", "noc"
    )

    assert (code, out.strip()) == (Exit.FINE, "May look at and deploy everything at hall.")
    assert "noc" in run("grant", "list")[1]
    assert "bob" in run("group", "list")[1]


def test_what_was_granted_is_taken_away(run: Run) -> None:
    run("grant", "set", "noc", "--right", "view")

    run("grant", "remove", "noc")

    assert json.loads(run("grant", "list", "--json")[1]) == {"grants": {}}


def test_a_token_is_made_listed_and_ended(run: Run) -> None:
    run("user", "add", "bob")
    text = run("token", "make", "ci", "--user", "bob", "--write", "--from", "192.0.2.0/24", "--days", "7")[1].strip()
    listed = run("token", "list")[1]
    run("token", "revoke", text[:15])

    assert text.startswith("hanse_")
    assert "192.0.2.0/24" in listed
    assert text not in listed
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("word", ["user", "group", "grant", "token"])
def test_half_a_sentence_is_answered_by_how_to_say_it(run: Run, word: str) -> None:
    verb = {"user": "add", "group": "set", "grant": "remove", "token": "make"}[word]

    code, _, said = run(word, verb)

    assert code == Exit.WANTED
    assert f"hanse {word} list" in said


def test_the_settings_are_shown_without_secrets(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAPALM_PASSWORD", "mark-of-a-secret")

    out = run("settings")[1]

    assert "NAPALM_PASSWORD" in out
    assert "mark-of-a-secret" not in out
