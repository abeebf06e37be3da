"""The pages about people: what is made by their forms, shown once, and said where it cannot be."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from fakes.clock import FakeClock
from hanse.actions.accounts import add_user, ensure_administrator
from hanse.actions.grants import put_group
from hanse.actions.rights import operator
from hanse.conf.environment import SETTINGS
from hanse.store.models import ApiToken, Grant, User

ALICE = operator("alice")
CLOCK = FakeClock()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client() -> Client:
    """Return a browser in which the first administrator is logged in."""
    ensure_administrator(clock=CLOCK)
    client = Client()
    client.force_login(User.objects.get(username="admin"))
    return client


def text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def test_somebody_new_gets_a_password_that_is_shown_once(client: Client) -> None:
    page = client.post("/new-user/", {"username": "bob", "email": "bob@example.net"}).content.decode()

    (password,) = set(re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page))
    assert User.objects.get(username="bob").check_password(password)
    assert password not in text(client, "/users/bob/")


def test_a_name_that_cannot_be_is_said_at_the_form(client: Client) -> None:
    page = client.post("/new-user/", {"username": "ad min"}).content.decode()

    assert "is no name" in page
    assert not User.objects.filter(username="ad min").exists()


def test_the_last_administrator_is_told_so_at_the_form(client: Client) -> None:
    page = client.post("/users/admin/", {"email": "", "active": "on"}).content.decode()

    assert "nobody would be left" in page
    assert User.objects.get(username="admin").is_superuser


def test_somebody_is_switched_off_by_the_form(client: Client) -> None:
    add_user(username="bob", person=ALICE, clock=CLOCK)

    client.post("/users/bob/", {"email": ""})

    assert not User.objects.get(username="bob").is_active


def test_a_grant_is_kept_as_it_was_written_and_said_in_words(client: Client) -> None:
    written = {
        "name": "night",
        "rights": ["view", "deploy"],
        "sites": "hall, tower",
        "asns": "AS64500",
        "groups": ["readers"],
    }
    client.post("/new-grant/", written)

    kept = Grant.objects.get(name="night")
    assert (kept.rights, kept.sites, kept.asns) == (["deploy", "view"], ["hall", "tower"], [64500])
    assert "May look at and deploy everything at hall or tower or of AS64500." in text(client, "/grants/")
    assert "hall, tower" in text(client, "/grants/night/")


def test_a_grant_that_is_no_grant_is_said_at_the_form(client: Client) -> None:
    page = client.post("/new-grant/", {"name": "night", "rights": ["view"], "asns": "seven"}).content.decode()

    assert "seven is no AS number" in page
    assert not Grant.objects.filter(name="night").exists()


def test_a_group_has_the_members_that_are_ticked(client: Client) -> None:
    add_user(username="bob", person=ALICE, clock=CLOCK)

    client.post("/groups/readers/", {"members": ["bob"]})

    assert "bob" in text(client, "/groups/")
    assert [group.name for group in User.objects.get(username="bob").groups.all()] == ["readers"]


def test_a_token_is_shown_once_and_ended_by_a_button(client: Client) -> None:
    page = client.post("/account/new-token/", {"name": "ci", "networks": "192.0.2.0/24", "expires": "2999-12-31"})

    (token,) = set(re.findall(r"hanse_[0-9a-f]{64}", page.content.decode()))
    account = text(client, "/account/")
    assert "ci" in account
    assert token not in account
    client.post(f"/account/tokens/{ApiToken.objects.get().token_key}/revoke/")
    assert not ApiToken.objects.exists()


def test_no_page_with_a_secret_is_kept_by_a_browser(client: Client) -> None:
    for where, body in (("/account/new-token/", {"name": "ci"}), ("/new-user/", {"username": "bob"})):
        assert "no-store" in client.post(where, body).headers["Cache-Control"]


def test_every_setting_is_on_the_page(client: Client) -> None:
    page = text(client, "/settings/?size=250")

    assert [setting.name for setting in SETTINGS if setting.name not in page] == []


@pytest.mark.parametrize("where", ["/users/", "/groups/", "/grants/", "/tokens/", "/account/"])
def test_a_long_list_costs_as_many_questions_as_a_short_one(client: Client, where: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(where)
        return len(asked)

    client.post("/account/new-token/", {"name": "first"})
    questions()
    short = questions()
    for number in range(12):
        add_user(username=f"bob{number}", person=ALICE, clock=CLOCK)
        put_group(name=f"group{number}", members=[f"bob{number}"], person=ALICE, clock=CLOCK)
        client.post("/account/new-token/", {"name": f"ci{number}"})

    assert questions() == short
    assert short <= 20
