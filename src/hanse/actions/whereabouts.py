"""Where an object of the wanted network is, and whose: by this a grant within sites or AS numbers covers it or not."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from hanse.actions.rights import Person, Right
from hanse.network.wanted.links import Link
from hanse.network.wanted.lookups import node_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.peering import AutonomousSystem, Connection
from hanse.network.wanted.places import Site
from hanse.network.wanted.sessions import Session
from hanse.store import snapshot, wanted_rows
from hanse.store.wanted_rows import WantedRow

Whereabouts = tuple[str | None, int | None]  # a site, an AS number


def whereabouts(network: Network, kind: str, thing: Any) -> tuple[Whereabouts, ...]:
    """Return every site and AS number that `thing` has to do with; one pair of None: it belongs to the whole."""
    find = FINDERS.get(kind)
    return tuple(find(network, thing)) if find else ((None, None),)


def visible(kind: str, person: Person) -> Mapping[str, Any]:
    """Return the objects of `kind` that `person` may look at, by name; none while nothing is wanted at all."""
    try:
        network = snapshot.load()
    except snapshot.NothingWanted:
        return {}
    objects = _by_name(getattr(network, kind))
    scope = person.scope(Right.VIEW, kind)
    if scope.everything:
        return objects
    return {
        name: thing
        for name, thing in objects.items()
        if any(site in scope.sites or asn in scope.asns for site, asn in whereabouts(network, kind, thing))
    }


def rows(kind: str, names: Collection[str]) -> dict[str, WantedRow]:
    """Return these objects as they are stored, by name. Ask `visible` for the names first."""
    return wanted_rows.of_names(kind, names)


def names_of(kind: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of the objects with these numbers. Whether they are visible is for `visible` to say."""
    return wanted_rows.names_of(kind, numbers)


def whole(person: Person) -> WantedRow | None:
    """Return what holds for the network as a whole; None: nothing is wanted, or this person may not look at it."""
    if not person.may(Right.VIEW, snapshot.GENERAL):
        return None
    return wanted_rows.of_names(snapshot.GENERAL, [""]).get("")


def _by_name(objects: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return objects by their names, which most kinds have for keys already."""
    if all(isinstance(key, str) for key in islice(objects, 1)):
        return objects
    return {str(getattr(key, "number", key)): thing for key, thing in objects.items()}


def _of_site(network: Network, site: Site) -> Iterator[Whereabouts]:
    yield site.name, None


def _of_node(network: Network, node: Node) -> Iterator[Whereabouts]:
    yield node.site, None


def _of_link(network: Network, link: Link) -> Iterator[Whereabouts]:
    for end in link.ends:
        yield _site(network, end.node), None


def _of_autonomous_system(network: Network, one: AutonomousSystem) -> Iterator[Whereabouts]:
    yield None, one.asn.number


def _of_connection(network: Network, connection: Connection) -> Iterator[Whereabouts]:
    yield _site(network, connection.node), None


def _of_session(network: Network, session: Session) -> Iterator[Whereabouts]:
    reachable = session.connection in network.connections or not session.connection
    yield _site(network, node_of(network, session)) if reachable else None, session.asn.number


def _site(network: Network, node: str) -> str | None:
    return network.nodes[node].site if node in network.nodes else None


FINDERS: Final[Mapping[str, Callable[[Network, Any], Iterator[Whereabouts]]]] = {
    "sites": _of_site,
    "nodes": _of_node,
    "links": _of_link,
    "autonomous_systems": _of_autonomous_system,
    "connections": _of_connection,
    "sessions": _of_session,
}
