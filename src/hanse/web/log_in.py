"""What allauth asks us about logging in. These are classes because it asks so."""

import logging
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from hanse.actions.sign_on import is_taken, join_groups
from hanse.conf.environment import current_settings
from hanse.devices.clock import SystemClock
from hanse.store.sealed import sealed, unsealed

LOG: Final = logging.getLogger("hanse.log_in")


class LogIn(DefaultAccountAdapter):  # type: ignore[misc]  # the package tells no types
    """By name or mail address and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by the name alone: allauth also counts by the `Host` header, of which the asker has many."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put it down, without what was typed as a password."""
        name = credentials.get("username") or credentials.get("email")
        LOG.warning("log-in as %r from %s failed", name, self.get_client_ip(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: no page of ours needs a mail to be read."""


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the package tells no types
    """By an app's codes. Their key is kept as any other secret: encrypted."""

    def encrypt(self, text: str) -> str:
        """Return what is kept of `text`."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was kept."""
        return unsealed(encrypted_text)


class SignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the package tells no types
    """By an OpenID Connect provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whom the provider knows gets an account at the first log-in, with no rights of its own."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Leave a mail address that somebody has already to them, and bring groups up to date."""
        if sociallogin.is_existing:
            _join(sociallogin)
        elif is_taken(sociallogin.user.email):
            sociallogin.email_addresses = []
            sociallogin.user.email = ""

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> AbstractBaseUser:
        """Make the account."""
        user: AbstractBaseUser = super().save_user(request, sociallogin, form)
        _join(sociallogin)
        return user


def _join(sociallogin: SocialLogin) -> None:
    claim = current_settings()["HANSE_OIDC_GROUPS"]
    told = sociallogin.account.extra_data
    if claim:
        named = (told.get("userinfo") or told.get("id_token") or told).get(claim, ())
        join_groups(user=sociallogin.user, names=map(str, named), clock=SystemClock())
