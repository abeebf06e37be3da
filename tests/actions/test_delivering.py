"""What is queued for recipients is sent, tried again, and given up; nobody keeps others waiting."""

import json
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from actions.small_city import ALICE, Town, town
from fakes.listeners import HOST, Heard, mail_listener, silent_port, web_listener
from hanse.actions.alert_watch import watch
from hanse.actions.alerts import acknowledge
from hanse.actions.delivering import Delivered, deliver
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.jobs import ask
from hanse.actions.polling import poll
from hanse.actions.recipients import Wish, add_recipient, send_again, send_test
from hanse.actions.rights import operator
from hanse.actions.running_jobs import run
from hanse.monitor.telling.mail import Post
from hanse.monitor.telling.targets import Means
from hanse.monitor.telling.webhook import Webhooks
from hanse.store import deliveries
from hanse.store.alert_states import DeliveryState
from hanse.store.models import Alert, Delivery, Job

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = operator(ALICE.who)


@pytest.fixture
def place() -> Generator[Town]:
    """The town, with webhooks allowed to lead to this machine."""
    with town() as found:
        telling = replace(found.world.telling, webhooks=Webhooks(private_allowed=True), url="https://hanse.example.net")
        found.world = replace(found.world, telling=telling)
        yield found


@pytest.fixture
def heard() -> Iterator[Heard]:
    with web_listener() as found:
        yield found


def hook(place: Town, port: int, name: str = "hook", kinds: tuple[str, ...] = ()) -> str:
    """Add a webhook of this machine and return its secret."""
    wish = Wish(name=name, means=Means.WEBHOOK, target=f"http://{HOST}:{port}/river", kinds=kinds)
    return add_recipient(wish, PERSON, world=place.world).secret


def fail(place: Town) -> Alert:
    """Let beta fall silent, and look."""
    poll(world=place.world)
    place.devices["beta"].reachable = False
    poll(world=place.world)
    place.clock.sleep(place.world.telling.after)
    watch(place.world)
    return Alert.objects.get()


def events(heard: Heard) -> list[str]:
    return [json.loads(body)["event"] for _, _, body in heard.requests]


def test_a_recipient_is_told_of_all_steps(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    alert = fail(place)
    deliver(place.world)
    acknowledge(alert.pk, PERSON, world=place.world, note="I drive there")
    place.devices["beta"].reachable = True
    poll(world=place.world)
    deliver(place.world)

    assert events(heard) == ["fired", "acknowledged", "cleared"]
    first, second, _ = (json.loads(body) for _, _, body in heard.requests)
    assert first["url"] == f"https://hanse.example.net/alerts/{alert.pk}/"
    assert (first["alert"]["kind"], first["alert"]["node"]) == ("router-unreachable", "beta")
    assert second["alert"]["note"] == "I drive there"


def test_each_message_has_a_number_and_a_signature_of_its_own(place: Town, heard: Heard) -> None:
    secret = hook(place, heard.port)
    send_test("hook", PERSON, world=place.world)
    send_test("hook", PERSON, world=place.world)
    deliver(place.world)

    numbers = [json.loads(body)["id"] for _, _, body in heard.requests]
    assert numbers == list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    assert secret
    assert all("X-Hanse-Signature" in headers for _, headers, _ in heard.requests)


def test_who_wants_other_kinds_hears_nothing(place: Town, heard: Heard) -> None:
    hook(place, heard.port, kinds=("drift",))
    fail(place)

    assert deliver(place.world) == Delivered()


def test_what_is_not_taken_is_tried_again_later_each_time_longer_and_given_up_after_a_day(
    place: Town, heard: Heard
) -> None:
    hook(place, heard.port)
    heard.status = 503
    send_test("hook", PERSON, world=place.world)

    tries = []
    for _ in range(26 * 60):
        before = len(heard.requests)
        deliver(place.world)
        tries += [place.clock.passed] if len(heard.requests) > before else []
        if Delivery.objects.get().state != DeliveryState.WAITING:
            break
        waiting = Delivery.objects.get().next_try
        assert waiting is not None
        place.clock.sleep(max(waiting - place.clock.now(), timedelta(seconds=1)))

    gaps = [round((later - sooner) / timedelta(minutes=1)) for sooner, later in pairwise(tries)]
    assert gaps[:7] == [1, 2, 4, 8, 16, 32, 60]
    row = Delivery.objects.get()
    assert (row.state, row.error) == (DeliveryState.GIVEN_UP, f"http://{HOST}:{heard.port}/… answered 503")
    assert timedelta(hours=22) < tries[-1] - tries[0] < timedelta(hours=24)


def test_what_was_given_up_is_sent_when_asked_again(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    number = send_test("hook", PERSON, world=place.world).pk
    Delivery.objects.update(state=DeliveryState.GIVEN_UP, next_try=None)

    send_again(number, PERSON, world=place.world)
    deliver(place.world)

    assert events(heard) == ["test"]


def test_a_private_address_is_given_up_at_once(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    send_test("hook", PERSON, world=place.world)
    strict = replace(place.world, telling=replace(place.world.telling, webhooks=Webhooks()))

    deliver(strict)

    row = Delivery.objects.get()
    assert (row.state, row.attempts, heard.requests) == (DeliveryState.GIVEN_UP, 1, [])
    assert "which is not public" in row.error


def test_one_that_does_not_answer_keeps_no_other_waiting(place: Town, heard: Heard) -> None:
    hook(place, silent_port(), name="dead")
    hook(place, heard.port, name="well")
    for _ in range(3):
        send_test("dead", PERSON, world=place.world)
        send_test("well", PERSON, world=place.world)

    assert deliver(place.world) == Delivered(taken=3, failed=1)
    assert sorted(Delivery.objects.filter(recipient__name="dead").values_list("attempts", flat=True)) == [0, 0, 1]


def test_two_workers_send_one_message_once(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    row = send_test("hook", PERSON, world=place.world)
    mine = Delivery.objects.get(pk=row.pk)
    at = place.clock.now()

    assert deliveries.claim(mine, at=at)
    assert not deliveries.claim(row, at=at)
    assert deliver(place.world) == Delivered()


def test_what_a_dead_worker_had_claimed_is_sent_after_a_while(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    deliveries.claim(send_test("hook", PERSON, world=place.world), at=place.clock.now())
    place.clock.sleep(deliveries.LEASE)

    deliver(place.world)

    assert events(heard) == ["test"]


def test_a_mail_says_the_sentence_and_lists_the_parts(place: Town) -> None:
    with mail_listener() as heard:
        post = Post(host=HOST, port=heard.port, security="none", sender="hanse@example.net")
        world = replace(place.world, telling=replace(place.world.telling, post=post))
        add_recipient(Wish(name="bob", means=Means.EMAIL, target="bob@example.net"), PERSON, world=world)
        fail(place)
        deliver(world)

    (mail,) = heard.mails
    assert "Subject: [hanse] fired: router-unreachable beta" in mail
    assert "beta stopped answering" in mail


def test_the_job_watches_and_sends(place: Town, heard: Heard) -> None:
    hook(place, heard.port)
    poll(world=place.world)
    place.devices["beta"].reachable = False
    poll(world=place.world)
    place.clock.sleep(place.world.telling.after)

    run(ask(kind="deliver", person=PERSON, world=place.world), world=place.world)

    assert (Job.objects.get().state, Job.objects.get().result) == ("done", {"alerts": 1, "sent": 1, "not taken": 0})
    assert KINDS["deliver"].safe_to_repeat
