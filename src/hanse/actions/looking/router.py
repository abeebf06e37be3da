"""Everything about one router on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from hanse.actions.deployments import deployment_list
from hanse.actions.looking.lists import change_list, link_list, poll_list, router_list, session_list
from hanse.actions.looking.written import WrittenFile, written
from hanse.actions.rights import NotAllowed, Person
from hanse.derive.expected import wanted_neighbours
from hanse.derive.label_spec import LabelSwap
from hanse.derive.spec import DeviceSpec, InterfaceSpec
from hanse.monitor.cabling import CableEnd, cable_ends
from hanse.monitor.compare import NeighbourCondition, labels_lacking, neighbour_conditions
from hanse.network.seen.device import SeenDevice, SeenInterface
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.store import access, deployments, known, snapshot
from hanse.store.memory import Memory, memories
from hanse.store.models import (
    ChangeRecord,
    Deployment,
    LinkStanding,
    Poll,
    RouterStanding,
    SessionStanding,
)

SHOWN: Final = 20  # of each history; the whole is on a page of its own
NO_TEMPLATES: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceLine:
    """One interface, wanted or seen or both."""

    name: str
    wanted: InterfaceSpec | None
    seen: SeenInterface | None

    @property
    def state(self) -> str:
        """Return up, down, switched off, or absent; empty: nobody knows."""
        if self.seen is None:
            return "absent" if self.wanted else ""
        if not self.seen.is_enabled:
            return "switched off"
        return "up" if self.seen.is_up else "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterPage:
    """One router. Lists that are long come as query sets, to be paged."""

    standing: RouterStanding
    wanted: Node
    spec: DeviceSpec
    device: SeenDevice | None
    interfaces: tuple[InterfaceLine, ...]
    neighbours: tuple[NeighbourCondition, ...]
    labels_lacking: tuple[LabelSwap, ...]  # of label paths; nothing is said of a router that does not answer
    cables: tuple[CableEnd, ...]
    sessions: QuerySet[SessionStanding]
    links: QuerySet[LinkStanding]
    files: tuple[WrittenFile, ...]
    unwritten: str  # why there are no files; empty if there are
    installed: str | None  # the text that Hanse last installed there; None: never
    deployments: tuple[Deployment, ...]
    changes: tuple[ChangeRecord, ...]
    polls: tuple[Poll, ...]


def router(name: str, person: Person, *, templates: Mapping[str, str] = NO_TEMPLATES) -> RouterPage:
    """Return everything about one router. `templates` stand in for ours, those in the store for both.

    :raises NoSuchNode: nobody wants it, or this person may not see it
    :raises NothingWanted:
    """
    standing = router_list(person).filter(node=name).first()
    network = snapshot.load()
    if standing is None or name not in network.nodes:
        raise NoSuchNode(f"there is no node {name!r}")
    text = written(network, name, {**templates, **access.templates()}, known.known(network))
    memory = memories([name]).get(name, Memory())
    answers = memory.seen.answered is True and network.nodes[name].status.is_asked
    kept = deployments.last_kept(name)
    return RouterPage(
        standing=standing,
        wanted=network.nodes[name],
        spec=text.spec,
        device=memory.seen.device,
        interfaces=_interfaces(text.spec, memory),
        neighbours=neighbour_conditions(wanted_neighbours(text.spec), memory.seen.neighbours if answers else None),
        labels_lacking=labels_lacking(text.spec.labels.swaps, memory.seen.labels) if answers else (),
        cables=_cables(network, name, memory),
        sessions=session_list(person).filter(node=name),
        links=link_list(person).filter(Q(one_node=name) | Q(other_node=name)),
        files=text.files,
        unwritten=text.unwritten,
        installed=kept.text if kept else None,
        deployments=_deployments(name, person),
        changes=tuple(change_list(person, node=name)[:SHOWN]),
        polls=tuple(poll_list(person, node=name)[:SHOWN]),
    )


def _interfaces(spec: DeviceSpec, memory: Memory) -> tuple[InterfaceLine, ...]:
    """Return the wanted interfaces in order, then those that the router has besides."""
    seen = {one.name: one for one in memory.seen.interfaces}
    wanted = tuple(InterfaceLine(name=one.name, wanted=one, seen=seen.pop(one.name, None)) for one in spec.interfaces)
    return (*wanted, *(InterfaceLine(name=name, wanted=None, seen=one) for name, one in sorted(seen.items())))


def _cables(network: Network, name: str, memory: Memory) -> tuple[CableEnd, ...]:
    """Return how the router's own ends of links are cabled."""
    links = (link for _, link in sorted(network.links.items()) if name in {end.node for end in link.ends})
    return tuple(one for one in cable_ends(network, links, {name: memory.seen}) if one.here.node == name)


def _deployments(name: str, person: Person) -> tuple[Deployment, ...]:
    try:
        return tuple(deployment_list(person).filter(node=name)[:SHOWN])
    except NotAllowed:
        return ()
