"""From the wanted network and the outside world to the plan of a lab. Pure: nothing is started here."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_interface
from typing import Final

from hanse.network.values.addresses import Address, InterfaceAddress
from hanse.network.wanted.links import End
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import Connection
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.sessions import Session
from hanse_lab.by_hand import by_hand
from hanse_lab.errors import OutsideUnclear
from hanse_lab.outside import Host, Member, Neighbour, Outside
from hanse_lab.plan import Cable, Daemon, LabPlan, Peer, Plug, Router, Speaker, SpeakerPort

HOST_PORT: Final = "eth0"
DEFAULT: Final = {4: "0.0.0.0/0", 6: "::/0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Where one address of a neighbour is: `lan` is the exchange, or empty on a direct cable to `ours`."""

    session: str
    lan: str
    ours: Plug
    our_address: Address
    address: InterfaceAddress


def lab_plan(network: Network, outside: Outside) -> LabPlan:
    """Return the lab in which `network` has `outside` around it.

    :raises OutsideUnclear: a neighbour does not fit the wanted network
    """
    attached = {
        name: tuple(_attachments(network, name, neighbour)) for name, neighbour in sorted(outside.neighbours.items())
    }
    _insist_on_own_names(network, outside)
    cables = (
        *_links(network),
        *_lans(network, attached),
        *_direct(attached),
        *_extra(network, outside),
        *_to_hosts(network, outside),
    )
    return LabPlan(
        routers=tuple(
            Router(
                name=name,
                management_port=node.management.port,
                management_address=str(node.management.address),
                by_hand=by_hand(network, name),
            )
            for name, node in sorted(network.nodes.items())
        ),
        speakers=(
            *(_speaker(network, outside, name, attached) for name in attached),
            *(_host(name, host) for name, host in sorted(outside.hosts.items())),
        ),
        cables=(*cables, *_to_nobody(network, cables)),
        test_addresses=tuple(str(address) for address in outside.test_addresses),
    )


def _insist_on_own_names(network: Network, outside: Outside) -> None:
    if twice := sorted(set(network.nodes) & {*outside.neighbours, *outside.hosts}):
        raise OutsideUnclear(f"{twice[0]} is a router of the network and somebody else in outside.yml: rename one")
    if twice := sorted(set(outside.neighbours) & set(outside.hosts)):
        raise OutsideUnclear(f"{twice[0]} is a neighbour and a host in outside.yml: rename one")


def physical(network: Network, node: str, port: str) -> Plug:
    """Return the port that the cable is in: a VLAN's parent, or the port itself."""
    ports = network.nodes[node].ports
    while port in ports and ports[port].parent:
        port = ports[port].parent
    return Plug(node=node, port=port)


# Who hears whom


def _links(network: Network) -> tuple[Cable, ...]:
    cables: dict[frozenset[Plug], Cable] = {}
    for name, link in sorted(network.links.items()):
        plugs = tuple(physical(network, end.node, end.port) for end in link.ends)
        if all(network.nodes[plug.node].ports[plug.port].kind is PortKind.PHYSICAL for plug in plugs):
            cables.setdefault(frozenset(plugs), Cable(name=name, plugs=plugs))
    return tuple(cables.values())


def _lans(network: Network, attached: dict[str, tuple[Attachment, ...]]) -> Iterator[Cable]:
    for exchange in sorted(network.exchanges):
        ours = [
            physical(network, connection.node, connection.port)
            for _, connection in sorted(network.connections.items())
            if connection.exchange == exchange
        ]
        theirs = [
            Plug(node=name, port=port)
            for name, places in attached.items()
            for port in _port_names(places, lan=exchange)
        ]
        yield Cable(name=exchange, plugs=(*ours, *theirs), shared=True)


def _direct(attached: dict[str, tuple[Attachment, ...]]) -> Iterator[Cable]:
    for name, places in attached.items():
        for key, port in _ports(places).items():
            if isinstance(key, Plug):
                yield Cable(name=f"{key.node}-{key.port}", plugs=(key, Plug(node=name, port=port)))


def _extra(network: Network, outside: Outside) -> Iterator[Cable]:
    for name, ends in sorted(outside.cables.items()):
        yield Cable(name=name, plugs=tuple(_plug(network, f"cable {name}", end) for end in ends))


def _to_hosts(network: Network, outside: Outside) -> Iterator[Cable]:
    for name, host in sorted(outside.hosts.items()):
        yield Cable(name=name, plugs=(_plug(network, f"host {name}", host.at), Plug(node=name, port=HOST_PORT)))


def _to_nobody(network: Network, cables: tuple[Cable, ...]) -> Iterator[Cable]:
    """Give ports into which nobody has put anything a switch with nobody else on it, so that they are there."""
    taken = {plug for cable in cables for plug in cable.plugs}
    for name, node in sorted(network.nodes.items()):
        for port in node.ports.values() if by_hand(network, name) is None else ():
            plug = Plug(node=name, port=port.name)
            is_screwed_on = port.kind is PortKind.PHYSICAL and not port.parent and not port.mac
            if is_screwed_on and plug not in taken and port.name != node.management.port:
                yield Cable(name=f"{name}-{port.name}", plugs=(plug,), shared=True)


def _plug(network: Network, what: str, end: End) -> Plug:
    node = network.nodes.get(end.node)
    if node is None or end.port not in node.ports:
        raise OutsideUnclear(f"{what} is plugged into {end}, and the network has no such port")
    return Plug(node=end.node, port=end.port)


def _key(place: Attachment) -> str | Plug:
    return place.lan or place.ours


def _ports(places: tuple[Attachment, ...]) -> dict[str | Plug, str]:
    """Return the neighbour's ports, eth0, eth1, ..., by what they are plugged into."""
    keys = dict.fromkeys(_key(place) for place in places)
    return {key: f"eth{index}" for index, key in enumerate(keys)}


def _port_names(places: tuple[Attachment, ...], *, lan: str) -> list[str]:
    return [port for key, port in _ports(places).items() if key == lan]


# Addresses


def _attachments(network: Network, name: str, neighbour: Neighbour) -> Iterator[Attachment]:
    if neighbour.member:
        yield from _memberships(network, name, neighbour.member)
    for wanted in neighbour.sessions:
        if wanted not in network.sessions:
            raise OutsideUnclear(f"neighbour {name} answers {wanted!r}, and the network has no such session")
        session = network.sessions[wanted]
        yield from (_attachment(network, session, address) for address in session.addresses)


def _memberships(network: Network, name: str, member: Member) -> Iterator[Attachment]:
    """Give one attachment a connection of ours to the member's exchange and an address of the member's."""
    if member.exchange not in network.exchanges:
        raise OutsideUnclear(
            f"neighbour {name} is a member of {member.exchange!r}, and the network has no such exchange"
        )
    for _, connection in sorted(network.connections.items()):
        for address in member.addresses if connection.exchange == member.exchange else ():
            yield _on_lan(network, connection, address, name)


def _on_lan(network: Network, connection: Connection, address: Address, session: str) -> Attachment:
    lan = network.exchanges[connection.exchange].lan
    length = next((prefix.prefixlen for prefix in lan if address in prefix), None)
    ours = next((mine for mine in connection.addresses if mine.version == address.version), None)
    if length is None or ours is None:
        raise OutsideUnclear(f"session {session}: {address} is not on the LAN of {connection.exchange}")
    return Attachment(
        session=session,
        lan=connection.exchange,
        ours=physical(network, connection.node, connection.port),
        our_address=ours,
        address=ip_interface(f"{address}/{length}"),
    )


def _attachment(network: Network, session: Session, address: Address) -> Attachment:
    if session.connection:
        return _on_lan(network, network.connections[session.connection], address, session.name)
    for port in network.nodes[session.node].ports.values():
        for mine in port.addresses:
            if address in mine.network:
                return Attachment(
                    session=session.name,
                    lan="",
                    ours=physical(network, session.node, port.name),
                    our_address=mine.ip,
                    address=ip_interface(f"{address}/{mine.network.prefixlen}"),
                )
    raise OutsideUnclear(f"session {session.name}: no port of {session.node} has a network with {address}")


# Who speaks what


def _speaker(network: Network, outside: Outside, name: str, attached: dict[str, tuple[Attachment, ...]]) -> Speaker:
    neighbour = outside.neighbours[name]
    places = attached[name]
    ports = _ports(places)
    return Speaker(
        name=name,
        daemon=neighbour.daemon,
        asn=_asn(network, neighbour),
        router_id=_router_id(places),
        ports=tuple(
            SpeakerPort(
                name=port,
                addresses=tuple(dict.fromkeys(str(place.address) for place in places if _key(place) == key)),
            )
            for key, port in ports.items()
        ),
        peers=(
            *(_peer(network, place, neighbour) for place in places),
            *_peers_at_route_server(network, outside, name, attached),
        ),
        announces=tuple(str(prefix) for prefix in neighbour.announces),
        path=neighbour.path,
        route_server=bool(neighbour.clients),
        back=_ways_back(network, places),
    )


def _host(name: str, host: Host) -> Speaker:
    return Speaker(
        name=name,
        daemon=Daemon.NONE,
        asn=0,
        router_id="",
        ports=(SpeakerPort(name=HOST_PORT, addresses=tuple(map(str, host.addresses))),),
        peers=(),
        back=tuple((DEFAULT[gateway.version], str(gateway)) for gateway in host.gateways),
    )


def _asn(network: Network, neighbour: Neighbour) -> int:
    if neighbour.member:
        return neighbour.member.asn
    return network.sessions[neighbour.sessions[0]].asn.number


def _router_id(places: tuple[Attachment, ...]) -> str:
    """Return the first IPv4 address: unique in the lab, as RFC 6286 wants it within an AS at least."""
    first = next((place.address.ip for place in places if isinstance(place.address.ip, IPv4Address)), None)
    if first is None:
        raise OutsideUnclear(f"session {places[0].session}: a neighbour needs one IPv4 address, for its router ID")
    return str(first)


def _peer(network: Network, place: Attachment, neighbour: Neighbour) -> Peer:
    return Peer(
        name=place.session,
        address=str(place.our_address),
        local_address=str(place.address.ip),
        asn=network.network.asn.number,
        hold=neighbour.hold,
    )


def _peers_at_route_server(
    network: Network, outside: Outside, name: str, attached: dict[str, tuple[Attachment, ...]]
) -> Iterator[Peer]:
    """Give the sessions between a route server and its clients, seen from `name`, one a family."""
    for server, neighbour in sorted(outside.neighbours.items()):
        others = neighbour.clients if name == server else (server,) if name in neighbour.clients else ()
        for other in others:
            if other not in attached:
                raise OutsideUnclear(f"route server {server} has the client {other!r}, and there is no such neighbour")
            for mine in attached[name]:
                for yours in attached[other]:
                    if mine.lan == yours.lan and mine.address.version == yours.address.version:
                        yield Peer(
                            name=other,
                            address=str(yours.address.ip),
                            local_address=str(mine.address.ip),
                            asn=_asn(network, outside.neighbours[other]),
                            is_ours=False,
                            via_route_server=name != server,
                            hold=neighbour.hold,
                        )


def _ways_back(network: Network, places: tuple[Attachment, ...]) -> tuple[tuple[str, str], ...]:
    """Return how a neighbour whose daemon installs no routes reaches our space: through the router it speaks with."""
    return tuple(
        (str(prefix), str(place.our_address))
        for prefix in network.network.space
        for place in places
        if place.our_address.version == prefix.version
    )
