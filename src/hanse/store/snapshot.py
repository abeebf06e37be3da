"""Rows to the wanted network, in a fixed number of queries whatever its size, and a network to the rows that differ.

What was read is kept in this process by the token of its revision, which stands for one state of the rows and no other:
what a transaction wrote and took back, or what stands in another database, has another token.
"""

import gc
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime
from threading import Lock
from typing import Any, Final

from django.db import IntegrityError

from hanse.network.errors import WantedError
from hanse.network.wanted.edits import Edit, edited
from hanse.network.wanted.files import network_from
from hanse.network.wanted.network import KINDS, Network
from hanse.store import revision
from hanse.store.audit import ObjectChange
from hanse.store.models import WantedObject
from hanse.store.revision import Head

GENERAL: Final = "network"  # the kind of what holds for the network as a whole
KEPT: Final = 3  # networks; those that follow each other share most of their objects
LARGE: Final = 10_000  # objects
AT_ONCE: Final = 500  # names in one statement
TRIES: Final = 5
Tree = dict[str, Any]
Bodies = dict[tuple[str, str], Any]  # (kind, name) -> body


class NothingWanted(WantedError):
    """The store is empty: `hanse import DIR` first."""


class ChangedMeanwhile(WantedError):
    """Somebody else changed the same object since it was read: look again."""


class _Kept:
    """The networks that were read last, by the token of their revision. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._networks: OrderedDict[str, tuple[Head, Network]] = OrderedDict()

    def get(self, token: str) -> Network | None:
        with self._lock:
            if token not in self._networks:
                return None
            self._networks.move_to_end(token)
            return self._networks[token][1]

    def latest(self) -> tuple[Head, Network] | None:
        with self._lock:
            return next(reversed(self._networks.values()), None)

    def put(self, head: Head, network: Network) -> None:
        with self._lock:
            self._networks[head.token] = head, network
            self._networks.move_to_end(head.token)
            while len(self._networks) > KEPT:
                self._networks.popitem(last=False)


_KEPT: Final = _Kept()


def load() -> Network:
    """Return the wanted network: one query while nothing was written; then only what was written is read anew.

    :raises NothingWanted:
    :raises Contradictory: rows of an older Hanse that this one does not read
    """
    return load_at()[1]


def load_at() -> tuple[Head, Network]:
    """Return the wanted network and the revision that it is.

    :raises NothingWanted:
    :raises Contradictory:
    """
    head = revision.head()
    for _ in range(TRIES):
        network = _KEPT.get(head.token) if head.number else None
        if network is not None:
            return head, network
        network = _after_edits(head) or _settled(network_from(stored_tree()))
        now = revision.head()
        if now == head:
            break
        head = now  # somebody wrote meanwhile: the rows may be of both
    else:
        raise ChangedMeanwhile("what is wanted is being written again and again: look again")
    if head.number:
        _KEPT.put(head, network)
    return head, network


def _settled(network: Network) -> Network:
    """Take a large network out of what Python searches for rings, of which it has none.

    To go through a hundred thousand objects takes a quarter of a second, each time in the middle of somebody's page.
    """
    if sum(len(getattr(network, kind)) for kind in KINDS) >= LARGE:
        gc.collect()
        gc.freeze()
    return network


def remember(head: Head, network: Network) -> None:
    """Keep `network` as what the rows of that revision say: whoever wrote them knows."""
    _KEPT.put(head, network)


def _after_edits(head: Head) -> Network | None:
    """Return the network last read with what was written since then; None if that cannot be told."""
    latest = _KEPT.latest()
    touched = revision.touched_since(latest[0], head) if latest and head.number else None
    if latest is None or touched is None:
        return None
    bodies = _bodies(touched)
    if (GENERAL, "") in touched and (GENERAL, "") not in bodies:
        return None
    gone = (Edit(kind=kind, name=name, body=None) for kind, name in touched if (kind, name) not in bodies)
    there = (Edit(kind=kind, name=name, body=body) for (kind, name), body in bodies.items())
    return edited(latest[1], (*gone, *there))


def _bodies(keys: Collection[tuple[str, str]]) -> "Bodies":
    """Return what stands under `keys` now, in the order in which it came to be."""
    names = sorted({name for _, name in keys})
    return {
        (kind, name): body
        for first in range(0, len(names), AT_ONCE)
        for kind, name, body in WantedObject.objects.filter(name__in=names[first : first + AT_ONCE])
        .order_by("pk")
        .values_list("kind", "name", "body")
        if (kind, name) in keys
    }


def is_anything_wanted() -> bool:
    """Say whether the store holds any wanted object. One query."""
    return WantedObject.objects.exists()


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


def write(changes: tuple[ObjectChange, ...], *, at: datetime, after: Head | None = None) -> Head:
    """Bring the rows to what `changes` say and return the new revision. Call it inside a transaction.

    Whoever worked out what they mean from the network of a revision names it as `after`.

    :raises ChangedMeanwhile: a row is not any more as it was when the changes were found, or something was written
        after that revision
    """
    if not changes:
        return after or revision.head()
    try:
        head = revision.add(((one.kind, one.name) for one in changes), after=after or revision.head(), at=at)
    except IntegrityError as error:
        raise ChangedMeanwhile("somebody else wrote at the same moment: look again") from error
    WantedObject.objects.bulk_create(
        WantedObject(kind=change.kind, name=change.name, body=change.after, changed_at=at)
        for change in changes
        if change.before is None
    )
    for change in changes:
        if change.before is not None:
            _write_over(change, at)
    return head


def _write_over(change: ObjectChange, at: datetime) -> None:
    row = WantedObject.objects.filter(kind=change.kind, name=change.name, version=change.version)
    if change.after is None:
        touched = row.delete()[0]
    else:
        touched = row.update(body=change.after, version=change.version + 1, changed_at=at)
    if not touched:
        raise ChangedMeanwhile(f"{change.kind} {change.name} was changed by somebody else meanwhile: look again")
