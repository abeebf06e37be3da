"""Where we meet other networks: each exchange's connections, and the sessions on each, gathered once for a network."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeVar

from hanse.network.values.addresses import Address
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.sessions import Session

KEPT: Final = 3  # networks: before and after an edit, and one more
_GATHERED: list["Meetings"] = []  # replaced as a whole, so any thread may read it
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Meetings:
    """A network with its sessions at hand; what is contradictory in it is left out.

    Each part is gathered when somebody asks for it first: a page needs few of them, and each edit makes a new network.
    """

    def __init__(self, network: Network) -> None:
        self.network: Final = network
        self._at: dict[str, dict[Address, Session]] = {}

    def session_at(self, connection: str, address: Address) -> Session | None:
        """Return the session on a connection with the neighbour that has this address."""
        known = self._at.get(connection)
        if known is None:
            here = self._on.get(connection, ())
            known = self._at[connection] = {address: one for one in here for address in one.addresses}
        return known.get(address)

    @cached_property
    def connections(self) -> dict[str, tuple[Connection, ...]]:
        """Return the connections by exchange, in order of their names."""
        found = sorted(self.network.connections.values(), key=attrgetter("name"))
        return _by(attrgetter("exchange"), found)

    @cached_property
    def of_asn(self) -> dict[int, tuple[Session, ...]]:
        """Return the sessions by AS number, on exchanges and direct ones, in order of their names."""
        return _by(lambda one: one.asn.number, self._sessions)

    @cached_property
    def addresses_of(self) -> dict[int, int]:
        """Return with how many addresses of an AS number there is a session."""
        return {asn: sum(len(one.addresses) for one in found) for asn, found in self.of_asn.items()}

    @cached_property
    def exchanges_of(self) -> dict[int, tuple[str, ...]]:
        """Return where there are sessions with an AS number, in order."""
        exchange = {name: one.exchange for name, one in self.network.connections.items()}
        return {
            asn: tuple(sorted({exchange[one.connection] for one in found if one.connection in exchange}))
            for asn, found in self.of_asn.items()
        }

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Return the names of sessions as routers tell them apart."""
        return frozenset(map(spoken_name, self.network.sessions))

    @cached_property
    def _sessions(self) -> list[Session]:
        return sorted(self.network.sessions.values(), key=attrgetter("name"))

    @cached_property
    def _on(self) -> dict[str, tuple[Session, ...]]:
        """Return the sessions by connection; the empty one has the direct ones."""
        return _by(attrgetter("connection"), self._sessions)


def meetings(network: Network) -> Meetings:
    """Return where `network` meets others."""
    for found in tuple(_GATHERED):
        if found.network is network:
            return found
    gathered = Meetings(network)
    _GATHERED[:] = [gathered, *_GATHERED[: KEPT - 1]]
    return gathered


def spoken_name(name: str) -> str:
    """Return the name of a session as routers tell it apart: punctuation and capitals do not count."""
    return re.sub(r"[^a-z0-9]", "_", name.lower())


def _by(key: Callable[[V], K], things: Iterable[V]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for one in things:
        found[key(one)].append(one)
    return {name: tuple(some) for name, some in found.items()}
