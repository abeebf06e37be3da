"""Tokens for the API. Their texts are hashed: nobody can read them here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from knox.crypto import hash_token
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from hanse.store.models import ApiToken, User

PREFIX: Final = "hanse_"  # tells people, and programs that look for leaks, what it is


def make(user: User, *, name: str, may_write: bool, networks: Sequence[str], expiry: datetime | None) -> str:
    """Make one and return its text."""
    digest, text = get_digest_token(PREFIX)
    ApiToken(
        digest=digest,
        token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH],
        user=user,
        expiry=expiry,
        name=name,
        may_write=may_write,
        networks=list(networks),
    ).save(force_insert=True)
    return str(text)


def found(text: str) -> ApiToken | None:
    """Return the token of that text, with its user. One query."""
    if not text.isascii():
        return None
    row: ApiToken | None = ApiToken.objects.select_related("user").filter(digest=hash_token(text)).first()
    return row


def listed() -> "QuerySet[ApiToken]":
    """Return all with their users, the newest first."""
    rows: QuerySet[ApiToken] = ApiToken.objects.select_related("user").order_by("-created")
    return rows


def note_use(token: ApiToken, *, at: datetime, unless_since: datetime) -> None:
    """Write down that it was used, unless another request did so since then."""
    fresh = Q(used_at=None) | Q(used_at__lte=unless_since)
    ApiToken.objects.filter(fresh, pk=token.pk).update(used_at=at)


def remove(token: ApiToken) -> None:
    """End one."""
    token.delete()
