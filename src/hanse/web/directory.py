"""Logging in by a directory (LDAP), where HANSE_LDAP_URL names one. django-auth-ldap asks it; what follows is ours."""

import logging
from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.module_loading import import_string

from hanse.actions.sign_on import is_kept_here, join_groups, leave_taken_address
from hanse.conf.environment import current_settings
from hanse.devices.clock import SystemClock

LOG: Final = logging.getLogger("hanse.log_in")
ASKS: Final = "django_auth_ldap.backend.LDAPBackend"  # by name: only who has a directory has the package


class Directory(ModelBackend):
    """A backend of Django's. An account that has a password here, or came by single sign-on, is not the directory's."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_more: Any
    ) -> Any:
        """Return whom the directory knows by that name and password; the first time their account is made."""
        if not username or not password:
            return None
        if is_kept_here(username.strip()):
            LOG.info("log-in as %r is not asked of the directory: the account has a password here", username)
            return None
        user = import_string(ASKS)().authenticate(request, username=username, password=password)
        if user is not None:
            leave_taken_address(user)
            if current_settings()["HANSE_LDAP_GROUPS"]:
                join_groups(user=user, names=_groups_of(user), clock=SystemClock())
        return user


def _groups_of(user: Any) -> frozenset[str]:
    """Return in which groups the directory has somebody whom it has just let in."""
    return frozenset(user.ldap_user.group_names)
