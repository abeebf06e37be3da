"""Questions about a whole network that more than one room asks."""

from collections.abc import Collection, Iterable

from hanse.network.errors import WantedError
from hanse.network.values.addresses import (
    Address,
    Family,
    InterfaceAddress,
    Prefix,
    family_of,
    parse_interface_address,
)
from hanse.network.wanted.links import End, Link
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.places import Pool, PoolUse
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.services import Service
from hanse.network.wanted.sessions import Session

PER_LINK = 2  # a /31 (RFC 3021) or a /127 (RFC 6164)


class NoSuchNode(WantedError):
    """Nobody wants a router of this name."""


def insist_on_nodes(names: Iterable[str], known: Collection[str]) -> None:
    """Return if all `names` are among the `known` routers.

    :raises NoSuchNode:
    """
    for name in names:
        if name not in known:
            raise NoSuchNode(f"there is no node {name!r}: {one_of(known, name)}")


def pool_for(network: Network, use: PoolUse, family: Family) -> Pool | None:
    """Return the pool for `use` and `family`, or None if the network has none."""
    for pool in network.pools.values():
        if pool.use is use and family_of(pool.prefix) is family:
            return pool
    return None


def room_in(pool: Pool) -> int:
    """Return how many numbers `pool` has room for, counted from 0: links, tunnels or nodes."""
    each = PER_LINK if pool.use in {PoolUse.LINK, PoolUse.TUNNEL} else 1
    return pool.prefix.num_addresses // each


def connection_addresses(network: Network, connection: Connection) -> tuple[InterfaceAddress, ...]:
    """Return the addresses of `connection` with the LAN's length; those outside of the LAN are left out."""
    lan = network.exchanges[connection.exchange].lan
    return tuple(
        with_length(address, prefix)
        for address in connection.addresses
        for prefix in lan
        if address.version == prefix.version and address in prefix
    )


def with_length(address: Address, prefix: Prefix) -> InterfaceAddress:
    """Return `address` as an interface carries it in `prefix`."""
    return parse_interface_address(f"{address}/{prefix.prefixlen}")


def node_of(network: Network, session: Session) -> str:
    """Return the name of our node that speaks in `session`."""
    return network.connections[session.connection].node if session.connection else session.node


Way = tuple[InterfaceAddress, str]  # an address of ours, and the port that carries it


def towards(ways: Iterable[Way], remote: Address) -> Way | None:
    """Return the first of `ways` whose network holds `remote`, or None."""
    for address, port in ways:
        if address.version == remote.version and remote in address.network:
            return address, port
    return None


def ways_of(network: Network, session: Session) -> tuple[Way, ...]:
    """Return our addresses from which `session` could speak, those of its own table first.

    All sessions of one connection, or of one node and table, share them.
    """
    if session.connection:
        connection = network.connections[session.connection]
        return tuple((address, connection.port) for address in connection_addresses(network, connection))
    ports = sorted(network.nodes[session.node].ports.values(), key=lambda port: port.vrf != session.vrf)
    return tuple((address, port.name) for port in ports for address in port.addresses)


def far_end(link: Link, node: Node) -> End:
    """Return the end of `link` that is not at `node`."""
    return link.ends[1] if link.ends[0].node == node.name else link.ends[0]


def is_offered_by(service: Service, node: Node) -> bool:
    """Say whether `node` offers `service`: where nothing says on which routers it is, it is on all."""
    if not (service.nodes or service.sites or service.with_tags):
        return True
    named = node.name in service.nodes or node.site in service.sites
    return named or not set(node.tags).isdisjoint(service.with_tags)
