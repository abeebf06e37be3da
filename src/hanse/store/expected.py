"""What is wanted of one router, as its rows in the lists of standings say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from hanse.derive.around import surroundings
from hanse.derive.devices import device_spec
from hanse.derive.expected import WantedNeighbour, WantedSession, wanted_neighbours, wanted_sessions
from hanse.derive.life import out_of_service
from hanse.derive.spec import DeviceSpec, ExternalSession, InterfaceRole, InternalSession
from hanse.network.values.addresses import Address
from hanse.network.wanted.links import End
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.store import snapshot

Key = tuple[str, str]  # of a session on its router: VRF, remote address


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """The wanted part of a session's row, but for where it is."""

    name: str = ""
    family: int
    local_asn: int | None = None
    remote_as_name: str = ""
    local_address: str = ""
    is_internal: bool = False
    relationship: str = ""
    exchange: str = ""
    connection: str = ""
    group: str = ""
    tags: str = ""
    status: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is wanted of one router."""

    node: Node
    router: dict[str, Any]  # the wanted part of its row
    sessions: tuple[WantedSession, ...]
    facts: dict[Key, SessionFacts]
    neighbours: tuple[WantedNeighbour, ...]
    link_ends: tuple[tuple[str, End], ...]  # of links in service: link, our end of it


def sort_key(address: Address) -> str:
    """Return text that sorts as addresses do: family and 32 hexadecimal digits.

    >>> from ipaddress import ip_address
    >>> sort_key(ip_address("192.0.2.1"))
    '4000000000000000000000000c0000201'
    """
    return f"{address.version}{int(address):032x}"


def expected_of(network: Network, spec: DeviceSpec) -> Expected:
    """Return what is wanted of the router of `spec`, which was derived from `network`."""
    node = network.nodes[spec.name]
    sessions = wanted_sessions(spec)
    speakers: tuple[InternalSession | ExternalSession, ...] = (
        *spec.bgp.internal,
        *spec.bgp.beside,
        *spec.bgp.aside,
        *spec.bgp.external,
    )
    both = zip(sessions, speakers if sessions else (), strict=True)
    return Expected(
        node=node,
        router=_router(network, node, spec),
        sessions=sessions,
        facts={(one.vrf, str(one.remote_address)): _facts(network, session) for one, session in both},
        neighbours=wanted_neighbours(spec),
        link_ends=tuple(
            (link.name, link.ends[end])
            for link, end in surroundings(network).links.get(node.name, ())
            if not out_of_service(network, link)
        ),
    )


def _router(network: Network, node: Node, spec: DeviceSpec) -> dict[str, Any]:
    loopbacks = (one for one in spec.interfaces if one.role is InterfaceRole.LOOPBACK)
    return {
        "number": node.number,
        "site": node.site,
        "region": network.sites[node.site].region,
        "platform": node.platform,
        "driver": spec.driver,
        "dialect": spec.dialect,
        "status": node.status.value,
        "roles": [role.value for role in node.roles],
        "management": str(node.management.address.ip),
        "loopbacks": [str(address.ip) for one in loopbacks for address in one.addresses],
    }


def _facts(network: Network, session: InternalSession | ExternalSession) -> SessionFacts:
    local_asn = network.network.asn.number
    if isinstance(session, InternalSession):
        return SessionFacts(
            family=session.family.value,
            local_asn=local_asn,
            remote_as_name=network.network.name,
            local_address=str(session.local_address),
            is_internal=True,
            description=session.remote_node,
        )
    wanted = network.sessions[wanted_name(session)]
    connection = network.connections.get(wanted.connection)
    return SessionFacts(
        name=wanted.name,
        family=session.family.value,
        local_asn=session.local_asn.number,
        remote_as_name=session.remote.name,
        local_address=str(session.local_address),
        relationship=wanted.relationship.value,
        exchange=connection.exchange if connection else "",
        connection=wanted.connection,
        group=wanted.group,
        tags=" ".join(session.tags),
        status=wanted.status.value,
        description=wanted.description,
    )


def wanted_name(session: ExternalSession) -> str:
    """Return the name of the wanted object that a session comes from."""
    return session.why.removeprefix("sessions.").rpartition(".addresses.")[0]


class _Kept:
    """What is expected of routers, by the token that their rows were written by. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._expected: dict[str, tuple[str, Expected]] = {}

    def get(self, node: str, token: str) -> Expected | None:
        with self._lock:
            found = self._expected.get(node)
            return found[1] if found and found[0] == token else None

    def latest(self, node: str) -> tuple[str, Expected] | None:
        with self._lock:
            return self._expected.get(node)

    def drop(self, node: str) -> None:
        with self._lock:
            self._expected.pop(node, None)

    def put(self, node: str, token: str, expected: Expected) -> None:
        with self._lock:
            self._expected[node] = token, expected


_KEPT: Final = _Kept()


def expected_by(node: str, token: str) -> Expected | None:
    """Return what is expected of a router whose row names `token`; None: it is not wanted. Often without a query.

    Call it while the row is held: then what is wanted of the router now is what the row was written by.
    """
    found = _KEPT.get(node, token)
    if found is None:
        network = snapshot.load()
        if node not in network.nodes:
            return None
        found = expected_of(network, device_spec(network, node))
        _KEPT.put(node, token, found)
    return found


def last_expected(node: str) -> tuple[str, Expected] | None:
    """Return what this process last knew to be expected of a router, and the token it goes by. No query."""
    return _KEPT.latest(node)


def forget(node: str) -> None:
    """Keep nothing of a router that nobody wants any more."""
    _KEPT.drop(node)


def keep(token: str, expected: Iterable[Expected]) -> None:
    """Keep what rows with `token` were written by."""
    for one in expected:
        _KEPT.put(one.node.name, token, one)
