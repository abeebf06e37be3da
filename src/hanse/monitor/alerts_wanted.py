"""What is wanted up on one router, as alarms need it: what operators call it, whether it is quiet, what explains it.

An alarm names the keys of alarms that would explain it. They are known beforehand, from what is wanted: a session to a
router that is dead, an adjacency over a link that is down. So the order in which routers are asked does not matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hanse.derive.addressing import node_addresses, router_id
from hanse.derive.devices import device_spec
from hanse.derive.layer2_spec import InterfaceKind
from hanse.derive.life import takes_part
from hanse.derive.spec import DeviceSpec, ExternalSession, InternalSession
from hanse.monitor.alert_kinds import AlarmKind, key_of
from hanse.monitor.happenings import Subject, neighbour_name, session_name
from hanse.network.seen.bgp import GLOBAL_VRF
from hanse.network.values.addresses import Address
from hanse.network.wanted.links import End, Link, LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import NodeStatus
from hanse.network.wanted.places import PoolUse
from hanse.network.wanted.sessions import Session, SessionStatus

QUIET: Final = frozenset(
    {
        SessionStatus.PROVISIONING,  # it is being set up: nobody relies on it yet
        SessionStatus.PRE_MAINTENANCE,
        SessionStatus.MAINTENANCE,
        SessionStatus.POST_MAINTENANCE,
    }
)
OSPF_VERSIONS: Final = (2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedThing:
    """One thing that is to be up on a router. `explained_by` are keys of alarms, the most thorough first."""

    label: str  # what operators call it
    title: str  # how a sentence about it begins
    site: str
    asn: int | None = None
    is_quiet: bool = False  # what goes wrong with it alarms nobody
    explained_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Router:
    """One router within its network."""

    network: Network
    name: str
    site: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "site", self.network.nodes[self.name].site)

    def is_quiet(self, far: str = "", link: Link | None = None) -> bool:
        """Say whether somebody works on this router, on the one at the other end, or on the link between them."""
        if link and link.status is not LinkStatus.ACTIVE:
            return True
        return any(self.network.nodes[name].status is not NodeStatus.ACTIVE for name in (self.name, far) if name)

    def dead_ends(self, far: str = "") -> tuple[str, ...]:
        """Return the keys of either router's being unreachable."""
        return tuple(key_of(AlarmKind.ROUTER_UNREACHABLE, name) for name in (far, self.name) if name)


def things_of(network: Network, node: str) -> dict[tuple[Subject, str], WantedThing]:
    """Return what is to be up on a router, by what changes call it; nothing if nobody wants the router there now."""
    if node not in network.nodes or not network.nodes[node].status.is_asked:
        return {}
    router, spec = _Router(network=network, name=node), device_spec(network, node)
    return {
        (Subject.ROUTER, ""): WantedThing(label=node, title=node, site=router.site, is_quiet=router.is_quiet()),
        **dict(_connections(router)),
        **dict(_members(router, spec)),
        **dict(_links(router)),
        **dict(_labels(router, spec)),
        **dict(_internal(router, spec)),
        **dict(_external(router, spec)),
    }


Named = tuple[tuple[Subject, str], WantedThing]


def _connections(router: _Router) -> Iterator[Named]:
    for connection in router.network.connections.values():
        if connection.node == router.name:
            yield (
                (Subject.INTERFACE, connection.port),
                WantedThing(
                    label=connection.name,
                    title=f"{router.name}: {connection.port}, the port to {connection.exchange},",
                    site=router.site,
                    is_quiet=router.is_quiet(),
                    explained_by=router.dead_ends(),
                ),
            )


def _members(router: _Router, spec: DeviceSpec) -> Iterator[Named]:
    """A bond carries on with one member less, and its link stays up: nobody would know before the last one goes."""
    for bond in spec.interfaces:
        if bond.kind is InterfaceKind.BOND:
            for member in bond.members:
                yield (
                    (Subject.INTERFACE, member),
                    WantedThing(
                        label=member,
                        title=f"{router.name}: {member}, of the bond {bond.name},",
                        site=router.site,
                        is_quiet=router.is_quiet(),
                        explained_by=router.dead_ends(),
                    ),
                )


def _links(router: _Router) -> Iterator[Named]:
    for link in router.network.links.values():
        if not takes_part(router.network, link):
            continue
        for mine, far in (link.ends, link.ends[::-1]):
            if mine.node == router.name:
                yield (Subject.INTERFACE, mine.port), _port(router, link, mine, far)
                yield from _neighbours(router, link, mine, far)


def _port(router: _Router, link: Link, mine: End, far: End) -> WantedThing:
    """The second end of a link that is down at both is explained by the first."""
    first = () if mine == link.ends[0] else (_link_down(far),)
    return WantedThing(
        label=link.name,
        title=f"{router.name}: {mine.port}, the link {link.name} to {far.node},",
        site=router.site,
        is_quiet=router.is_quiet(far.node, link),
        explained_by=(*router.dead_ends(far.node), *first),
    )


def _neighbours(router: _Router, link: Link, mine: End, far: End) -> Iterator[Named]:
    """Both ends and both versions of OSPF fall together: each is explained by those before it in this order."""
    ends = tuple(link.ends)
    names = [
        (end, version, _neighbour(router.network, link, end, version)) for end in ends for version in OSPF_VERSIONS
    ]
    keys = [key_of(AlarmKind.NEIGHBOUR_DOWN, end.node, name) for end, _, name in names]
    for place, (end, version, name) in enumerate(names):
        if end == mine:
            yield (
                (Subject.NEIGHBOUR, name),
                WantedThing(
                    label=link.name,
                    title=f"{router.name}: OSPFv{version} with {far.node} over {link.name}",
                    site=router.site,
                    is_quiet=router.is_quiet(far.node, link),
                    explained_by=(*router.dead_ends(far.node), *map(_link_down, ends), *keys[:place]),
                ),
            )


def _neighbour(network: Network, link: Link, end: End, version: int) -> str:
    far = next(other for other in link.ends if other != end)
    return neighbour_name(version, end.port, router_id(network, network.nodes[far.node].number))


def _link_down(end: End) -> str:
    return key_of(AlarmKind.LINK_DOWN, end.node, end.port)


def _labels(router: _Router, spec: DeviceSpec) -> Iterator[Named]:
    """A label that goes out of a port goes with it."""
    for swap in spec.labels.swaps:
        yield (
            (Subject.LABEL, str(swap.label)),
            WantedThing(
                label=str(swap.label),
                title=f"{router.name}: the label {swap.label} ({swap.why})",
                site=router.site,
                is_quiet=router.is_quiet(),
                explained_by=(*router.dead_ends(), key_of(AlarmKind.LINK_DOWN, router.name, swap.interface)),
            ),
        )


def _internal(router: _Router, spec: DeviceSpec) -> Iterator[Named]:
    for session in (*spec.bgp.internal, *spec.bgp.beside, *spec.bgp.aside):
        yield (
            (Subject.SESSION, session_name(GLOBAL_VRF, session.remote_address)),
            WantedThing(
                label=session.remote_node,
                title=f"{router.name}: iBGP with {session.remote_node} ({session.remote_address})",
                site=router.site,
                asn=spec.bgp.asn.number,
                is_quiet=router.is_quiet(session.remote_node),
                explained_by=(
                    *router.dead_ends(session.remote_node),
                    *_before(router.name, session.remote_address, _between(router, session)),
                ),
            ),
        )


def _between(router: _Router, session: InternalSession) -> Iterator[tuple[str, Address]]:
    """Yield the sessions between two routers, of both families at both ends, in one order for both."""
    nodes = router.network.nodes
    pair = sorted((router.name, session.remote_node))
    for one, other in (pair, reversed(pair)):
        for address in node_addresses(router.network, PoolUse.LOOPBACK, nodes[other].number):
            yield one, address.ip


def _before(node: str, address: Address, order: Iterator[tuple[str, Address]], vrf: str = GLOBAL_VRF) -> Iterator[str]:
    for one, other in order:
        if (one, other) == (node, address):
            return
        yield key_of(AlarmKind.SESSION_DOWN, one, session_name(vrf, other))


def _external(router: _Router, spec: DeviceSpec) -> Iterator[Named]:
    for one in spec.bgp.external:
        if one.enabled:
            session = router.network.sessions[one.session]
            thing = session_name(one.vrf or GLOBAL_VRF, one.remote_address)
            neighbour = thing.replace(str(one.remote_address), f"({one.remote_address})", 1)
            yield (
                (Subject.SESSION, thing),
                WantedThing(
                    label=session.name,
                    title=f"{router.name}: the session {session.name} with AS{one.remote_asn} {neighbour}",
                    site=router.site,
                    asn=one.remote_asn.number,
                    is_quiet=router.is_quiet() or one.status in QUIET,
                    explained_by=_explaining(router, session, one),
                ),
            )


def _explaining(router: _Router, session: Session, one: ExternalSession) -> tuple[str, ...]:
    """A port that is down explains its sessions; one of several addresses is explained by those before it."""
    order = ((router.name, address) for address in session.addresses)
    port = key_of(AlarmKind.LINK_DOWN, router.name, one.interface)
    before = _before(router.name, one.remote_address, order, one.vrf or GLOBAL_VRF)
    return (*router.dead_ends(), *((port,) if one.interface else ()), *before)
