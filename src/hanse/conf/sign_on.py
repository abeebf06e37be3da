"""Logging in through others: an OpenID Connect provider, a directory. Both are off until an operator names them."""

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from hanse.conf.setting import BadSetting


def oidc_providers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what allauth wants to know about the provider.

    :raises BadSetting: the provider is named without our name there
    """
    if not values["HANSE_OIDC_URL"]:
        return {}
    if not values["HANSE_OIDC_ID"]:
        raise BadSetting("HANSE_OIDC_URL is set, but HANSE_OIDC_ID is not")
    app = {
        "provider_id": "oidc",
        "name": values["HANSE_OIDC_NAME"],
        "client_id": values["HANSE_OIDC_ID"],
        "secret": values["HANSE_OIDC_SECRET"],
        "settings": {"server_url": values["HANSE_OIDC_URL"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def ldap_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what django-auth-ldap wants to know about the directory, by the names of its settings.

    :raises BadSetting: the extra is not installed, or the directory is named without where people are
    """
    if not values["HANSE_LDAP_USERS"]:
        raise BadSetting("HANSE_LDAP_URL is set, but HANSE_LDAP_USERS is not")
    ldap, config = _part("ldap"), _part("django_auth_ldap.config")
    users = config.LDAPSearch(values["HANSE_LDAP_USERS"], ldap.SCOPE_SUBTREE, values["HANSE_LDAP_FILTER"])
    settings = {
        "AUTH_LDAP_SERVER_URI": values["HANSE_LDAP_URL"],
        "AUTH_LDAP_BIND_DN": values["HANSE_LDAP_BIND_DN"],
        "AUTH_LDAP_BIND_PASSWORD": values["HANSE_LDAP_BIND_PASSWORD"],
        "AUTH_LDAP_USER_SEARCH": users,
        "AUTH_LDAP_USER_ATTR_MAP": {"first_name": "givenName", "last_name": "sn", "email": "mail"},
        "AUTH_LDAP_START_TLS": values["HANSE_LDAP_START_TLS"] and values["HANSE_LDAP_URL"].startswith("ldap://"),
    }
    if values["HANSE_LDAP_GROUPS"]:
        found = config.LDAPSearch(values["HANSE_LDAP_GROUPS"], ldap.SCOPE_SUBTREE, "(objectClass=groupOfNames)")
        settings |= {
            "AUTH_LDAP_GROUP_SEARCH": found,
            "AUTH_LDAP_GROUP_TYPE": config.GroupOfNamesType(name_attr="cn"),
        }
    return settings


def _part(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise BadSetting(f"HANSE_LDAP_URL is set, but {name} is not installed: install hanse[ldap]") from error
