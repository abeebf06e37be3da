"""Secrets, pinned host keys and templates of one's own. A secret's value goes in and is never shown again."""

from datetime import datetime
from typing import Final

from django.db import transaction

from hanse.actions.rendered import render_all
from hanse.devices.clock import Clock
from hanse.network.errors import OutsideError, WantedError
from hanse.network.values.secrets import NAMED, secret_token
from hanse.network.wanted.sentences import one_of
from hanse.render.dialects import DIALECTS
from hanse.render.text import template_names
from hanse.store import access, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries

SHORTEST: Final = 4  # characters: what comes back from a router is searched for each value, to put the name there


class NoSuchSecret(WantedError):
    """No secret of that name was put down."""


class NotASecret(WantedError):
    """The name or the value cannot be a secret's."""


class NotATemplate(WantedError):
    """There is no template of that name."""


class HostKeyDiffers(OutsideError):
    """The router shows another host key than the one learned: look why, then `hanse ping NODE --relearn`."""

    retry = False


def set_secret(*, name: str, value: str, author: Author, clock: Clock) -> None:
    """Put a secret down under its name, in place of an older one. The audit entry has the name only.

    :raises NotASecret:
    """
    if not NAMED.fullmatch(secret_token(name)):
        raise NotASecret(f"{name!r} is no name of a secret: letters, digits, '.', '_' and '-' only")
    if len(value) < SHORTEST or "\n" in value:
        raise NotASecret(f"a secret is one line of {SHORTEST} characters or more: shorter ones stand in any text")
    at = clock.now()
    with transaction.atomic():
        is_new = access.put_secret(name, value, at=at)
        _audit("set secret", "secret", name, None if is_new else "(hidden)", "(hidden)", author, clock)


def remove_secret(*, name: str, author: Author, clock: Clock) -> None:
    """Forget a secret.

    :raises NoSuchSecret:
    """
    with transaction.atomic():
        if not access.remove_secret(name):
            raise NoSuchSecret(f"no secret is called {name!r}: {one_of(access.secret_list(), name)}")
        _audit("remove secret", "secret", name, "(hidden)", None, author, clock)


def learn_host_key(*, node: str, key: str, relearn: bool, author: Author, clock: Clock) -> bool:
    """Pin the host key that a router shows; say whether it is a new one. A known one is replaced only by `relearn`.

    :raises HostKeyDiffers:
    """
    with transaction.atomic():
        known = access.host_keys().get(node)
        if known == key:
            return False
        if known and not relearn:
            raise HostKeyDiffers(
                f"{node} shows another host key than the one learned: another machine, or somebody in between;"
                f" if the router was set up anew: `hanse ping {node} --relearn`"
            )
        access.put_host_key(node, key, by=author.who, at=clock.now())
        _audit("learn host key", "host key", node, known, key, author, clock)
    return True


def set_template(*, name: str, text: str, author: Author, clock: Clock) -> None:
    """Let `text` stand in for our template `name`, on every router.

    :raises NotATemplate:
    :raises TemplateBroken: it fails on a router that is wanted; nothing is written
    """
    known = {template for dialect in DIALECTS for template in template_names(dialect)}
    if name not in known:
        raise NotATemplate(f"Hanse has no template {name!r}: {one_of(known, name)}")
    network = snapshot.load()
    before = access.templates().get(name)
    with transaction.atomic():
        access.write_template(name, text, at=clock.now())
        render_all(network, network.nodes, {})
        _audit("set template", "template", name, before, text, author, clock)


def remove_template(*, name: str, author: Author, clock: Clock) -> None:
    """Go back to our own template.

    :raises NotATemplate: the store has none of that name
    """
    with transaction.atomic():
        stored = access.templates()
        if name not in stored:
            raise NotATemplate(f"the store has no template {name!r}: {one_of(stored, name)}")
        access.write_template(name, None, at=clock.now())
        _audit("remove template", "template", name, stored[name], None, author, clock)


def secret_list() -> dict[str, datetime]:
    """Return the names of all secrets and when each was last changed."""
    return access.secret_list()


def stored_templates() -> dict[str, str]:
    """Return the store's templates, name -> text."""
    return access.templates()


def _audit(
    action: str, kind: str, name: str, before: str | None, after: str | None, author: Author, clock: Clock
) -> None:
    change = ObjectChange(kind=kind, name=name, before=before, after=after)
    write_entries([change], action=action, author=author, at=clock.now())
