"""iBGP over route reflectors (RFC 4456), or a full mesh where there is none, and eBGP at the borders."""

import re
from collections.abc import Iterator

from hanse.derive.addressing import node_addresses
from hanse.derive.around import Surroundings
from hanse.derive.bogons import bogon_asns, bogon_prefixes
from hanse.derive.policy import exports, imports
from hanse.derive.spec import BgpSpec, ExternalSession, InternalSession
from hanse.network.errors import WantedError
from hanse.network.values.addresses import Family, family_of
from hanse.network.values.secrets import secret_token
from hanse.network.wanted.lookups import Way, towards, ways_of
from hanse.network.wanted.nodes import Node, Role
from hanse.network.wanted.peering import Session
from hanse.network.wanted.places import PoolUse


class SessionOutOfReach(WantedError):
    """A session's remote address is in no network of ours: `problems` would have told."""


def bgp(around: Surroundings, node: Node) -> BgpSpec:
    """Return BGP of `node`."""
    general = around.network.network
    external = tuple(_external(around, node))
    return BgpSpec(
        asn=general.asn,
        internal=tuple(_internal(around, node)),
        external=external,
        origins=general.space if external else (),
        own_space=general.space,
        bogon_prefixes=bogon_prefixes(documentation_is_public=general.documentation_is_public),
        bogon_asns=bogon_asns(documentation_is_public=general.documentation_is_public),
    )


def _internal(around: Surroundings, node: Node) -> Iterator[InternalSession]:
    """Yield a session a family with each reflector; a reflector has one with every node."""
    is_reflector = Role.ROUTE_REFLECTOR in node.roles
    everybody = is_reflector or not around.reflectors
    others = around.network.nodes.values() if everybody else around.reflectors
    mine = node_addresses(around.network, PoolUse.LOOPBACK, node.number)
    for other in sorted(others, key=lambda other: other.number):
        if other.name == node.name:
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
                is_client=is_reflector and Role.ROUTE_REFLECTOR not in other.roles,
                why=f"nodes.{other.name}" if is_reflector else f"nodes.{other.name}.roles",
            )


def _external(around: Surroundings, node: Node) -> Iterator[ExternalSession]:
    known: dict[str, tuple[Way, ...]] = {}  # by connection; empty: at the node itself
    for session in around.sessions.get(node.name, ()):
        if session.status.is_installed:
            if session.connection not in known:
                known[session.connection] = ways_of(around.network, session)
            for index, remote in enumerate(session.addresses):
                yield _external_session(around, session, towards(known[session.connection], remote), index)


def _external_session(around: Surroundings, session: Session, found: Way | None, index: int) -> ExternalSession:
    remote = session.addresses[index]
    if found is None:
        raise SessionOutOfReach(f"sessions.{session.name}: {remote} is in no network of ours there")
    local, port = found
    family = family_of(remote)
    same_family = [address for address in session.addresses if family_of(address) is family]
    suffix = f"_{same_family.index(remote)}" if len(same_family) > 1 else ""
    return ExternalSession(
        name=session_name("ebgp", session.name, family) + suffix,
        family=family,
        local_address=local.ip,
        remote_address=remote,
        remote_asn=session.asn,
        imports=imports(around.network, session, family),
        exports=exports(session),
        enabled=session.status.is_up,
        hold=session.hold,
        password=secret_token(session.password) if session.password else "",
        description=session.description or around.network.autonomous_systems[session.asn].name,
        interface=port,
        why=f"sessions.{session.name}.addresses.{index}",
    )


def session_name(kind: str, name: str, family: Family) -> str:
    """Return the session's name on the router: a word that every dialect takes as a name and none keeps for itself.

    >>> session_name("ebgp", "pix-rs.1", Family.IPV6)
    'ebgp_pix_rs_1_ipv6'
    """
    return f"{kind}_{re.sub(r'[^A-Za-z0-9]', '_', name)}_{family}"
