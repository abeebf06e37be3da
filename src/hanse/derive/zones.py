"""The zones of the domain name system that follow from what is wanted: forward, and backward for our own addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hanse.derive.names import NamedAddress, named_addresses
from hanse.network.errors import WantedError
from hanse.network.values.addresses import Address, Prefix, parse_prefix
from hanse.network.wanted.network import Network

OCTET: Final = 8  # an IPv4 zone ends at one: 24 bits here
LONGEST_IPV4: Final = 24
NIBBLE: Final = 4  # RFC 3596 section 2.5
LONGEST_IPV6: Final = 64  # a zone of a longer prefix would be many small ones


class NobodyAnswers(WantedError):
    """Zones are asked for, and nobody said which servers answer for them, or who looks after them."""


class RecordKind(StrEnum):
    """What a record says of its name."""

    A = "A"
    AAAA = "AAAA"
    NS = "NS"
    PTR = "PTR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of a zone. Both names are relative to nothing: they have all their labels, and no dot at the end."""

    name: str
    kind: RecordKind
    value: str  # an address, or a name
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone without its serial: that says when it was written, and nothing of what is wanted."""

    name: str  # city.example, 113.0.203.in-addr.arpa
    first_server: str
    hostmaster: str  # a mail address
    records: tuple[Record, ...]


def zones(network: Network) -> tuple[Zone, ...]:
    """Return the forward zone and then a zone for each part of our addresses in which anything has a name.

    :raises NoDomain:
    :raises NobodyAnswers:
    """
    general = network.network
    named = named_addresses(network)
    if not general.nameservers or not general.hostmaster:
        missing = "network.hostmaster" if general.nameservers else "network.nameservers"
        raise NobodyAnswers(f"zones need to know who answers for them: write {missing}")
    return (_forward(network, named), *_backward(network, named))


def _forward(network: Network, named: Iterable[NamedAddress]) -> Zone:
    return _zone(network, network.network.domain, map(_address_record, (*_servers(network), *named)))


def _servers(network: Network) -> tuple[NamedAddress, ...]:
    """Return the addresses of servers that are in our own domain and no routers."""
    return tuple(
        NamedAddress(name=server.name, address=address, why=f"network.nameservers.{server.name}")
        for server in network.network.nameservers.values()
        if server.name.endswith(f".{network.network.domain}")
        for address in server.addresses
    )


def _address_record(one: NamedAddress) -> Record:
    kind = RecordKind.A if one.address.version == 4 else RecordKind.AAAA
    return Record(name=one.name, kind=kind, value=str(one.address), why=one.why)


def _backward(network: Network, named: Iterable[NamedAddress]) -> Iterator[Zone]:
    """Yield the zones backward. An address that a server has from a router is the router's."""
    found: dict[Prefix, list[Record]] = {}
    parts = zone_prefixes(network)
    by_address = {one.address: one for one in (*_servers(network), *named)}
    for one in by_address.values():
        prefix = _around(one.address, parts)
        if prefix is not None:
            record = Record(name=one.address.reverse_pointer, kind=RecordKind.PTR, value=one.name, why=one.why)
            found.setdefault(prefix, []).append(record)
    for prefix in sorted(found, key=lambda prefix: (prefix.version, prefix)):
        yield _zone(network, zone_name(prefix), found[prefix])


def _zone(network: Network, name: str, records: Iterable[Record]) -> Zone:
    servers = tuple(network.network.nameservers)
    answering = (
        Record(name=name, kind=RecordKind.NS, value=server, why=f"network.nameservers.{server}") for server in servers
    )
    return Zone(
        name=name,
        first_server=servers[0],
        hostmaster=network.network.hostmaster,
        records=(*answering, *sorted(records, key=lambda one: (one.name.split(".")[::-1], one.kind, one.value))),
    )


def zone_prefixes(network: Network) -> tuple[Prefix, ...]:
    """Return what our own addresses are in, the widest first: pools, our space, and networks of management."""
    management = (node.management.address.network for node in network.nodes.values())
    pools = (pool.prefix for pool in network.pools.values())
    return tuple(sorted({*map(_widened, (*pools, *network.network.space, *management))}, key=_widest_first))


def _widest_first(prefix: Prefix) -> tuple[int, int, int]:
    return prefix.version, prefix.prefixlen, int(prefix.network_address)


def _widened(prefix: Prefix) -> Prefix:
    """Return the prefix that a zone can have, where a zone of its own would be too small (RFC 2317 is not for us)."""
    longest = LONGEST_IPV4 if prefix.version == 4 else LONGEST_IPV6
    return prefix if prefix.prefixlen <= longest else prefix.supernet(new_prefix=longest)


def _around(address: Address, parts: Iterable[Prefix]) -> Prefix | None:
    """Return the prefix of the zone that has `address`: in the first, so the widest, of `parts`; None outside."""
    for part in parts:
        if part.version == address.version and address in part:
            length = LONGEST_IPV4 if part.version == 4 else -(-part.prefixlen // NIBBLE) * NIBBLE
            return parse_prefix(f"{_masked(address, length)}/{length}")
    return None


def _masked(address: Address, length: int) -> Address:
    free = address.max_prefixlen - length
    return type(address)(int(address) >> free << free)


def zone_name(prefix: Prefix) -> str:
    """Return what the zone of `prefix` is called; its length is at a boundary.

    >>> zone_name(parse_prefix("203.0.113.0/24")), zone_name(parse_prefix("2001:db8:500::/44"))
    ('113.0.203.in-addr.arpa', '0.5.0.8.b.d.0.1.0.0.2.ip6.arpa')
    """
    labels = prefix.network_address.reverse_pointer.split(".")
    bits = OCTET if prefix.version == 4 else NIBBLE
    return ".".join(labels[(prefix.max_prefixlen - prefix.prefixlen) // bits :])
