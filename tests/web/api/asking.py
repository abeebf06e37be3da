"""Asking the API as somebody: JSON in, JSON out."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from hanse.actions.rights import Granted, Right
from hanse.store.models import Grant, User

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API said."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody at the API, by session."""

    client: Client

    def get(self, address: str) -> Answer:
        """Read."""
        return self.ask("GET", address)

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Answer:
        """Ask with a body; a header's name has underscores for its dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.generic(
            method, f"/api/{address}", b"" if body is None else _text(body), JSON, headers=named
        )
        is_empty = not answer.content
        return Answer(
            status=answer.status_code, body=None if is_empty else answer.json(), headers=dict(answer.headers.items())
        )


def _text(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def alice() -> Asking:
    """Return Alice, who may do everything."""
    user, _ = User.objects.get_or_create(username="alice", is_superuser=True)
    return _logged_in(user)


def bob() -> Asking:
    """Return Bob, who may look at everything."""
    return somebody("bob", Granted(rights=frozenset({Right.VIEW})))


def somebody(name: str, *granted: Granted) -> Asking:
    """Return somebody with these rights."""
    user, _ = User.objects.get_or_create(username=name)
    for number, one in enumerate(granted):
        Grant.objects.create(name=f"{name} {number}", **one.as_row()).users.add(user)
    return _logged_in(user)


def nobody() -> Asking:
    """Return whoever is not logged in."""
    return Asking(Client())


def _logged_in(user: User) -> Asking:
    client = Client()
    client.force_login(user)
    return Asking(client)
