"""How a neighbour that a router reports is reached: over an exchange, over a port, or from afar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from hanse.derive.spec import DeviceSpec
from hanse.network.seen.bgp import GLOBAL_VRF, SeenSession
from hanse.network.values.addresses import Address, InterfaceAddress
from hanse.network.values.names import NotAName, parse_interface_name
from hanse.network.wanted.lookups import towards
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import Connection, Exchange

NO_WAY: Final = "the router does not tell from which address it speaks: give one of its ports the network"
FARTHEST: Final = 255  # how many hops away somebody is, no router tells: what is written down holds for any


Carried = tuple[InterfaceAddress, str]  # by the router's word: an address, and the interface that has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a session would stand and from which address we speak, where that does not follow by itself."""

    connection: str = ""
    exchange: str = ""
    vrf: str = ""  # a direct session's
    port: str = ""  # that leads there
    local_address: Address | None = None
    multihop: int | None = None
    adds: Carried | None = None  # a port of the router that nobody wrote down, and from whose address we speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """A router of a network, with the addresses that its interfaces carry by its own word.

    `taken`: every address of ours by what is wanted, so that none is written down twice.
    """

    network: Network
    name: str
    carried: tuple[Carried, ...]
    taken: frozenset[Address]


def router(network: Network, spec: DeviceSpec, carried: Iterable[Carried]) -> Router:
    """Return the router of `spec`."""
    fixed = (one.ip for node in network.nodes.values() for port in node.ports.values() for one in port.addresses)
    managed = (node.management.address.ip for node in network.nodes.values())
    at_exchanges = (one for connection in network.connections.values() for one in connection.addresses)
    derived = (one.ip for interface in spec.interfaces for one in interface.addresses)
    taken = frozenset((*fixed, *managed, *at_exchanges, *derived))
    return Router(network=network, name=spec.name, carried=tuple(carried), taken=taken)


def way_to(at: Router, seen: SeenSession) -> Way | str:
    """Return how `seen` would be written down, or why it cannot be."""
    local = _told(seen)
    vrf = "" if seen.vrf == GLOBAL_VRF else seen.vrf
    over = _connections(at.network, at.name, seen.remote_address)
    here = [one for one in over if one.vrf == vrf]
    if here:
        return _over_exchange(here, local, seen.remote_address)
    way = _direct(at, seen.remote_address, local)
    return replace(way, vrf=vrf) if way else NO_WAY


def remarks_on(at: Router, seen: SeenSession, way: Way) -> Iterator[str]:
    """Yield what somebody should know before they accept it."""
    if way.connection:
        yield from _over_which(at.network, at.name, seen, way)
        return
    for exchange in at.network.exchanges.values():
        if _holds(exchange, seen.remote_address):
            yield f"its address is in the LAN of {exchange.name}, where this router has no connection in this VRF"
    if way.adds:
        yield f"port {way.adds[1]} is written down with {way.adds[0]}"
    if way.multihop:
        yield f"in no network of the router's ports: multihop {way.multihop} is written down"


def _over_which(network: Network, node: str, seen: SeenSession, way: Way) -> Iterator[str]:
    if way.local_address:
        yield f"the router speaks from {way.local_address} there, which {way.connection} has not"
    others = [one.name for one in _connections(network, node, seen.remote_address) if one.name != way.connection]
    if others and not _told(seen):
        yield f"the router does not tell whether it goes over {', '.join(others)}"


def _told(seen: SeenSession) -> Address | None:
    """Return our address by the router's word; a session that is not up often has none."""
    told = seen.local_address
    if told is None or told.is_unspecified or told.version != seen.remote_address.version:
        return None
    return told


def _holds(exchange: Exchange | None, address: Address) -> bool:
    lan = exchange.lan if exchange else ()
    return any(address in prefix for prefix in lan if prefix.version == address.version)


def _connections(network: Network, node: str, remote: Address) -> list[Connection]:
    """Return the router's connections to an exchange whose LAN holds `remote`, by name."""
    found = (one for one in network.connections.values() if one.node == node)
    there = (one for one in found if _holds(network.exchanges.get(one.exchange), remote))
    return sorted(there, key=lambda one: one.name)


def _over_exchange(connections: list[Connection], local: Address | None, remote: Address) -> Way | str:
    """Return the way over the connection that has our address; over the first one where nobody tells."""
    mine = [one for one in connections if local in one.addresses]
    chosen = (mine or connections)[0]
    if not any(address.version == remote.version for address in chosen.addresses):
        ours = f", {local}," if local else ""
        return f"{chosen.name} has no IPv{remote.version} address: give it ours{ours} then look again"
    return Way(connection=chosen.name, exchange=chosen.exchange, local_address=None if mine else local)


def _direct(at: Router, remote: Address, local: Address | None) -> Way | None:
    """Return the way over the port that leads there, as is wanted or as the router reports; else from afar."""
    ports = at.network.nodes[at.name].ports.values()
    known = towards(((one, port.name) for port in ports for one in port.addresses), remote)
    if known and known[0].ip != remote and local in {None, known[0].ip}:
        return Way(port=known[1])
    found = towards((one for one in at.carried if one[0].ip != remote), remote)
    ours = local or (found[0].ip if found else None)
    if ours is None:
        return None
    holder = next((one for one in at.carried if one[0].ip == ours), None)
    adds = holder if holder and ours not in at.taken and _is_port(holder[1]) else None
    leads_there = adds is not None and known is None and towards([adds], remote) is not None
    return Way(
        port=found[1] if found else "",
        local_address=None if leads_there else ours,
        multihop=FARTHEST if at.carried and not found and not known else None,
        adds=adds,
    )


def _is_port(name: str) -> bool:
    try:
        parse_interface_name(name)
    except NotAName:
        return False
    return True
