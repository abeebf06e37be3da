"""Single sign-on and directories are off until they are named, and half a name is refused with a sentence."""

import sys
from types import ModuleType
from typing import Any

import pytest

from hanse.conf.environment import read_settings
from hanse.conf.setting import BadSetting
from hanse.conf.sign_on import ldap_settings, oidc_providers

OIDC = {
    "HANSE_OIDC_URL": "https://login.example.net/realm/",
    "HANSE_OIDC_ID": "hanse",
    "HANSE_OIDC_SECRET": "of-the-provider",
    "HANSE_OIDC_NAME": "City log-in",
}
LDAP = {"HANSE_LDAP_URL": "ldap://ldap.example.net", "HANSE_LDAP_USERS": "ou=people,dc=example,dc=net"}


class Recorded:
    """Stands in for the classes of django-auth-ldap: remembers what it was made of."""

    def __init__(self, *told: Any, **named: Any) -> None:
        self.told = (*told, *named.values())


@pytest.fixture
def _ldap_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    ldap, config, package = ModuleType("ldap"), ModuleType("django_auth_ldap.config"), ModuleType("django_auth_ldap")
    ldap.SCOPE_SUBTREE = 2  # type: ignore[attr-defined]
    config.LDAPSearch = config.GroupOfNamesType = Recorded  # type: ignore[attr-defined]
    for module in (ldap, package, config):
        monkeypatch.setitem(sys.modules, module.__name__, module)


def test_without_a_provider_there_is_no_button() -> None:
    assert oidc_providers(read_settings({})) == {}


def test_a_provider_is_named_with_our_name_there() -> None:
    provider = oidc_providers(read_settings(OIDC))["openid_connect"]

    (app,) = provider["APPS"]
    assert (app["client_id"], app["name"]) == ("hanse", "City log-in")
    assert app["settings"]["server_url"] == "https://login.example.net/realm"
    assert provider["OAUTH_PKCE_ENABLED"]


def test_a_provider_without_our_name_there_is_refused() -> None:
    with pytest.raises(BadSetting, match="HANSE_OIDC_ID is not"):
        oidc_providers(read_settings({"HANSE_OIDC_URL": "https://login.example.net"}))


def test_a_provider_whose_address_is_none_is_refused() -> None:
    with pytest.raises(BadSetting, match="HANSE_OIDC_URL"):
        read_settings({"HANSE_OIDC_URL": "login.example.net"})


def test_a_directory_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ldap", None)

    with pytest.raises(BadSetting, match=r"install hanse\[ldap\]"):
        ldap_settings(read_settings(LDAP))


def test_a_directory_without_where_people_are_is_refused() -> None:
    with pytest.raises(BadSetting, match="HANSE_LDAP_USERS is not"):
        ldap_settings(read_settings({"HANSE_LDAP_URL": "ldap://ldap.example.net"}))


@pytest.mark.usefixtures("_ldap_is_installed")
def test_a_directory_is_asked_over_tls_and_for_people_only() -> None:
    settings = ldap_settings(read_settings(LDAP))

    assert settings["AUTH_LDAP_START_TLS"]
    assert settings["AUTH_LDAP_USER_SEARCH"].told == ("ou=people,dc=example,dc=net", 2, "(uid=%(user)s)")
    assert "AUTH_LDAP_GROUP_SEARCH" not in settings


@pytest.mark.usefixtures("_ldap_is_installed")
def test_a_directory_with_groups_says_who_is_in_which() -> None:
    settings = ldap_settings(read_settings({**LDAP, "HANSE_LDAP_GROUPS": "ou=groups,dc=example,dc=net"}))

    assert settings["AUTH_LDAP_GROUP_SEARCH"].told[0] == "ou=groups,dc=example,dc=net"
    assert "AUTH_LDAP_MIRROR_GROUPS" not in settings, "we put people into groups, with an entry in the audit"


@pytest.mark.usefixtures("_ldap_is_installed")
def test_a_connection_that_is_tls_from_the_start_is_not_secured_twice() -> None:
    settings = ldap_settings(read_settings({**LDAP, "HANSE_LDAP_URL": "ldaps://ldap.example.net"}))

    assert not settings["AUTH_LDAP_START_TLS"]
