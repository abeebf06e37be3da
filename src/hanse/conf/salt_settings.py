"""The settings about Salt: where its master is asked, for routers that are reached through it."""

from typing import Final

from hanse.conf.setting import Setting, address, path

SALT: Final = (
    Setting(
        name="HANSE_SALT_URL",
        read=address,
        default="",
        meaning="Address of salt-api (its module `rest_cherrypy`). Empty: no router is reached through Salt.",
    ),
    Setting(
        name="HANSE_SALT_USER",
        read=str,
        default="hanse",
        meaning="Who logs in there, as its `external_auth` knows them.",
    ),
    Setting(
        name="HANSE_SALT_PASSWORD", read=str, default="", meaning="Their password, or the shared secret.", secret=True
    ),
    Setting(
        name="HANSE_SALT_EAUTH",
        read=str,
        default="pam",
        meaning="How the master checks them: `pam`, `ldap`, `sharedsecret`, ...",
    ),
    Setting(
        name="HANSE_SALT_CA",
        read=path,
        default="",
        meaning="File with the certificate that vouches for salt-api. Empty: those that this machine trusts.",
    ),
    Setting(
        name="HANSE_SALT_DOMAIN",
        read=str,
        default="",
        meaning="What stands behind a router's name in its minion's id: `net.example`. Empty: the id is the name.",
    ),
)
