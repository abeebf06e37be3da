"""Tokens: shown once, hashed, never more than their person, from where they may come, as long as they are good."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fakes.clock import FakeClock
from hanse.actions.accounts import add_user, change_user
from hanse.actions.people import person_for as person_of_user
from hanse.actions.rights import NotAllowed, Person, Right, operator
from hanse.actions.tokens import BadToken, NotAToken, NotFromHere, TokenExpired, make, person_for, revoke, token_list
from hanse.store.models import ApiToken, AuditEntry, User

ALICE = operator("alice")
HERE = "192.0.2.7"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def carol(clock: FakeClock) -> Person:
    add_user(username="carol", administrator=True, person=ALICE, clock=clock)
    return person_of_user(User.objects.get(username="carol"), "page")


def test_a_token_speaks_for_whoever_made_it(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", may_write=True, person=carol, clock=clock)

    person = person_for(text, HERE, clock)

    assert (person.who, person.door) == ("carol", "api")
    assert person.may(Right.DEPLOY)


def test_a_token_that_may_not_write_only_looks(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", person=carol, clock=clock)

    person = person_for(text, HERE, clock)

    assert [right for right in Right if person.may(right)] == [Right.VIEW]


def test_its_text_is_nowhere(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", person=carol, clock=clock)

    kept = str(list(ApiToken.objects.values())) + str(list(AuditEntry.objects.values()))
    assert text not in kept
    assert text[16:] not in kept


@pytest.mark.parametrize("text", ["", "hanse_", "hanse_" + "0" * 64, "ümlaut", "x" * 10_000])
def test_a_text_that_is_no_token_is_refused(carol: Person, clock: FakeClock, text: str) -> None:
    make(name="ci", person=carol, clock=clock)

    with pytest.raises(NotAToken):
        person_for(text, HERE, clock)


def test_a_token_is_good_until_its_time_and_not_a_second_longer(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", expires=clock.now() + timedelta(hours=1), person=carol, clock=clock)

    clock.sleep(timedelta(minutes=59))
    person_for(text, HERE, clock)
    clock.sleep(timedelta(minutes=1))

    with pytest.raises(TokenExpired):
        person_for(text, HERE, clock)


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"])
def test_a_token_comes_from_where_it_may(carol: Person, clock: FakeClock, address: str) -> None:
    text = make(name="ci", networks=["192.0.2.0/24", "2001:db8::/32"], person=carol, clock=clock)

    assert person_for(text, address, clock).who == "carol"


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db9::1", "", "nonsense"])
def test_a_token_does_not_come_from_elsewhere(carol: Person, clock: FakeClock, address: str) -> None:
    text = make(name="ci", networks=["192.0.2.0/24", "2001:db8::/32"], person=carol, clock=clock)

    with pytest.raises(NotFromHere):
        person_for(text, address, clock)


def test_the_tokens_of_somebody_switched_off_end_at_once(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", person=carol, clock=clock)
    add_user(username="admin", administrator=True, person=ALICE, clock=clock)

    change_user(username="carol", active=False, person=ALICE, clock=clock)

    with pytest.raises(NotAToken):
        person_for(text, HERE, clock)


def test_that_it_was_used_is_written_once_a_minute(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", person=carol, clock=clock)
    person_for(text, HERE, clock)
    first = ApiToken.objects.get().used_at

    clock.sleep(timedelta(seconds=59))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        person_for(text, HERE, clock)

    assert ApiToken.objects.get().used_at == first
    assert len(queries) == 1  # a superuser's rights take none
    clock.sleep(timedelta(seconds=1))
    person_for(text, HERE, clock)
    assert ApiToken.objects.get().used_at == clock.now()


def test_a_token_that_may_not_write_makes_and_ends_none(carol: Person, clock: FakeClock) -> None:
    reading = person_for(make(name="ci", person=carol, clock=clock), HERE, clock)

    with pytest.raises(NotAllowed):
        make(name="more", may_write=True, person=reading, clock=clock)
    with pytest.raises(NotAllowed):
        revoke(key=ApiToken.objects.get().token_key, person=reading, clock=clock)


@pytest.mark.parametrize("fence", [{"networks": ["192.0.2.0/24"]}, {"expires": FakeClock().now() + timedelta(days=1)}])
def test_a_token_with_an_end_or_networks_makes_none_that_outlives_it(
    carol: Person, clock: FakeClock, fence: dict[str, Any]
) -> None:
    fenced = person_for(make(name="ci", may_write=True, person=carol, clock=clock, **fence), HERE, clock)

    with pytest.raises(NotAllowed):
        make(name="for ever", may_write=True, person=fenced, clock=clock)


def test_everybody_ends_their_own_tokens_and_nobody_elses(carol: Person, clock: FakeClock) -> None:
    text = make(name="ci", person=carol, clock=clock)
    key = ApiToken.objects.get().token_key
    add_user(username="bob", person=ALICE, clock=clock)
    bob = Person(who="bob", door="page")

    with pytest.raises(NotAToken):
        revoke(key=key, person=bob, clock=clock)
    revoke(key=key, person=carol, clock=clock)

    with pytest.raises(NotAToken):
        person_for(text, HERE, clock)


def test_others_tokens_are_listed_for_administrators_only(carol: Person, clock: FakeClock) -> None:
    make(name="ci", person=carol, clock=clock)

    assert token_list(carol, of_everybody=True).count() == 1
    assert token_list(Person(who="bob", door="page")).count() == 0
    with pytest.raises(NotAllowed):
        token_list(Person(who="bob", door="page"), of_everybody=True)


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 101}, {"name": "ci", "networks": ["192.0.2.1/24"]}])
def test_a_token_that_cannot_be_is_refused(carol: Person, clock: FakeClock, wrong: dict[str, str]) -> None:
    with pytest.raises(BadToken):
        make(**wrong, person=carol, clock=clock)  # type: ignore[arg-type]


def test_a_token_of_yesterday_is_not_made(carol: Person, clock: FakeClock) -> None:
    with pytest.raises(BadToken):
        make(name="ci", expires=clock.now(), person=carol, clock=clock)
