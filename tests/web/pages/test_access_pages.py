"""Templates, secrets, host keys and schedules as pages."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from actions.small_city import Town
from hanse.actions.schedules import ensure_usual
from hanse.render.text import template_text
from hanse.store import access
from hanse.store.models import AuditEntry, Job, Schedule
from web.browsers import browser_with, shown

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "planted-value-4711"
BIRD = "bird2/bird.conf.j2"


def test_a_secret_goes_in_and_its_value_is_on_no_page(alice: Client) -> None:
    alice.post("/secrets/set/", {"name": "border", "value": MARK})

    page = shown(alice, "/secrets/")

    assert access.secrets() == {"border": MARK}
    assert "border" in page
    assert MARK not in page
    assert MARK.encode() not in alice.get("/secrets/?export=json").getvalue()


def test_a_value_is_shown_to_who_may_see_it_and_that_is_on_record(alice: Client) -> None:
    access.put_secret("border", MARK, at=datetime.now(UTC))

    answer = alice.post("/secrets/border/reveal/")

    assert MARK in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEntry.objects.filter(action="see secret", name="border", who="alice").count() == 1


def test_who_may_do_all_but_see_secrets_sees_none() -> None:
    access.put_secret("border", MARK, at=datetime.now(UTC))
    bob = browser_with("bob", "view", "change", "deploy", "administer")

    answer = bob.post("/secrets/border/reveal/")

    assert answer.status_code == 403
    assert MARK not in answer.content.decode()
    assert ">Show</button>" not in shown(bob, "/secrets/")
    assert not AuditEntry.objects.filter(action="see secret").exists()


def test_looking_at_a_value_is_no_link() -> None:
    bob = browser_with("bob", "view", "see-secrets")

    assert bob.get("/secrets/border/reveal/").status_code == 405


def test_a_secret_is_forgotten(alice: Client) -> None:
    access.put_secret("border", MARK, at=datetime.now(UTC))

    alice.post("/secrets/border/remove/")

    assert access.secrets() == {}


def test_what_is_no_secret_is_refused_with_a_sentence(alice: Client) -> None:
    answer = alice.post("/secrets/set/", {"name": "border", "value": "abc"})

    assert answer.status_code == 422
    assert "4 characters or more" in answer.content.decode()


def test_who_may_only_look_sets_no_secret() -> None:
    bob = browser_with("bob", "view")

    assert bob.post("/secrets/set/", {"name": "border", "value": MARK}).status_code == 403
    assert "Set a secret" not in shown(bob, "/secrets/")


def test_a_templates_new_text_shows_what_it_changes_before_it_is_saved(place: Town, alice: Client) -> None:
    text = template_text(BIRD) + "# one more line\n"

    answer = alice.post(f"/templates/save/{BIRD}/", {"text": text, "deed": "look"})

    page = answer.content.decode()
    assert "2 texts would be another" in page
    assert "one more line" in page
    assert access.templates() == {}


def test_a_template_is_saved_and_dropped_again(place: Town, alice: Client) -> None:
    text = template_text(BIRD) + "# one more line\n"

    alice.post(f"/templates/save/{BIRD}/", {"text": text.replace("\n", "\r\n"), "deed": "save"})

    assert access.templates() == {BIRD: text}
    assert "changed here" in shown(alice, "/templates/")
    assert "How it differs from ours" in shown(alice, f"/templates/show/{BIRD}/")
    alice.post(f"/templates/drop/{BIRD}/")
    assert access.templates() == {}


def test_a_broken_template_is_said_at_once_and_not_saved(place: Town, alice: Client) -> None:
    answer = alice.post(f"/templates/save/{BIRD}/", {"text": "{{ nobody.knows }}\n", "deed": "save"})

    assert answer.status_code == 422
    assert "This text cannot be taken" in answer.content.decode()
    assert access.templates() == {}


def test_who_may_only_look_edits_no_template(place: Town) -> None:
    bob = browser_with("bob", "view")

    assert bob.post(f"/templates/save/{BIRD}/", {"text": "x", "deed": "save"}).status_code == 403
    assert bob.post(f"/templates/drop/{BIRD}/").status_code == 403
    assert "See what it would change" not in shown(bob, f"/templates/show/{BIRD}/")


def test_host_keys_are_shown_and_learned_by_a_job(place: Town, alice: Client) -> None:
    access.put_host_key("alpha", "ssh-ed25519 AAAA", by="alice", at=datetime.now(UTC))

    answer = alice.post("/host-keys/learn/", {"node": "alpha", "relearn": "yes"})

    assert "ssh-ed25519 AAAA" in shown(alice, "/host-keys/")
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    assert (job.kind, job.arguments) == ("learn", {"relearn": True, "limit": ["alpha"]})


def test_a_schedule_is_changed_after_a_look_at_its_next_times(alice: Client) -> None:
    ensure_usual(at=datetime.now(UTC))

    looked = alice.post("/schedules/poll/change/", {"cron": "*/10 * * * *", "is_on": "on", "deed": "look"})
    assert "if you save it" in looked.content.decode()
    assert Schedule.objects.get(name="poll").cron == "*/5 * * * *"
    alice.post("/schedules/poll/change/", {"cron": "*/10 * * * *", "deed": "save"})

    row = Schedule.objects.get(name="poll")
    assert (row.cron, row.is_on) == ("*/10 * * * *", False)
    assert "switched off" in shown(alice, "/schedules/")


def test_what_is_no_time_is_said_at_the_field(alice: Client) -> None:
    ensure_usual(at=datetime.now(UTC))

    answer = alice.post("/schedules/poll/change/", {"cron": "99 * * * *", "is_on": "on", "deed": "save"})

    assert answer.status_code == 422
    assert "is no time" in answer.content.decode()


def test_schedules_are_changed_by_administrators_only() -> None:
    ensure_usual(at=datetime.now(UTC))
    bob = browser_with("bob", "view", "change", "deploy")

    assert bob.post("/schedules/poll/change/", {"cron": "1 * * * *", "deed": "look"}).status_code == 403
    assert "Change it" not in shown(bob, "/schedules/poll/")
