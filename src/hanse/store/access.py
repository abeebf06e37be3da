"""Secrets, host keys and templates, by name."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hanse.store.models import HostKey, Secret, TemplateOverride, WantedObject
from hanse.store.snapshot import ChangedMeanwhile


def secrets() -> dict[str, str]:
    """Return every secret's value by name, to be handed to a driver and to nobody else. One query."""
    return dict(Secret.objects.values_list("name", "value"))


def secrets_named(names: Iterable[str]) -> dict[str, str]:
    """Return those of `names` that there are, with their values. One query."""
    return dict(Secret.objects.filter(name__in=list(names)).values_list("name", "value"))


def secret_list() -> dict[str, datetime]:
    """Return the names of all secrets and when each was last changed. One query."""
    return dict(Secret.objects.order_by("name").values_list("name", "changed_at"))


def secret(name: str) -> str | None:
    """Return one secret's value; None: there is none of that name. One query."""
    return Secret.objects.filter(name=name).values_list("value", flat=True).first()


def put_secret(name: str, value: str, *, at: datetime) -> bool:
    """Set a secret; say whether it is a new one."""
    return Secret.objects.update_or_create(name=name, defaults={"value": value, "changed_at": at})[1]


def remove_secret(name: str) -> bool:
    """Remove a secret; say whether there was one."""
    return bool(Secret.objects.filter(name=name).delete()[0])


def host_keys() -> dict[str, str]:
    """Return every pinned host key by node. One query."""
    return dict(HostKey.objects.values_list("node", "key"))


def pinned(sites: Iterable[str] | None = None) -> QuerySet[HostKey]:
    """Return the pinned host keys by node, with `sites` those of routers that are wanted there."""
    rows = HostKey.objects.order_by("node")
    if sites is None:
        return rows
    return rows.filter(node__in=WantedObject.objects.filter(kind="nodes", body__site__in=list(sites)).values("name"))


def put_host_key(node: str, key: str, *, by: str, at: datetime) -> None:
    """Pin a router's host key."""
    HostKey.objects.update_or_create(node=node, defaults={"key": key, "learned_at": at, "by": by})


def templates() -> dict[str, str]:
    """Return the templates that stand in for ours, name -> text. One query."""
    return dict(TemplateOverride.objects.order_by("name").values_list("name", "text"))


def write_template(name: str, *, before: str | None, after: str | None, at: datetime) -> None:
    """Let `after` stand in for our template `name`, in place of `before`; None: ours holds.

    :raises ChangedMeanwhile: something else stands in for it by now
    """
    same = TemplateOverride.objects.filter(name=name, text=before)
    if after is None:
        is_done = bool(same.delete()[0])
    elif before is None:
        is_done = _is_new_template(name, after, at)
    else:
        is_done = bool(same.update(text=after, changed_at=at))
    if not is_done:
        raise ChangedMeanwhile(f"template {name} was changed by somebody else meanwhile: look again")


def _is_new_template(name: str, text: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            TemplateOverride.objects.create(name=name, text=text, changed_at=at)
    except IntegrityError:
        return False
    return True
