"""Keys of tunnels: made by Hanse, kept among the secrets, shown to nobody, and made anew by those who ask for it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hanse.actions.accounts import STARTER
from hanse.actions.key_making import new_keys
from hanse.actions.rights import Person, Right
from hanse.actions.secrets import HIDDEN, OBJECT
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.wanted.network import Network
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.tunnel_keys import OF_BOTH, OF_ENDS, KeyPart, key_groups, key_name
from hanse.network.wanted.tunnels import Tunnel
from hanse.store import access, snapshot
from hanse.store.audit import Author, ObjectChange, write_entries

Group = tuple[str, tuple[KeyPart, ...]]  # whose keys, empty: both ends'; and which, made together


class NoSuchTunnel(WantedError):
    """Nobody wants a tunnel of this name, or it has no keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelKeys:
    """A tunnel and the age of its keys. Their values are not here."""

    tunnel: str
    kind: str
    ends: tuple[str, ...]
    made_at: datetime | None  # the oldest of them; None: some are still to be made, by the next plan

    @property
    def routers(self) -> str:
        """Return the names of its routers."""
        return " ".join(self.ends)


def key_list(person: Person) -> tuple[TunnelKeys, ...]:
    """Return every tunnel that has keys, by name.

    :raises NotAllowed:
    :raises NothingWanted:
    """
    person.insist(Right.VIEW, OBJECT)
    known = access.secret_list()
    tunnels = sorted(snapshot.load().tunnels.values(), key=lambda tunnel: tunnel.name)
    return tuple(_ages(tunnel, known) for tunnel in tunnels if key_groups(tunnel))


def _ages(tunnel: Tunnel, known: dict[str, datetime]) -> TunnelKeys:
    names = [name for group in key_groups(tunnel) for name in group]
    return TunnelKeys(
        tunnel=tunnel.name,
        kind=str(tunnel.kind),
        ends=tuple(tunnel.ends),
        made_at=min(known[name] for name in names) if known.keys() >= set(names) else None,
    )


def rotate(name: str, *, person: Person, clock: Clock) -> tuple[str, ...]:
    """Make all keys of a tunnel anew; return its routers. They change with the next plan, both in one step.

    :raises NotAllowed:
    :raises NoSuchTunnel:
    """
    person.insist(Right.CHANGE, OBJECT)
    tunnels = snapshot.load().tunnels
    tunnel = tunnels.get(name)
    if tunnel is None or not key_groups(tunnel):
        with_keys = [one.name for one in tunnels.values() if key_groups(one)]
        raise NoSuchTunnel(f"no tunnel with keys is called {name!r}: {one_of(with_keys, name)}")
    with transaction.atomic():
        _make(tunnel, _groups(tunnel), author=person.author, at=clock.now(), action="rotate key")
    return tuple(tunnel.ends)


def make_missing(network: Network, *, clock: Clock) -> None:
    """Make the keys that tunnels of `network` have not got yet, so that nobody has to think of it.

    Keys that belong to each other are made together. Without tunnels it asks nothing; else one query.
    """
    if not network.tunnels:
        return
    known = access.secret_list()
    for tunnel in network.tunnels.values():
        missing = [group for group in _groups(tunnel) if not known.keys() >= set(_names(tunnel, group))]
        if missing:
            with transaction.atomic():
                _make(tunnel, missing, author=STARTER, at=clock.now(), action="make key")


def _groups(tunnel: Tunnel) -> Iterator[Group]:
    if OF_ENDS[tunnel.kind]:
        yield from ((end, OF_ENDS[tunnel.kind]) for end in tunnel.ends)
    if OF_BOTH[tunnel.kind]:
        yield "", OF_BOTH[tunnel.kind]


def _names(tunnel: Tunnel, group: Group) -> Collection[str]:
    node, parts = group
    return [key_name(tunnel, part, node) for part in parts]


def _make(tunnel: Tunnel, groups: Iterable[Group], *, author: Author, at: datetime, action: str) -> None:
    changes = []
    for node, parts in groups:
        for part, value in new_keys(parts, f"{node or tunnel.name}.{tunnel.name}").items():
            name = key_name(tunnel, part, node)
            is_new = access.put_secret(name, value, at=at)
            before = None if is_new else HIDDEN
            changes.append(ObjectChange(kind="secret", name=name, before=before, after=HIDDEN))
    write_entries(changes, action=action, author=author, at=at)
