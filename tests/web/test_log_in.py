"""Logging in, slowly where it fails, with a second factor where it is wanted; logging out; being switched off."""

import time
from typing import Self
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as live_settings
from django.test import Client
from pytest_django.fixtures import Settings

from fakes.clock import FakeClock
from hanse.actions.accounts import add_user, change_user, set_password
from hanse.actions.grants import Given, put_grant, put_group
from hanse.actions.rights import Granted, Right, operator
from hanse.store.models import Counted, User

ALICE = operator("alice")
CLOCK = FakeClock()
PASSWORD = "seven-lamps-burn-late"
LOG_IN = "/accounts/login/"
ACCOUNT = "/account/"
SET_UP = "/accounts/second-factor/totp/activate/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carol() -> User:
    add_user(username="admin", administrator=True, person=ALICE, clock=CLOCK)
    add_user(username="carol", password=PASSWORD, email="carol@example.net", person=ALICE, clock=CLOCK)
    return User.objects.get(username="carol")


def knock(client: Client, password: str = PASSWORD, *, login: str = "carol", host: str = "testserver") -> bool:
    """Try to log in, and say whether one is."""
    client.post(LOG_IN, {"login": login, "password": password}, headers={"host": host})
    return client.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("login", ["carol", "CAROL", "carol@example.net"])
def test_one_logs_in_by_name_or_mail_address(carol: User, login: str) -> None:
    assert knock(Client(), login=login)


def test_the_cookie_is_no_scripts_and_no_other_sites(carol: User) -> None:
    client = Client()
    knock(client)

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "hanse" not in cookie.value


def test_the_sixth_log_in_within_a_minute_is_refused_even_with_the_right_password(carol: User) -> None:
    for number in range(5):
        assert not knock(Client(), f"wrong-{number}")

    assert not knock(Client())


def test_another_host_header_does_not_start_the_count_anew(carol: User, settings: Settings) -> None:
    for port in range(5):
        knock(Client(), "wrong", host=f"testserver:{port + 1}")

    assert not knock(Client())


def test_the_count_is_where_every_process_sees_it(carol: User) -> None:
    knock(Client(), "wrong")

    assert Counted.objects.filter(cache_key__contains="login_failed").exists()


def test_a_right_password_does_not_count(carol: User) -> None:
    assert all(knock(Client()) for _ in range(7))


def test_who_there_is_cannot_be_learned_from_what_a_failure_says(carol: User) -> None:
    def said(login: str) -> str:
        answer = Client().post(LOG_IN, {"login": login, "password": "wrong"})
        return answer.content.decode().replace(login, "")

    token = 'name="csrfmiddlewaretoken"'
    mine, nobodys = (
        "\n".join(line for line in said(login).splitlines() if token not in line) for login in ("carol", "eve1")
    )
    assert mine == nobodys


def test_nobody_is_led_to_another_host(carol: User) -> None:
    client = Client()

    answer = client.post(f"{LOG_IN}?next=https://evil.example/", {"login": "carol", "password": PASSWORD})

    assert answer.headers["Location"] == "/"


def test_one_is_led_to_where_one_wanted_to(carol: User) -> None:
    client = Client()
    asked = client.get(ACCOUNT)

    answer = client.post(asked.headers["Location"], {"login": "carol", "password": PASSWORD})

    assert answer.headers["Location"] == ACCOUNT


def test_a_log_in_from_another_site_is_refused(carol: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(LOG_IN, {"login": "carol", "password": PASSWORD}).status_code == 403


def test_looking_at_the_log_out_page_logs_nobody_out(carol: User) -> None:
    client = Client()
    knock(client)

    client.get("/accounts/logout/")
    assert client.get(ACCOUNT).status_code == 200

    client.post("/accounts/logout/")
    assert client.get(ACCOUNT).status_code == 302


def test_nobody_signs_up() -> None:
    assert Client().get("/accounts/signup/").status_code == 404


def test_whoever_is_switched_off_is_out_at_once(carol: User) -> None:
    client = Client()
    knock(client)

    change_user(username="carol", active=False, person=ALICE, clock=CLOCK)

    assert client.get(ACCOUNT).headers["Location"].startswith(LOG_IN)
    assert not knock(Client())


def test_a_new_password_ends_the_sessions_of_the_old_one(carol: User) -> None:
    client = Client()
    knock(client)

    set_password(username="carol", person=ALICE, clock=CLOCK)

    assert client.get(ACCOUNT).status_code == 302


def set_up_second_factor(client: Client) -> str:
    """Set it up as its pages say, and return the key that the app was told."""
    client.post("/accounts/again/", {"password": PASSWORD})
    assert client.get(SET_UP).status_code == 200
    secret = str(client.session["mfa.totp.secret"])
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(SET_UP, {"code": code}).status_code == 302
    return secret


def test_a_second_factor_is_set_up_by_whoever_knows_the_password(carol: User) -> None:
    client = Client()
    client.force_login(carol)

    assert client.get(SET_UP).headers["Location"].startswith("/accounts/again/")


def test_with_a_second_factor_the_password_alone_does_not_let_in(carol: User) -> None:
    client = Client()
    knock(client)
    set_up_second_factor(client)

    assert not knock(Client())


def test_the_key_of_the_second_factor_is_kept_encrypted(carol: User) -> None:
    client = Client()
    knock(client)

    secret = set_up_second_factor(client)

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_lets_in_once(carol: User) -> None:
    client = Client()
    knock(client)
    set_up_second_factor(client)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()

    def enters() -> bool:
        fresh = Client()
        knock(fresh)
        fresh.post("/accounts/second-factor/authenticate/", {"code": codes[0]})
        return fresh.get(ACCOUNT).status_code == 200

    assert enters()
    assert not enters()


@pytest.mark.parametrize(
    ("who", "is_administrator", "is_led"),
    [
        ("nobody", True, False),
        ("administrators", True, True),
        ("administrators", False, False),
        ("everybody", False, True),
    ],
)
def test_whoever_must_have_a_second_factor_is_led_there_first(
    carol: User, settings: Settings, who: str, is_administrator: bool, is_led: bool
) -> None:
    settings.VALUES = {**live_settings.VALUES, "HANSE_REQUIRE_MFA": who}
    if is_administrator:
        granted = Granted(rights=frozenset({Right.ADMINISTER}))
        put_grant(given=Given(name="carols", granted=granted, users=("carol",)), person=ALICE, clock=CLOCK)
    client = Client()
    client.post(LOG_IN, {"login": "carol", "password": PASSWORD})

    asked = client.get(ACCOUNT)
    assert (asked.status_code == 302) == is_led

    if is_led:
        set_up_second_factor(client)
    assert client.get(ACCOUNT).status_code == 200


class ProviderAnswer:
    """What the provider answers: one JSON document."""

    status_code = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012

    def __init__(self, document: dict[str, object]) -> None:
        self.document = document

    def json(self) -> dict[str, object]:
        return self.document

    def raise_for_status(self) -> None:
        """It never fails."""


class Provider:
    """An OpenID Connect provider that knows one person."""

    def __init__(self, **told: object) -> None:
        self.told = told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def get(self, url: str, **_: object) -> ProviderAnswer:
        if url.endswith("openid-configuration"):
            ends = ("authorization", "token", "userinfo")
            return ProviderAnswer({f"{end}_endpoint": f"https://login.example.net/{end}" for end in ends})
        return ProviderAnswer(self.told)

    def request(self, method: str, url: str, **_: object) -> ProviderAnswer:
        return ProviderAnswer({"access_token": "of-the-provider", "token_type": "Bearer"})


@pytest.fixture
def _single_sign_on(settings: Settings) -> None:
    app = {
        "provider_id": "oidc",
        "name": "City log-in",
        "client_id": "hanse",
        "secret": "x",
        "settings": {"server_url": "https://login.example.net"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def sign_on(monkeypatch: pytest.MonkeyPatch, **told: object) -> Client:
    """Come back from a provider that says this."""
    monkeypatch.setattr("hanse.web.log_in.SignOn.get_requests_session", lambda _: Provider(**told))
    client = Client()
    leaves = client.post("/accounts/sign-on/oidc/login/")
    asked = parse_qs(urlsplit(leaves.headers["Location"]).query)
    assert "code_challenge" in asked
    client.get("/accounts/sign-on/oidc/login/callback/", {"code": "1", "state": asked["state"][0]})
    return client


@pytest.mark.usefixtures("_single_sign_on")
def test_whom_the_provider_knows_gets_an_account_without_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_on(monkeypatch, sub="1", preferred_username="dora", email="dora@example.net")

    page = client.get(ACCOUNT)
    assert page.status_code == 200
    assert "Nothing yet" in page.content.decode()
    assert User.objects.get(username="dora").is_superuser is False


@pytest.mark.usefixtures("_single_sign_on")
def test_a_providers_word_does_not_make_somebody_carol_or_admin(carol: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_on(monkeypatch, sub="1", preferred_username="admin", email="carol@example.net")

    made = User.objects.exclude(username__in=("admin", "carol")).get()
    assert (made.email, made.is_superuser) == ("", False)


@pytest.mark.usefixtures("_single_sign_on")
def test_the_provider_says_in_which_groups_somebody_is(carol: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_OIDC_GROUPS", "groups")
    for name in ("noc", "night"):
        put_group(name=name, members=[], person=ALICE, clock=CLOCK)

    sign_on(monkeypatch, sub="1", preferred_username="dora", groups=["noc", "not-ours"])
    first = list(User.objects.get(username="dora").groups.values_list("name", flat=True))
    sign_on(monkeypatch, sub="1", preferred_username="dora", groups=["night"])

    assert first == ["noc"]
    assert list(User.objects.get(username="dora").groups.values_list("name", flat=True)) == ["night"]


@pytest.mark.usefixtures("_single_sign_on")
def test_the_log_in_page_offers_the_provider() -> None:
    assert "City log-in" in Client().get(LOG_IN).content.decode()
