"""What would change on which router: each is asked for its own diff, and nothing is changed."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from hanse.actions.keys import make_missing
from hanse.actions.rendered import Rendered, render_all
from hanse.actions.world import Doors, World, chosen, doors
from hanse.deploy.health import StillWanted
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.review import review
from hanse.deploy.together import Joint
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.network.wanted.network import Network
from hanse.network.wanted.tunnel_names import interface_of
from hanse.render.dialects import tunnel_files
from hanse.store import deployments, snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A router that is not in the plan, and why."""

    node: str
    why: str
    is_ours: bool  # it is meant to be: the platform has no dialect; else somebody has to see to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A plan, the routers that could not be planned, and which of those planned have to change together."""

    plan: Plan
    missed: tuple[Missed, ...]
    joints: tuple[Joint, ...] = ()

    @property
    def failed(self) -> tuple[Missed, ...]:
        """Return the routers that are not in the plan and were meant to be."""
        return tuple(one for one in self.missed if not one.is_ours)


Told = Callable[[DevicePlan | Missed], None]


def plan(*, world: World, limit: Iterable[str] = (), told: Told = lambda one: None) -> Reviewed:
    """Return what would change on the routers in `limit`, on all if it is empty. `told` hears each as it is known.

    :raises Contradictory: what is wanted contradicts itself
    :raises NothingWanted:
    :raises NoSuchNode:
    """
    network = snapshot.load()
    nodes = chosen(network, limit)
    rendered = render_all(network, nodes, world.templates)
    make_missing(network, clock=world.clock)
    missed = [Missed(node=node, why=why, is_ours=True) for node, why in rendered.without_dialect.items()]
    missed += [Missed(node=node, why=why, is_ours=False) for node, why in rendered.unwritten.items()]
    missed += _being_deployed(rendered.texts)
    for one in missed:
        told(one)
    free = {node: text for node, text in rendered.texts.items() if node not in {one.node for one in missed}}
    found = _review_all(doors(network, world), free, rendered, told)
    return Reviewed(
        plan=Plan(devices=tuple(one for one in found if isinstance(one, DevicePlan))),
        missed=(*missed, *sorted((one for one in found if isinstance(one, Missed)), key=lambda one: one.node)),
        joints=joints_of(network),
    )


def joints_of(network: Network) -> tuple[Joint, ...]:
    """Return the two ends of every link and tunnel; of a tunnel also its files, for new keys show nowhere else."""
    ends = (link.ends for link in network.links.values())
    links = (Joint(mine=(one.node, one.port), yours=(other.node, other.port)) for one, other in ends)
    tunnels = (
        Joint(mine=(one, place), yours=(other, place))
        for tunnel in network.tunnels.values()
        for one, other in [tuple(tunnel.ends)]
        for place in (interface_of(tunnel), *tunnel_files(tunnel))
    )
    return (*links, *tunnels)


def _being_deployed(nodes: Iterable[str]) -> list[Missed]:
    """Return the routers that a deployment is open on: a candidate of ours would push its candidate away."""
    return [
        Missed(node=one.node, why=f"a deployment of {one.who} is open on it: {one.stage}", is_ours=False)
        for one in deployments.open_ones(nodes)
    ]


def _review_all(ways: Doors, texts: Mapping[str, str], rendered: Rendered, told: Told) -> list[DevicePlan | Missed]:
    found: list[DevicePlan | Missed] = []
    at_once = max(1, min(ways.world.concurrency, len(texts)))
    with ThreadPoolExecutor(at_once, thread_name_prefix="review") as pool:
        started = [
            pool.submit(review_one, ways, node, text, rendered.still_wanted[node]) for node, text in texts.items()
        ]
        for future in as_completed(started):
            found.append(future.result())
            told(found[-1])
    return found


def review_one(ways: Doors, node: str, text: str, wanted: StillWanted) -> DevicePlan | Missed:
    """Return what one router makes of `text`."""
    try:
        kind = ways.kind(node)
        with ways.open(node) as driver:
            return review(
                driver,
                node=node,
                kind=ways.driver_name(node),
                abilities=kind.abilities,
                text=text,
                wanted=wanted,
            )
    except (OutsideError, WantedError) as error:
        return Missed(node=node, why=_in_words(error), is_ours=False)


def _in_words(error: HanseError) -> str:
    return str(error) or type(error).__name__
