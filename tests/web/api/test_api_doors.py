"""Who comes in by the API: a token in the header, or a session that proves its page asked."""

from datetime import timedelta

import pytest
from django.test import Client

from actions.small_city import town
from hanse.actions.rights import Granted, Right, operator
from hanse.actions.tokens import make
from hanse.devices.clock import SystemClock
from hanse.store.models import ApiToken, Grant, User, WantedObject
from web.api.asking import Asking, alice

pytestmark = pytest.mark.django_db


def token_of(name: str, *, may_write: bool = False, networks: tuple[str, ...] = ()) -> str:
    """Return the text of a new token of somebody who is there."""
    return make(name="mine", may_write=may_write, networks=networks, person=operator(name), clock=SystemClock())


def with_token(text: str, scheme: str = "Token") -> Asking:
    """Return whoever holds the token."""
    return Asking(Client(headers={"Authorization": f"{scheme} {text}"}))


@pytest.fixture
def bobs() -> User:
    """Return Bob, who may look at everything."""
    bob = User.objects.create(username="bob")
    Grant.objects.create(name="look", **Granted(rights=frozenset({Right.VIEW})).as_row()).users.add(bob)
    return bob


@pytest.mark.parametrize("scheme", ["Token", "token", "Bearer"])
def test_a_token_speaks_for_its_owner(bobs: User, scheme: str) -> None:
    assert with_token(token_of("bob"), scheme).get("seen/routers/").status == 200


def test_what_is_no_token_is_told_what_to_bring(bobs: User) -> None:
    answer = with_token("hanse_nothing").get("seen/routers/")

    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Token")
    assert answer.body["detail"] == "there is no such token"


def test_a_token_whose_time_is_over_is_told_so(bobs: User) -> None:
    text = token_of("bob")
    ApiToken.objects.update(expiry=SystemClock().now() - timedelta(seconds=1))

    answer = with_token(text).get("seen/routers/")

    assert answer.status == 401
    assert "was good until" in answer.body["detail"]


def test_a_token_bound_to_networks_comes_from_there_only(bobs: User) -> None:
    assert with_token(token_of("bob", networks=("127.0.0.0/8",))).get("seen/routers/").status == 200
    assert with_token(token_of("bob", networks=("192.0.2.0/24",))).get("seen/routers/").status == 401


def test_a_token_of_somebody_who_was_switched_off_is_nobodys(bobs: User) -> None:
    text = token_of("bob")
    User.objects.update(is_active=False)

    assert with_token(text).get("seen/routers/").status == 401


def test_a_read_only_token_writes_nothing_whatever_its_owner_may() -> None:
    User.objects.create(username="alice", is_superuser=True)
    with town():
        answer = with_token(token_of("alice")).ask("POST", "wanted/sites/", {"name": "mill"})

        assert answer.status == 403
        assert not WantedObject.objects.filter(name="mill").exists()


def test_a_session_writes_only_with_the_proof_that_its_page_asked() -> None:
    inside = alice()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = inside.client.cookies
    with town():
        answer = Asking(strict).ask("POST", "wanted/sites/", {"name": "mill"})

        assert answer.status == 403
        assert "CSRF" in answer.body["detail"]
        assert inside.ask("POST", "wanted/sites/", {"name": "mill"}).status == 201
