"""Secrets by name: texts carry `@secret(NAME)@`; its value goes in on the way to the device and out on the way back.

So a plan, its checksum, a diff, an audit entry and a page hold the name only.
"""

import re
from collections.abc import Mapping
from typing import Final

from hanse.network.errors import WantedError

NAMED: Final = re.compile(r"@secret\((?P<name>[A-Za-z0-9._-]+)\)@")


class UnknownSecret(WantedError):
    """A text names a secret that nobody has put down."""


def secret_token(name: str) -> str:
    """Return what stands in a text for the secret `name`."""
    return f"@secret({name})@"


def secret_names(text: str) -> frozenset[str]:
    """Return the names of all secrets that `text` asks for."""
    return frozenset(found["name"] for found in NAMED.finditer(text))


def reveal(text: str, secrets: Mapping[str, str]) -> str:
    """Return `text` with each named secret's value in its place.

    :raises UnknownSecret:
    """
    missing = sorted(secret_names(text) - secrets.keys())
    if missing:
        raise UnknownSecret(
            f"no secret is called {', '.join(missing)}: put it down with `hanse secret set {missing[0]}`"
        )
    return NAMED.sub(lambda found: secrets[found["name"]], text)


def conceal(text: str, secrets: Mapping[str, str]) -> str:
    """Return `text` with each secret's value replaced by its name, the longest value first; empty values stay."""
    for name, value in sorted(secrets.items(), key=lambda item: (-len(item[1]), item[0])):
        if value:
            text = text.replace(value, secret_token(name))
    return text
