"""Alerts and recipients as pages, from a fake router that fails to the note that somebody writes."""

from dataclasses import replace

import pytest
from django.test import Client

from actions.small_city import Town
from hanse.actions.alert_watch import watch
from hanse.actions.polling import poll
from hanse.network.seen.bgp import BgpState
from hanse.store.models import Alert, AuditEntry, Delivery, Job, Recipient
from web.browsers import browser_with, shown

pytestmark = pytest.mark.django_db(transaction=True)
PART = {"HX-Request": "true", "HX-Target": "live"}
HOOK = {"name": "hook", "means": "webhook", "target": "https://hooks.example.net/T0/river", "is_on": "on"}


def alarmed(place: Town) -> Alert:
    """Let the session with Bob's network go down, and people be told."""
    poll(world=place.world)
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(
        replace(one, state=BgpState.IDLE) if one.remote_asn.number == 64501 else one for one in alpha.sessions
    )
    poll(world=place.world)
    place.clock.sleep(place.world.telling.after)
    watch(place.world)
    return Alert.objects.get()


def test_without_alerts_the_page_says_so(alice: Client) -> None:
    assert "Nothing is wrong" in shown(alice, "/alerts/")


def test_an_alert_stands_in_the_list_and_has_a_page(place: Town, bob: Client) -> None:
    alert = alarmed(place)

    assert alert.sentence in shown(bob, "/alerts/")
    page = shown(bob, f"/alerts/{alert.pk}/")
    assert "BGP session 192.0.2.11 went down" in page
    assert "there was no recipient for it" in page


def test_htmx_is_given_the_live_part_alone(place: Town, bob: Client) -> None:
    part = shown(bob, f"/alerts/{alarmed(place).pk}/", **PART)

    assert part.startswith('<div id="live" hx-get=')


def test_whoever_may_deploy_acknowledges_with_a_note(place: Town, alice: Client) -> None:
    number = alarmed(place).pk

    answer = alice.post(f"/alerts/{number}/acknowledge/", {"note": "the fibre is cut"})

    assert answer.status_code == 302
    alert = Alert.objects.get()
    assert (alert.state, alert.acknowledged_by, alert.note) == ("acknowledged", "alice", "the fibre is cut")
    assert AuditEntry.objects.filter(action="acknowledge alert", who="alice", door="page").exists()
    assert "the fibre is cut" in shown(alice, f"/alerts/{number}/")


def test_a_reader_says_nothing_to_an_alert(place: Town, bob: Client) -> None:
    number = alarmed(place).pk

    assert bob.post(f"/alerts/{number}/acknowledge/").status_code == 403
    assert bob.post(f"/alerts/{number}/clear/").status_code == 403
    assert Alert.objects.get().state == "firing"
    assert "I look after it" not in shown(bob, f"/alerts/{number}/")


def test_what_was_cleared_by_hand_says_by_whom(place: Town, alice: Client) -> None:
    number = alarmed(place).pk

    alice.post(f"/alerts/{number}/clear/", {"note": "planned work"})

    assert Alert.objects.get().cleared_why == "alice says so: planned work"
    assert alice.post(f"/alerts/{number}/clear/").status_code == 422


def test_an_alert_elsewhere_is_not_there(place: Town) -> None:
    number = alarmed(place).pk
    carol = browser_with("carol", "view", "deploy", sites=("quay",))

    assert "Nothing is wrong" in shown(carol, "/alerts/")
    assert carol.get(f"/alerts/{number}/").status_code == 422


def test_the_secret_of_a_new_webhook_is_shown_once(alice: Client) -> None:
    made = alice.post("/new-recipient/", HOOK)

    secret = Recipient.objects.get().secret
    assert secret
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    for page in ("/recipients/", "/recipients/hook/", "/recipients/?export=json", "/audit/"):
        text = "".join(map(str, alice.get(page)))
        assert secret not in text
        assert "river" not in text


def test_a_recipient_is_changed_and_keeps_what_was_not_written(alice: Client) -> None:
    alice.post("/new-recipient/", HOOK)
    before = Recipient.objects.get()

    alice.post("/recipients/hook/", {"name": "hook", "means": "webhook", "kinds": ["drift"]})

    after = Recipient.objects.get()
    assert (after.target, after.secret, after.kinds, after.is_on) == (before.target, before.secret, ["drift"], False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"target": "hooks.example.net"}, "that is no URL of a webhook"),
        ({"means": "email"}, "that is no mail address"),
        ({"name": "a/b"}, "none of them a slash"),
    ],
)
def test_a_form_says_what_is_wrong(alice: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = alice.post("/new-recipient/", HOOK | wrong)

    assert sentence in answer.content.decode()
    assert not Recipient.objects.exists()


def test_a_test_is_queued_and_a_job_asked_to_send_it(alice: Client) -> None:
    alice.post("/new-recipient/", HOOK)

    alice.post("/recipients/hook/test/")

    assert (Delivery.objects.get().event, Job.objects.get().kind) == ("test", "deliver")
    assert "waiting" in shown(alice, "/deliveries/")


def test_what_was_given_up_is_sent_again(alice: Client) -> None:
    alice.post("/new-recipient/", HOOK)
    alice.post("/recipients/hook/test/")
    Delivery.objects.update(state="given up")
    number = Delivery.objects.get().pk

    alice.post(f"/deliveries/{number}/again/")

    assert Delivery.objects.get().state == "waiting"
    assert alice.post(f"/deliveries/{number}/again/").status_code == 422


def test_a_removed_recipient_is_gone_with_what_it_was_told(alice: Client) -> None:
    alice.post("/new-recipient/", HOOK)
    alice.post("/recipients/hook/test/")

    alice.post("/recipients/hook/remove/")

    assert not Recipient.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("path", ["/recipients/", "/recipients/hook/", "/new-recipient/", "/deliveries/"])
def test_only_an_administrator_sees_recipients(bob: Client, path: str) -> None:
    assert bob.get(path).status_code == 403
