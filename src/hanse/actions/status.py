"""How the network stands by what was last seen: wanted against seen, links, changes, deployments. Nothing is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hanse.actions.rendered import specs_of
from hanse.actions.world import chosen
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.label_spec import LabelSwap
from hanse.derive.spec import DeviceSpec
from hanse.monitor.compare import (
    Condition,
    NeighbourCondition,
    SessionCondition,
    labels_lacking,
    neighbour_conditions,
    session_conditions,
)
from hanse.monitor.happenings import Happening
from hanse.monitor.links import wanted_link_condition
from hanse.network.wanted.network import Network
from hanse.store import deployments, sightings, snapshot
from hanse.store.deployments import Deployed

CHANGES = 20  # the latest, as many as fit on a screen


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterStatus:
    """One router. `answered` is None when nobody ever looked."""

    node: str
    answered: bool | None
    polled_at: datetime | None
    answered_at: datetime | None
    error: str
    neighbours: tuple[NeighbourCondition, ...]
    sessions: tuple[SessionCondition, ...]
    labels_lacking: tuple[LabelSwap, ...]  # of label paths: what it does not do with packets that come in with one
    deployment: Deployed | None  # the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatus:
    """A wanted link by its two interfaces: UP, DOWN if one of them is, UNKNOWN if a router does not answer.

    DISABLED: nobody expects it to be up, by its status or a router's.
    """

    name: str
    ends: tuple[str, ...]
    condition: Condition
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStatus:
    """The whole network, routers and links by name, the latest change first."""

    routers: tuple[RouterStatus, ...]
    links: tuple[LinkStatus, ...]
    changes: tuple[Happening, ...]
    open_deployments: tuple[Deployed, ...]

    @property
    def is_well(self) -> bool:
        """Say whether every router answers and everything wanted is up."""
        well = {Condition.UP, Condition.DISABLED}
        conditions = {one.condition for router in self.routers for one in router.neighbours}
        conditions |= {one.condition for router in self.routers for one in router.sessions}
        return (
            all(router.answered and not router.labels_lacking for router in self.routers)
            and conditions <= well
            and all(link.condition in well for link in self.links)
            and not self.open_deployments
        )


def status(*, limit: Iterable[str] = ()) -> NetworkStatus:
    """Return how the routers in `limit` stand, all if it is empty. A fixed number of queries.

    :raises NothingWanted:
    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    specs = specs_of(network)
    known = sightings.memories()
    latest = deployments.last_of_each()
    return NetworkStatus(
        routers=tuple(_router(specs[node], known.get(node, sightings.Memory()), latest.get(node)) for node in nodes),
        links=_links(network, nodes, known),
        changes=sightings.last_changes(CHANGES, nodes),
        open_deployments=deployments.open_ones(nodes),
    )


def _router(spec: DeviceSpec, memory: sightings.Memory, latest: Deployed | None) -> RouterStatus:
    seen = memory.seen
    answers = seen.answered is True
    return RouterStatus(
        node=spec.name,
        answered=seen.answered,
        polled_at=memory.polled_at,
        answered_at=memory.answered_at,
        error=memory.error,
        neighbours=neighbour_conditions(wanted_neighbours(spec), seen.neighbours if answers else None),
        sessions=session_conditions(wanted_sessions(spec), seen.sessions if answers else None),
        labels_lacking=labels_lacking(spec.labels.swaps, seen.labels) if answers else (),
        deployment=latest,
    )


def _links(network: Network, nodes: Iterable[str], known: Mapping[str, sightings.Memory]) -> tuple[LinkStatus, ...]:
    within = frozenset(nodes)
    found = []
    for name, link in sorted(network.links.items()):
        if within.isdisjoint(end.node for end in link.ends):
            continue
        condition, why = wanted_link_condition(network, link, lambda node: known.get(node, sightings.Memory()).seen)
        found.append(LinkStatus(name=name, ends=tuple(map(str, link.ends)), condition=condition, why=why))
    return tuple(found)
