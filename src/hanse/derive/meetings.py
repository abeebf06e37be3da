"""Where we meet other networks: each exchange's connections, and the sessions on each, gathered once for a network."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from hanse.network.values.addresses import Address
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.sessions import Session

KEPT: Final = 3  # networks: before and after an edit, and one more
_GATHERED: list["Meetings"] = []  # replaced as a whole, so any thread may read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """A network with its sessions at hand; what is contradictory in it is left out."""

    network: Network
    connections: dict[str, tuple[Connection, ...]]  # by exchange, in order of their names
    sessions: dict[tuple[str, Address], Session]  # by connection and the neighbour's address
    of_asn: dict[int, tuple[Session, ...]]  # on exchanges and direct ones, in order of their names
    spoken: frozenset[str]  # names of sessions as routers tell them apart


def meetings(network: Network) -> Meetings:
    """Return where `network` meets others."""
    for found in tuple(_GATHERED):
        if found.network is network:
            return found
    gathered = _gather(network)
    _GATHERED[:] = [gathered, *_GATHERED[: KEPT - 1]]
    return gathered


def spoken_name(name: str) -> str:
    """Return the name of a session as routers tell it apart: punctuation and capitals do not count."""
    return re.sub(r"[^a-z0-9]", "_", name.lower())


def _gather(network: Network) -> Meetings:
    connections: defaultdict[str, list[Connection]] = defaultdict(list)
    for connection in sorted(network.connections.values(), key=lambda one: one.name):
        connections[connection.exchange].append(connection)
    sessions: dict[tuple[str, Address], Session] = {}
    of_asn: defaultdict[int, list[Session]] = defaultdict(list)
    for session in sorted(network.sessions.values(), key=lambda one: one.name):
        of_asn[session.asn.number].append(session)
        if session.connection:
            sessions.update({(session.connection, address): session for address in session.addresses})
    return Meetings(
        network=network,
        connections={name: tuple(found) for name, found in connections.items()},
        sessions=sessions,
        of_asn={asn: tuple(found) for asn, found in of_asn.items()},
        spoken=frozenset(map(spoken_name, network.sessions)),
    )
