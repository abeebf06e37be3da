"""Rows to the wanted network, in a fixed number of queries whatever its size, and a network to the rows that differ."""

from datetime import datetime
from typing import Any, Final

from hanse.network.errors import WantedError
from hanse.network.wanted.files import network_from
from hanse.network.wanted.network import KINDS, Network
from hanse.store.audit import ObjectChange
from hanse.store.models import WantedObject

GENERAL: Final = "network"
Tree = dict[str, Any]
Bodies = dict[tuple[str, str], Any]  # (kind, name) -> body


class NothingWanted(WantedError):
    """The store is empty: `hanse import DIR` first."""


class ChangedMeanwhile(WantedError):
    """Somebody else changed the same object since it was read: look again."""


def load() -> Network:
    """Return the wanted network. One query.

    :raises NothingWanted:
    :raises Contradictory: rows of an older Hanse that this one does not read
    """
    return network_from(stored_tree())


def stored_tree() -> Tree:
    """Return the wanted network as a plain tree, kind -> name -> body. One query.

    :raises NothingWanted:
    """
    tree: Tree = {}
    for kind, name, body in WantedObject.objects.order_by("pk").values_list("kind", "name", "body"):
        if kind == GENERAL:
            tree[GENERAL] = body
        else:
            tree.setdefault(kind, {})[name] = body
    if not tree:
        raise NothingWanted("nothing is wanted yet: write some files and `hanse import DIR`")
    return tree


def bodies_of(tree: Tree) -> Bodies:
    """Return every object of a plain tree by kind and name, in the order of the kinds."""
    found: Bodies = {(GENERAL, ""): tree[GENERAL]} if GENERAL in tree else {}
    for kind in KINDS:
        found |= {(kind, str(name)): body for name, body in tree.get(kind, {}).items()}
    return found


def changes_to(tree: Tree) -> tuple[ObjectChange, ...]:
    """Return what has to change in the store so that `tree` is what is wanted. One query."""
    rows = WantedObject.objects.order_by("pk").values_list("kind", "name", "body", "version")
    stored = {(kind, name): (body, version) for kind, name, body, version in rows}
    wanted = bodies_of(tree)
    gone = tuple(
        ObjectChange(kind=kind, name=name, before=body, after=None, version=version)
        for (kind, name), (body, version) in stored.items()
        if (kind, name) not in wanted
    )
    differing = tuple(
        ObjectChange(kind=kind, name=name, before=before, after=body, version=version)
        for (kind, name), body in wanted.items()
        for before, version in [stored.get((kind, name), (None, 0))]
        if before != body
    )
    return (*gone, *differing)


def write(changes: tuple[ObjectChange, ...], *, at: datetime) -> None:
    """Bring the rows to what `changes` say. Call it inside a transaction.

    :raises ChangedMeanwhile: a row is not any more as it was when the changes were found
    """
    WantedObject.objects.bulk_create(
        WantedObject(kind=change.kind, name=change.name, body=change.after, changed_at=at)
        for change in changes
        if change.before is None
    )
    for change in changes:
        if change.before is not None:
            _write_over(change, at)


def _write_over(change: ObjectChange, at: datetime) -> None:
    row = WantedObject.objects.filter(kind=change.kind, name=change.name, version=change.version)
    if change.after is None:
        touched = row.delete()[0]
    else:
        touched = row.update(body=change.after, version=change.version + 1, changed_at=at)
    if not touched:
        raise ChangedMeanwhile(f"{change.kind} {change.name} was changed by somebody else meanwhile: look again")
