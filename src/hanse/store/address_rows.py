"""Which addresses and prefixes the wanted network has, as the fields of rows that search looks through."""

from collections.abc import Iterator
from typing import Any, Final

from hanse.derive.spec import DeviceSpec, InterfaceSpec
from hanse.network.values.addresses import Address, Prefix
from hanse.network.wanted.network import Network
from hanse.store.expected import sort_key

Row = tuple[Any, ...]  # in the order of FIELDS
FIELDS: Final = ("text", "first", "last", "node", "site", "asn", "what", "kind", "name")


def of_router(spec: DeviceSpec) -> Iterator[Row]:
    """Yield every address of a router's interfaces."""
    for interface in spec.interfaces:
        kind, name = _object(interface, spec.name)
        for address in interface.addresses:
            what = f"{interface.role if interface.name == 'lo' else interface.name} of {spec.name}"
            yield _row(address.ip, address.ip, str(address.ip), spec.name, spec.site, None, what[:200], kind, name)


def _object(interface: InterfaceSpec, node: str) -> tuple[str, str]:
    """Return kind and name of the wanted object that an interface has its addresses from."""
    kind, _, name = interface.why.partition(".")
    return (kind, name) if kind in {"links", "connections"} else ("nodes", node)


def of_nobody(network: Network) -> Iterator[Row]:
    """Yield every prefix that is no router's: pools, our own space, exchanges, and what customers may announce."""
    for prefix in network.network.space:
        yield _prefix(prefix, "our own space", "network", "")
    for pool in network.pools.values():
        yield _prefix(pool.prefix, f"pool {pool.name}: {pool.use}", "pools", pool.name)
    for exchange in network.exchanges.values():
        for prefix in exchange.lan:
            yield _prefix(prefix, f"LAN of {exchange.name}", "exchanges", exchange.name)
    for other in network.autonomous_systems.values():
        for prefix in other.prefixes:
            what = f"AS{other.asn.number} {other.name}".strip()
            yield _prefix(prefix, what, "autonomous_systems", str(other.asn.number), asn=other.asn.number)


def _prefix(prefix: Prefix, what: str, kind: str, name: str, asn: int | None = None) -> Row:
    first, last = prefix.network_address, prefix.broadcast_address
    return _row(first, last, str(prefix), "", "", asn, what[:200], kind, name)


def _row(first: Address, last: Address, text: str, *rest: Any) -> Row:
    return (text, sort_key(first), sort_key(last), *rest)
