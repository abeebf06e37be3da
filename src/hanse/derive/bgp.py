"""iBGP over route reflectors (RFC 4456), or a full mesh where there is none, and eBGP at the borders."""

import re
from collections.abc import Iterator

from hanse.derive.addressing import node_addresses, own_addresses
from hanse.derive.anycast import beside
from hanse.derive.around import Surroundings
from hanse.derive.aside import aside
from hanse.derive.bogons import bogon_asns, bogon_prefixes
from hanse.derive.life import drained_by, taken_last, told_to_leave
from hanse.derive.policy import exports, imports
from hanse.derive.spec import BfdSpec, BgpSpec, ContactSpec, ExternalSession, InternalSession, RemoteAs
from hanse.network.errors import WantedError
from hanse.network.known.known import Known
from hanse.network.values.addresses import Address, Family, family_of
from hanse.network.values.asn import Asn
from hanse.network.values.secrets import secret_token
from hanse.network.wanted.inherited import bfd_of, context_of, local_asn_of, status_of, tags_of, vrf_of
from hanse.network.wanted.lookups import Way, node_of, towards, ways_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.places import PoolUse
from hanse.network.wanted.sessions import Session


class SessionOutOfReach(WantedError):
    """A session's remote address is in no network of ours: `problems` would have told."""


def bgp(around: Surroundings, node: Node, known: Known) -> BgpSpec:
    """Return BGP of `node`."""
    general = around.network.network
    external = tuple(_external(around, node, known))
    prefix_lists = {found.name: found for session in external if (found := session.imports.prefix_list)}
    origin_lists = {listed.name: listed for session in external if (listed := session.imports.origin_list)}
    return BgpSpec(
        asn=general.asn,
        internal=tuple(_internal(around, node)),
        beside=beside(around.network, node),
        aside=aside(around, node),
        external=external,
        origins=general.space if external and node.status.takes_part and not node.is_speaker else (),
        own_space=general.space,
        prefix_lists=tuple(prefix_lists[name] for name in sorted(prefix_lists)),
        origin_lists=tuple(origin_lists[name] for name in sorted(origin_lists)),
        bogon_prefixes=bogon_prefixes(documentation_is_public=general.documentation_is_public),
        bogon_asns=bogon_asns(documentation_is_public=general.documentation_is_public),
    )


def _internal(around: Surroundings, node: Node) -> Iterator[InternalSession]:
    """Yield a session a family with each reflector; a reflector has one with every node that takes part."""
    if not node.takes_part or node.is_speaker:
        return
    is_reflector = Role.ROUTE_REFLECTOR in node.roles
    everybody = is_reflector or not around.reflectors
    others = around.network.nodes.values() if everybody else around.reflectors
    mine = node_addresses(around.network, PoolUse.LOOPBACK, node.number)
    for other in sorted(others, key=lambda other: other.number):
        if other.name == node.name or not other.takes_part or other.is_speaker:
            continue
        theirs = node_addresses(around.network, PoolUse.LOOPBACK, other.number)
        for local, remote in zip(mine, theirs, strict=True):
            family = family_of(local)
            yield InternalSession(
                name=session_name("ibgp", other.name, family),
                family=family,
                local_address=local.ip,
                remote_address=remote.ip,
                remote_node=other.name,
                evpn=family is Family.IPV4 and around.tells_segments(node, other),
                vpn=family is Family.IPV4 and around.tells_vpns(node, other),
                is_client=is_reflector and Role.ROUTE_REFLECTOR not in other.roles,
                why=f"nodes.{other.name}" if is_reflector else f"nodes.{other.name}.roles",
            )


def _external(around: Surroundings, node: Node, known: Known) -> Iterator[ExternalSession]:
    ways: dict[tuple[str, str], tuple[Way, ...]] = {}  # by connection; at the node itself, by table
    for session in around.sessions.get(node.name, ()):
        if session.status.is_installed:
            where = (session.connection, session.vrf)
            if where not in ways:
                ways[where] = ways_of(around.network, session)
            for index in range(len(session.addresses)):
                yield _external_session(around, session, _way(around, session, ways[where], index), index, known)


def _way(around: Surroundings, session: Session, ways: tuple[Way, ...], index: int) -> tuple[Address, str]:
    """Return our address towards a neighbour, and the port that leads there; empty where it is not one port's."""
    remote = session.addresses[index]
    found = towards(ways, remote)
    for address in session.local_addresses:
        if address.version == remote.version:
            return address, found[1] if found else ""
    if found:
        return found[0].ip, found[1]
    node = around.network.nodes[node_of(around.network, session)]
    own = own_addresses(around.network, node) if session.multihop else ()
    for address in own:
        if address.version == remote.version:
            return address, ""
    raise SessionOutOfReach(f"sessions.{session.name}: {remote} is in no network of ours there")


def _external_session(
    around: Surroundings, session: Session, way: tuple[Address, str], index: int, known: Known
) -> ExternalSession:
    network, remote = around.network, session.addresses[index]
    family = family_of(remote)
    status = status_of(network, session)
    connection = network.connections.get(session.connection)
    node = network.nodes[node_of(network, session)]
    why_drained = drained_by(node, session, status)
    return ExternalSession(
        name=_name(session, remote),
        family=family,
        vrf=vrf_of(network, session),
        local_address=way[0],
        local_asn=local_asn_of(network, session),
        remote_address=remote,
        remote_asn=session.asn,
        remote=remote_as(network, session.asn),
        imports=taken_last(imports(network, session, family, known), why_drained),
        exports=told_to_leave(exports(network, session, family), why_drained),
        status=status,
        enabled=status.is_up and node.status.takes_part,
        draining=bool(why_drained),
        hold=session.hold,
        keepalive=session.keepalive or max(1, session.hold // 3),  # RFC 4271 section 10
        multihop=session.multihop,
        ttl_security=session.ttl_security,
        passive=session.passive,
        bfd=bfd(network, session),
        password=secret_token(session.password) if session.password else "",
        description=session.description or network.autonomous_systems[session.asn].name,
        interface=way[1],
        session=session.name,
        exchange=connection.exchange if connection else "",
        connection=session.connection,
        group=session.group,
        service=session.service,
        tags=tags_of(network, session),
        context=context_of(network, session),
        why=f"sessions.{session.name}.addresses.{index}",
    )


def _name(session: Session, remote: Address) -> str:
    family = family_of(remote)
    same_family = [address for address in session.addresses if family_of(address) is family]
    suffix = f"_{same_family.index(remote)}" if len(same_family) > 1 else ""
    return session_name("ebgp", session.name, family) + suffix


def bfd(network: Network, session: Session) -> BfdSpec | None:
    """Return how fast the loss of the neighbour is noticed, or None where the hold time is enough."""
    profile = bfd_of(network, session)
    if profile is None:
        return None
    return BfdSpec(name=profile.name, transmit=profile.transmit, receive=profile.receive, multiplier=profile.multiplier)


def remote_as(network: Network, asn: Asn) -> RemoteAs:
    """Return what is known of the network at the other end, with whom to write to."""
    other = network.autonomous_systems[asn]
    contacts = (network.contacts[name] for name in other.contacts)
    return RemoteAs(
        asn=asn,
        name=other.name,
        as_set=other.as_set,
        contacts=tuple(
            ContactSpec(person=one.person, email=one.email, phone=one.phone, roles=tuple(map(str, one.roles)))
            for one in contacts
        ),
    )


def session_name(kind: str, name: str, family: Family) -> str:
    """Return the session's name on the router: a word that every dialect takes as a name and none keeps for itself.

    >>> session_name("ebgp", "pix-rs.1", Family.IPV6)
    'ebgp_pix_rs_1_ipv6'
    """
    return f"{kind}_{re.sub(r'[^A-Za-z0-9]', '_', name)}_{family}"
