"""One link on one page: how it stands, how far it goes, what radio loses, and how both ends are cabled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hanse.actions.looking.lists import link_list
from hanse.actions.rights import Person
from hanse.actions.whereabouts import visible
from hanse.derive.radio import LinkPath, link_path
from hanse.monitor.cabling import CableEnd, cable_ends
from hanse.network.errors import WantedError
from hanse.network.wanted.links import Link, LinkClass
from hanse.network.wanted.network import Network
from hanse.store import snapshot
from hanse.store.memory import memories
from hanse.store.models import LinkStanding


class NoSuchLink(WantedError):
    """Nobody wants a link of this name, or this person may not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """Everything about one link. `path` is None where a site has no place; `cable` is empty where it is no cable."""

    standing: LinkStanding
    wanted: Link
    link_class: LinkClass
    path: LinkPath | None
    cable: tuple[CableEnd, ...]


def link_page(name: str, person: Person) -> LinkPage:
    """Return everything about one link.

    :raises NoSuchLink:
    :raises NothingWanted:
    """
    standing = link_list(person).filter(name=name).first()
    network = snapshot.load()
    if standing is None or name not in network.links:
        raise NoSuchLink(f"there is no link {name!r}")
    wanted = network.links[name]
    return LinkPage(
        standing=standing,
        wanted=wanted,
        link_class=network.link_classes[wanted.link_class],
        path=link_path(network, wanted),
        cable=tuple(_cable_ends(network, [wanted])),
    )


def cabling(person: Person, *, node: str = "") -> tuple[CableEnd, ...]:
    """Return both ends of every cable that the person may see, by link; those at `node` only if it is given."""
    links = [link for _, link in sorted(visible("links", person).items())]
    if node:
        links = [link for link in links if node in {end.node for end in link.ends}]
    found = _cable_ends(snapshot.load(), links) if links else ()
    return tuple(one for one in found if node in {"", one.here.node})


def _cable_ends(network: Network, links: Iterable[Link]) -> Iterator[CableEnd]:
    """Yield how the links are cabled, by what is remembered of their routers. One query."""
    found = tuple(links)
    known = memories({end.node for link in found for end in link.ends})
    return cable_ends(network, found, {node: memory.seen for node, memory in known.items()})
