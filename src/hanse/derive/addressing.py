"""Addresses by number: an answer depends on the pool and the number alone, so adding an object moves no other."""

from ipaddress import ip_interface

from hanse.network.errors import WantedError
from hanse.network.values.addresses import Address, Family, InterfaceAddress, Prefix, family_of
from hanse.network.wanted.lookups import PER_LINK, pool_for
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.places import PoolUse


class PoolExhausted(WantedError):
    """A number is beyond the end of its pool."""


def loopback(pool: Prefix, number: int) -> InterfaceAddress:
    """Return the host address of node `number` (1, 2, ...): the pool's address of that number.

    :raises PoolExhausted:
    """
    if not 0 <= number < pool.num_addresses:
        raise PoolExhausted(f"{pool} has no room for node {number}")
    return ip_interface((pool[number], pool.max_prefixlen))


def link_ends(pool: Prefix, number: int) -> tuple[InterfaceAddress, InterfaceAddress]:
    """Return both ends of link `number` (0, 1, ...), the lower address first: a /31 (RFC 3021) or /127 (RFC 6164).

    The answer depends on these two alone: a new link never renumbers an old one.

    :raises PoolExhausted:
    """
    first = number * PER_LINK
    if number < 0 or first + PER_LINK > pool.num_addresses:
        raise PoolExhausted(f"{pool} has no room for link {number}")
    length = pool.max_prefixlen - 1
    return ip_interface((pool[first], length)), ip_interface((pool[first + 1], length))


def node_addresses(network: Network, use: PoolUse, number: int) -> tuple[InterfaceAddress, ...]:
    """Return the addresses of node `number` from the pools for `use`, IPv4 before IPv6; empty if there is no pool."""
    pools = (pool_for(network, use, family) for family in Family)
    return tuple(loopback(pool.prefix, number) for pool in pools if pool)


def loopbacks_of(network: Network, node: Node) -> tuple[InterfaceAddress, ...]:
    """Return what a router has on its loopback, inside first, IPv4 before IPv6 in each; an antenna has none."""
    if node.is_antenna:
        return ()
    return (
        *node_addresses(network, PoolUse.LOOPBACK, node.number),
        *node_addresses(network, PoolUse.PUBLIC, node.number),
    )


def link_addresses(network: Network, number: int, end: int) -> tuple[InterfaceAddress, ...]:
    """Return the addresses of end 0 or 1 of link `number`, IPv4 before IPv6."""
    pools = (pool_for(network, PoolUse.LINK, family) for family in Family)
    return tuple(link_ends(pool.prefix, number)[end] for pool in pools if pool)


def tunnel_addresses(network: Network, number: int, end: int) -> tuple[InterfaceAddress, ...]:
    """Return the addresses of end 0 or 1 of tunnel `number`, IPv4 before IPv6."""
    pools = (pool_for(network, PoolUse.TUNNEL, family) for family in Family)
    return tuple(link_ends(pool.prefix, number)[end] for pool in pools if pool)


def router_id(network: Network, number: int) -> str:
    """Return the router ID of node `number`: its IPv4 loopback (RFC 2328 and RFC 4271 want it unique)."""
    return next(
        str(address.ip)
        for address in node_addresses(network, PoolUse.LOOPBACK, number)
        if family_of(address) is Family.IPV4
    )


def own_addresses(network: Network, node: Node) -> tuple[Address, ...]:
    """Return the public address of each family, or the loopback's where there is no public pool; IPv4 first.

    An antenna has that of its management alone.
    """
    if node.is_antenna:
        return (node.management.address.ip,)
    public = node_addresses(network, PoolUse.PUBLIC, node.number)
    inside = node_addresses(network, PoolUse.LOOPBACK, node.number)
    by_family = {address.version: address.ip for address in (*inside, *public)}
    return tuple(by_family[version] for version in sorted(by_family))
