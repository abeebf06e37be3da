"""By what people are told, and how much of where anybody may see."""

from enum import StrEnum
from urllib.parse import urlsplit


class Means(StrEnum):
    """How a recipient is told."""

    WEBHOOK = "webhook"
    EMAIL = "email"


def shown(url: str) -> str:
    """Return as much of a URL as anybody may see: in many a path stands a password.

    >>> shown("https://bob:river@hooks.example.net/T0/secret")
    'https://hooks.example.net/…'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/…"


def shown_target(means: str, target: str) -> str:
    """Return as much of a target as anybody may see."""
    return shown(target) if means == Means.WEBHOOK else target
