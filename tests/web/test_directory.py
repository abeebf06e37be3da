"""Logging in by a directory: by a real one where slapd and django-auth-ldap are, and what is ours everywhere."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from fakes.clock import FakeClock
from fakes.slapd import PASSWORD, SUFFIX, slapd, slapd_program
from hanse.actions.accounts import add_user
from hanse.actions.grants import put_group
from hanse.actions.rights import operator
from hanse.conf.environment import read_settings
from hanse.conf.sign_on import ldap_settings
from hanse.store.models import AuditEntry, User
from hanse.web.directory import Directory

ALICE = operator("alice")
CLOCK = FakeClock()
OURS: Final = "seven-lamps-burn-late"
BACKENDS: Final = ["allauth.account.auth_backends.AuthenticationBackend", "hanse.web.directory.Directory"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWord:
    """Stands in for django-auth-ldap's backend: lets in whoever says the one password, with a name and groups."""

    email: str = "dora@example.net"

    def __call__(self) -> "OneWord":
        return self

    def authenticate(self, _request: object, *, username: str, password: str) -> User | None:
        if password != PASSWORD:
            return None
        user, _ = User.objects.get_or_create(username=username.lower(), defaults={"email": self.email})
        user.ldap_user = SimpleNamespace(group_names={"editors", "elsewhere"})  # type: ignore[attr-defined]
        return user


@pytest.fixture
def _one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    package, backend = ModuleType("django_auth_ldap"), ModuleType("django_auth_ldap.backend")
    backend.LDAPBackend = OneWord()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "django_auth_ldap", package)
    monkeypatch.setitem(sys.modules, "django_auth_ldap.backend", backend)


def let_in(username: str | None, password: str = PASSWORD) -> Any:
    return Directory().authenticate(None, username=username, password=password)


@pytest.mark.usefixtures("_one_word")
def test_whom_the_directory_knows_is_let_in() -> None:
    assert let_in("dora") == User.objects.get(username="dora")
    assert let_in("dora", "wrong") is None


@pytest.mark.usefixtures("_one_word")
@pytest.mark.parametrize(("username", "password"), [(None, PASSWORD), ("dora", ""), ("", PASSWORD)])
def test_nothing_is_asked_without_a_name_or_a_password(username: str | None, password: str) -> None:
    assert let_in(username, password) is None


@pytest.mark.usefixtures("_one_word")
@pytest.mark.parametrize("typed", ["bob", "BOB", " bob "])
def test_an_account_with_a_password_here_is_not_the_directorys(typed: str) -> None:
    add_user(username="admin", administrator=True, person=ALICE, clock=CLOCK)
    add_user(username="bob", password=OURS, person=ALICE, clock=CLOCK)

    assert let_in(typed) is None


@pytest.mark.usefixtures("_one_word")
def test_a_mail_address_that_somebody_has_stays_theirs() -> None:
    User.objects.create(username="carol", email="Dora@example.net")

    user = let_in("dora")

    assert user.email == User.objects.get(username="dora").email == ""


@pytest.mark.usefixtures("_one_word")
def test_the_directory_says_who_is_in_our_groups_and_that_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_LDAP_GROUPS", f"ou=groups,{SUFFIX}")
    put_group(name="editors", members=(), person=ALICE, clock=CLOCK)

    user = let_in("dora")

    assert [group.name for group in user.groups.all()] == ["editors"]
    assert AuditEntry.objects.filter(action="groups by sign-on", name="dora").count() == 1


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = slapd_program()
    if program is None or find_spec("django_auth_ldap") is None:
        pytest.skip("left out: it takes slapd (Debian's package) and django-auth-ldap (the extra `ldap`)")
    place: Path = tmp_path_factory.mktemp("directory")
    with slapd(program, place) as url:
        yield url


@pytest.fixture
def _directory(address: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "HANSE_LDAP_URL": address,
        "HANSE_LDAP_USERS": f"ou=people,{SUFFIX}",
        "HANSE_LDAP_GROUPS": f"ou=groups,{SUFFIX}",
        "HANSE_LDAP_START_TLS": "false",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    for name, value in ldap_settings(read_settings(told)).items():
        setattr(settings, name, value)
    settings.AUTHENTICATION_BACKENDS = BACKENDS


def knock(login: str, password: str = PASSWORD) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": password})
    return client.get("/account/").status_code == 200


@pytest.mark.usefixtures("_directory")
def test_whom_it_knows_logs_in_and_gets_an_account() -> None:
    put_group(name="editors", members=(), person=ALICE, clock=CLOCK)

    assert knock("dora")

    dora = User.objects.get()
    assert (dora.username, dora.first_name, dora.email) == ("dora", "Dora", "dora@example.net")
    assert [group.name for group in dora.groups.all()] == ["editors"]
    assert not dora.is_superuser
    assert not dora.has_usable_password()


@pytest.mark.parametrize(
    ("login", "password"), [("dora", "wrong"), ("dora", ""), ("*", PASSWORD), ("nobody", PASSWORD)]
)
@pytest.mark.usefixtures("_directory")
def test_nobody_else_does(login: str, password: str) -> None:
    assert not knock(login, password)
    assert not User.objects.exists()


@pytest.mark.usefixtures("_directory")
def test_a_mail_address_with_the_password_of_the_directory_is_refused_in_peace() -> None:
    assert knock("dora")

    assert not knock("dora@example.net", "wrong")


@pytest.mark.usefixtures("_directory")
def test_whoever_is_switched_off_here_stays_out() -> None:
    User.objects.create(username="dora", is_active=False, password="!")

    assert not knock("dora")


@pytest.mark.usefixtures("_directory")
def test_bobs_own_password_holds_and_the_directorys_does_not() -> None:
    add_user(username="admin", administrator=True, person=ALICE, clock=CLOCK)
    add_user(username="bob", password=OURS, person=ALICE, clock=CLOCK)

    assert not knock("bob")
    assert knock("bob", OURS)


@pytest.mark.usefixtures("_directory")
def test_a_directory_that_is_away_lets_nobody_in_and_locks_nobody_out(settings: Settings) -> None:
    settings.AUTH_LDAP_SERVER_URI = "ldap://127.0.0.1:9"
    add_user(username="admin", administrator=True, person=ALICE, clock=CLOCK)
    add_user(username="carol", password=OURS, person=ALICE, clock=CLOCK)

    assert not knock("dora")
    assert knock("carol", OURS)
