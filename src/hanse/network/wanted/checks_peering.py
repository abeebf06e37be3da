"""Contradictions among exchanges, connections and sessions."""

import re
from collections.abc import Iterator

from hanse.network.values.addresses import Address, lies_within
from hanse.network.wanted.checks_links import missing_port
from hanse.network.wanted.inherited import vrf_of
from hanse.network.wanted.lookups import Way, node_of, towards, ways_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.sessions import Session


def unknown_ways(network: Network) -> Iterator[Problem]:
    """Connections to an exchange, node or port that is not there."""
    for connection in network.connections.values():
        path = ("connections", connection.name)
        if connection.exchange not in network.exchanges:
            advice = one_of(network.exchanges, connection.exchange)
            yield Problem((*path, "exchange"), f"there is no exchange {connection.exchange!r}: {advice}")
        yield from missing_port(network, connection.node, connection.port, (*path, "port"))


def addresses_outside_lan(network: Network) -> Iterator[Problem]:
    """Addresses of ours on an exchange that its LAN does not hold."""
    for connection in network.connections.values():
        exchange = network.exchanges.get(connection.exchange)
        for index, address in enumerate(connection.addresses):
            if exchange and not any(address in prefix for prefix in exchange.lan if prefix.version == address.version):
                yield Problem(
                    ("connections", connection.name, "addresses", str(index)),
                    f"{address} is not in the LAN of {exchange.name} ({', '.join(map(str, exchange.lan))}): "
                    f"mend the address, or the exchange's `lan`",
                )


def space_within_lans(network: Network) -> Iterator[Problem]:
    """Space of ours that is a part of an exchange's LAN: the longer prefix would lead the LAN's own packets to us."""
    for index, prefix in enumerate(network.network.space):
        for exchange in network.exchanges.values():
            for lan in exchange.lan:
                if prefix != lan and lies_within(prefix, lan):
                    yield Problem(
                        ("network", "space", str(index)),
                        f"{prefix} is a part of {lan}, the LAN of {exchange.name}: told to others, it would lead to us "
                        f"what is for the members there; name the whole, or mend the exchange's `lan`",
                    )


def sessions_nowhere(network: Network) -> Iterator[Problem]:
    """Sessions that name neither or both of connection and node, or one that is not there."""
    for session in network.sessions.values():
        path = ("sessions", session.name)
        if bool(session.connection) == bool(session.node):
            yield Problem(path, "a session is on a `connection` or at a `node`: name one of the two")
        elif session.connection and session.connection not in network.connections:
            advice = one_of(network.connections, session.connection)
            yield Problem((*path, "connection"), f"there is no connection {session.connection!r}: {advice}")
        elif session.node and session.node not in network.nodes:
            advice = one_of(network.nodes, session.node)
            yield Problem((*path, "node"), f"there is no node {session.node!r}: {advice}")


def unknown_peers(network: Network) -> Iterator[Problem]:
    """Sessions with an AS that nobody described, or with our own."""
    for session in network.sessions.values():
        path = ("sessions", session.name, "asn")
        if session.asn == network.network.asn:
            yield Problem(path, f"AS{session.asn} is our own: sessions inside are derived, remove this one")
        elif session.asn in network.autonomous_systems and network.autonomous_systems[session.asn].own:
            yield Problem(path, f"AS{session.asn} is one of ours: a session is with another network")
        elif session.asn not in network.autonomous_systems:
            yield Problem(path, f"AS{session.asn} is unknown: add it under `autonomous_systems`")


def sessions_out_of_reach(network: Network) -> Iterator[Problem]:
    """Sessions whose remote address no network of ours holds: outside the exchange's LAN, or of no port."""
    known: dict[tuple[str, str, str], tuple[Way, ...]] = {}  # thousands of sessions share a few connections
    for session in _sound(network):
        where = (session.connection, session.node, session.vrf)
        ways = known[where] if where in known else known.setdefault(where, ways_of(network, session))
        for index, remote in enumerate(session.addresses):
            path = ("sessions", session.name, "addresses", str(index))
            found = towards(ways, remote)
            if found is None:
                if not _is_spoken_from_afar(session, remote):
                    yield Problem(path, _out_of_reach(network, session, remote))
            elif found[0].ip == remote:
                yield Problem(path, f"{remote} is our own address there: write the neighbour's")


def _is_spoken_from_afar(session: Session, remote: Address) -> bool:
    """Say whether the session names where it speaks from, or goes over several routers: no port has to lead there."""
    local = any(address.version == remote.version for address in session.local_addresses)
    return not session.connection and (local or session.multihop is not None)


def _out_of_reach(network: Network, session: Session, remote: Address) -> str:
    if session.connection:
        exchange = network.exchanges[network.connections[session.connection].exchange]
        lan = ", ".join(map(str, exchange.lan))
        return (
            f"{remote} is not in the LAN of {exchange.name} that {session.connection} is on ({lan}): mend the address"
        )
    return (
        f"{remote} is in no network of a port of {session.node}: mend the address, "
        f"give a port of nodes.{session.node}.ports its address, or say `multihop` or `local_addresses`"
    )


def duplicate_sessions(network: Network) -> Iterator[Problem]:
    """Sessions of one router and one routing table with one remote address."""
    owner: dict[tuple[str, str, Address], str] = {}
    for session in _sound(network):
        for index, remote in enumerate(session.addresses):
            node, vrf = node_of(network, session), vrf_of(network, session)
            place = f"sessions.{session.name}.addresses.{index}"
            first = owner.setdefault((node, vrf, remote), place)
            if first != place:
                yield Problem(
                    ("sessions", session.name, "addresses", str(index)),
                    f"{node} has a session with {remote} already{f' in {vrf}' if vrf else ''}, {first}: "
                    "remove one of the two",
                )


def names_alike(network: Network) -> Iterator[Problem]:
    """Sessions whose names routers could not tell apart: there, punctuation and case fall together."""
    owner: dict[str, str] = {}
    for session in network.sessions.values():
        first = owner.setdefault(re.sub(r"[^a-z0-9]", "_", session.name.lower()), session.name)
        if first != session.name:
            yield Problem(
                ("sessions", session.name),
                f"a router cannot tell this name from {first}: punctuation and capitals do not count, rename one",
            )


def _sound(network: Network) -> Iterator[Session]:
    """Yield the sessions whose way can be followed; the others are told of elsewhere."""
    for session in network.sessions.values():
        connection = network.connections.get(session.connection)
        if (connection and not session.node and connection.exchange in network.exchanges) or (
            session.node in network.nodes and not session.connection
        ):
            yield session
