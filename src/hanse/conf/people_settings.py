"""The settings about who may come in, and how."""

from typing import Final

from hanse.conf.setting import Setting, address, flag, number, who, words

PEOPLE: Final = (
    Setting(
        name="HANSE_URL",
        read=address,
        default="",
        meaning="Where people find the pages: `https://hanse.example.net`. With `https` cookies go over TLS only.",
    ),
    Setting(
        name="HANSE_HOSTS",
        read=words,
        default="",
        meaning="Names under which the pages may be asked for, with commas. Empty: the host of HANSE_URL, `localhost`,"
        " and this machine's name and addresses.",
    ),
    Setting(
        name="HANSE_PROXIES",
        read=number,
        default="0",
        meaning="How many proxies of one's own stand before the pages; the one before them is believed to be the"
        " asker (X-Forwarded-For, X-Forwarded-Proto).",
    ),
    Setting(
        name="HANSE_REQUIRE_MFA",
        read=who,
        default="nobody",
        meaning="Who must have a second factor before anything else: `nobody`, `administrators` or `everybody`.",
    ),
    Setting(
        name="HANSE_OIDC_URL",
        read=address,
        default="",
        meaning="OpenID Connect provider for single sign-on: its issuer. Empty: none.",
    ),
    Setting(name="HANSE_OIDC_ID", read=str, default="", meaning="Client ID at the provider."),
    Setting(name="HANSE_OIDC_SECRET", read=str, default="", meaning="Client secret at the provider.", secret=True),
    Setting(
        name="HANSE_OIDC_NAME",
        read=str,
        default="Single sign-on",
        meaning="What the button on the log-in page says.",
    ),
    Setting(
        name="HANSE_OIDC_GROUPS",
        read=str,
        default="",
        meaning="Claim that lists a person's groups: at each log-in they are in those of Hanse's groups that it names,"
        " and in no other. Empty: groups are kept in Hanse.",
    ),
    Setting(
        name="HANSE_LDAP_URL",
        read=str,
        default="",
        meaning="LDAP server for log-in: `ldaps://ldap.example.net`. Needs the extra `ldap`. Empty: none.",
    ),
    Setting(name="HANSE_LDAP_BIND_DN", read=str, default="", meaning="Who searches the directory. Empty: nobody."),
    Setting(
        name="HANSE_LDAP_BIND_PASSWORD",
        read=str,
        default="",
        meaning="Password of HANSE_LDAP_BIND_DN.",
        secret=True,
    ),
    Setting(
        name="HANSE_LDAP_USERS",
        read=str,
        default="",
        meaning="Where people are: `ou=people,dc=example,dc=net`.",
    ),
    Setting(
        name="HANSE_LDAP_FILTER",
        read=str,
        default="(uid=%(user)s)",
        meaning="How somebody is found by the name they log in with.",
    ),
    Setting(
        name="HANSE_LDAP_GROUPS",
        read=str,
        default="",
        meaning="Where groups are (`groupOfNames`): at each log-in a person is in those of Hanse's groups that have the"
        " name of one of theirs, and in no other. Empty: groups are kept in Hanse.",
    ),
    Setting(
        name="HANSE_LDAP_START_TLS",
        read=flag,
        default="true",
        meaning="Whether a connection by `ldap://` is secured before anything is said.",
    ),
)
