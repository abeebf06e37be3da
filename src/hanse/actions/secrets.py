"""Secrets as people see them: by name. A value is shown to who may see it, one at a time, and that is on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hanse.actions import access as doors
from hanse.actions.access import NoSuchSecret
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.wanted.sentences import one_of
from hanse.store import access
from hanse.store.audit import ObjectChange, write_entries

OBJECT: Final = "secrets"  # the kind of object that the rights are about


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


def reveal(name: str, *, person: Person, world: World) -> str:
    """Return a secret's value. Who looked is on record before it is shown.

    :raises NotAllowed:
    :raises NoSuchSecret:
    """
    person.insist(Right.SEE_SECRETS, OBJECT)
    value = access.secret(name)
    if value is None:
        raise NoSuchSecret(f"no secret is called {name!r}: {one_of(access.secret_list(), name)}")
    change = ObjectChange(kind="secret", name=name, before="(hidden)", after="(hidden)")
    write_entries([change], action="see secret", author=person.author, at=world.clock.now())
    return value


def set_secret(name: str, value: str, *, person: Person, world: World) -> None:
    """Put a secret down under its name, in place of an older one.

    :raises NotAllowed:
    :raises NotASecret:
    """
    person.insist(Right.CHANGE, OBJECT)
    doors.set_secret(name=name, value=value, author=person.author, clock=world.clock)


def remove_secret(name: str, *, person: Person, world: World) -> None:
    """Forget a secret.

    :raises NotAllowed:
    :raises NoSuchSecret:
    """
    person.insist(Right.CHANGE, OBJECT)
    doors.remove_secret(name=name, author=person.author, clock=world.clock)
