"""Offers that somebody accepts, as edits of what is wanted: the sessions, and what they name that is not there yet."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from hanse.monitor.discovery.sessions import Offer, Registered
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import Edit, body_of
from hanse.network.wanted.linux import is_linux
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.peering import AutonomousSystem
from hanse.network.wanted.ports import Port
from hanse.network.wanted.sessions import Relationship, Session
from hanse.network.wanted.vrfs import Vrf


def accepted(
    offers: Iterable[Offer], keys: Collection[str], relationships: Mapping[str, Relationship]
) -> tuple[Offer, ...]:
    """Return the offers with those findings whose key is in `keys` only; `relationships` are theirs, by key."""
    found = []
    for offer in offers:
        chosen = [one for one in offer.findings if one.key in keys]
        if chosen:
            versions = {one.place[1].version for one in chosen}
            said = next((relationships[one.key] for one in chosen if one.key in relationships), None)
            session = replace(
                offer.session,
                addresses=tuple(one.place[1] for one in chosen),
                local_addresses=tuple(one for one in offer.session.local_addresses if one.version in versions),
                relationship=said or offer.session.relationship,
            )
            found.append(Offer(session=session, findings=tuple(chosen)))
    return tuple(found)


def edits_for(network: Network, node: str, offers: Iterable[Offer], registered: Registered) -> tuple[Edit, ...]:
    """Return the edits that make the sessions of `offers` wanted, what they name or need first."""
    offered = tuple(offers)
    listed = tuple(one.session for one in offered)
    return (
        *_ports(network.nodes[node], offered),
        *_vrfs(network, node, listed),
        *_autonomous_systems(network, listed, registered.names),
        *(Edit(kind="sessions", name=one.name, body=body_of("sessions", one)) for one in listed),
    )


def _ports(node: Node, offers: tuple[Offer, ...]) -> Iterator[Edit]:
    """Yield the router with the ports from whose addresses it speaks and that nobody wrote down."""
    ports = dict(node.ports)
    for address, name in dict.fromkeys(one.way.adds for offer in offers for one in offer.findings if one.way.adds):
        port = ports.get(name, Port(name=name))
        ports[name] = replace(port, addresses=(*port.addresses, address))
    if ports != node.ports:
        yield Edit(kind="nodes", name=node.name, body=body_of("nodes", replace(node, ports=ports)))


def _vrfs(network: Network, node: str, sessions: tuple[Session, ...]) -> Iterator[Edit]:
    """Yield the tables that are not there yet; on a Linux router each has a number."""
    free = max((vrf.number for vrf in network.vrfs.values() if vrf.number), default=0) + 1
    is_numbered = is_linux(network, network.nodes[node])
    names = dict.fromkeys(one.vrf for one in sessions if one.vrf and one.vrf not in network.vrfs)
    for number, name in enumerate(names, free):
        yield Edit(kind="vrfs", name=name, body=body_of("vrfs", Vrf(name=name, number=number if is_numbered else None)))


def _autonomous_systems(network: Network, sessions: tuple[Session, ...], names: Mapping[Asn, str]) -> Iterator[Edit]:
    """Yield those that nobody described yet; one for which we speak is ours."""
    own = {one.local_asn for one in sessions if one.local_asn}
    for asn in dict.fromkeys(asn for one in sessions for asn in (one.asn, one.local_asn) if asn):
        if asn not in network.autonomous_systems and asn != network.network.asn:
            described = AutonomousSystem(asn=asn, name=names.get(asn, ""), own=asn in own)
            yield Edit(
                kind="autonomous_systems",
                name=str(asn.number),
                body=body_of("autonomous_systems", described),
            )
