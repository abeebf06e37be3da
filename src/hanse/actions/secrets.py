"""Secrets as people see them: by name. A value is shown to who may see it, one at a time, and that is on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from hanse.actions.rights import Person, Right
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.values.secrets import NAMED, secret_token
from hanse.network.wanted.sentences import one_of
from hanse.store import access
from hanse.store.audit import ObjectChange, write_entries

OBJECT: Final = "secrets"  # the kind of object that the rights are about
SHORTEST: Final = 4  # characters: what comes back from a router is searched for each value, to put the name there
HIDDEN: Final = "(hidden)"  # what the record says instead of a value


class NoSuchSecret(WantedError):
    """No secret of that name was put down."""


class NotASecret(WantedError):
    """The name or the value cannot be a secret's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretName:
    """A secret without its value."""

    name: str
    changed_at: datetime


def secret_names(person: Person) -> tuple[SecretName, ...]:
    """Return every secret by name.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW, OBJECT)
    return tuple(SecretName(name=name, changed_at=at) for name, at in access.secret_list().items())


def reveal(name: str, *, person: Person, clock: Clock) -> str:
    """Return a secret's value. Who looked is on record before it is shown.

    :raises NotAllowed:
    :raises NoSuchSecret:
    """
    person.insist(Right.SEE_SECRETS, OBJECT)
    value = access.secret(name)
    if value is None:
        raise _no_such(name)
    _audit("see secret", name, HIDDEN, HIDDEN, person, clock)
    return value


def set_secret(name: str, value: str, *, person: Person, clock: Clock) -> None:
    """Put a secret down under its name, in place of an older one. The audit entry has the name only.

    :raises NotAllowed:
    :raises NotASecret:
    """
    person.insist(Right.CHANGE, OBJECT)
    if not NAMED.fullmatch(secret_token(name)):
        raise NotASecret(f"{name!r} is no name of a secret: letters, digits, '.', '_' and '-' only")
    if len(value) < SHORTEST or "\n" in value:
        raise NotASecret(f"a secret is one line of {SHORTEST} characters or more: shorter ones stand in any text")
    with transaction.atomic():
        is_new = access.put_secret(name, value, at=clock.now())
        _audit("set secret", name, None if is_new else HIDDEN, HIDDEN, person, clock)


def remove_secret(name: str, *, person: Person, clock: Clock) -> None:
    """Forget a secret.

    :raises NotAllowed:
    :raises NoSuchSecret:
    """
    person.insist(Right.CHANGE, OBJECT)
    with transaction.atomic():
        if not access.remove_secret(name):
            raise _no_such(name)
        _audit("remove secret", name, HIDDEN, None, person, clock)


def _no_such(name: str) -> NoSuchSecret:
    return NoSuchSecret(f"no secret is called {name!r}: {one_of(access.secret_list(), name)}")


def _audit(action: str, name: str, before: str | None, after: str | None, person: Person, clock: Clock) -> None:
    change = ObjectChange(kind="secret", name=name, before=before, after=after)
    write_entries([change], action=action, author=person.author, at=clock.now())
