"""How Linux routers are reached through Salt, as the settings say: our driver for them, over another way."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final

from hanse.conf.environment import current_settings
from hanse.devices.driver import Target
from hanse.devices.linux.driver import linux_kind
from hanse.devices.salt.master import SaltLogin, SaltMaster
from hanse.devices.salt.way import open_over_salt
from hanse.devices.way import Way


def salt_login(values: Mapping[str, Any]) -> SaltLogin:
    """Return where the master is asked."""
    return SaltLogin(
        url=values["HANSE_SALT_URL"],
        username=values["HANSE_SALT_USER"],
        password=values["HANSE_SALT_PASSWORD"],
        eauth=values["HANSE_SALT_EAUTH"],
        authority=values["HANSE_SALT_CA"],
    )


@cache
def _master(login: SaltLogin) -> SaltMaster:
    return SaltMaster(login=login)


def open_salt(target: Target) -> AbstractContextManager[Way]:
    """Give the way to a router through the master that the settings name."""
    values = current_settings()
    return open_over_salt(target, _master(salt_login(values)), values["HANSE_SALT_DOMAIN"].strip("."))


SALT: Final = linux_kind("salt", open_salt)
