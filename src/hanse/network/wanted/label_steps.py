"""Which links carry labels, and the steps of a label path."""

from collections.abc import Iterator
from dataclasses import dataclass

from hanse.network.wanted.label_paths import LabelPath
from hanse.network.wanted.links import End, Link, LinkStatus
from hanse.network.wanted.network import Network


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a path: where packets on their way there leave a router, and where they come in to the next."""

    link: Link
    leaves: End
    enters: End

    @property
    def back(self) -> "Step":
        """Return the same link on the way back."""
        return Step(self.link, self.enters, self.leaves)


def steps_of(network: Network, path: LabelPath) -> tuple[Step, ...]:
    """Return the steps from the path's start to its end, as far as its links join up."""
    steps: list[Step] = []
    here = path.start
    for name in path.links:
        link = network.links.get(name)
        if link is None or here not in [end.node for end in link.ends] or link.ends[0].node == link.ends[1].node:
            break
        first, last = link.ends
        steps.append(Step(link, first, last) if first.node == here else Step(link, last, first))
        here = steps[-1].enters.node
    return tuple(steps)


def way_back(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the same steps from the end to the start."""
    return tuple(step.back for step in reversed(steps))


def routers_of(network: Network, path: LabelPath) -> tuple[str, ...]:
    """Return the routers of a path, from its start as far as its links join up."""
    return path.start, *(step.enters.node for step in steps_of(network, path))


def speaks_ldp(network: Network, link: Link) -> bool:
    """Say whether the routers of a link tell each other labels over it."""
    link_class = network.link_classes.get(link.link_class)
    return bool(link_class and link_class.ldp) and is_there(network, link)


def is_there(network: Network, link: Link) -> bool:
    """Say whether a link is on its routers: neither it nor one of them is only planned."""
    nodes = (network.nodes.get(end.node) for end in link.ends)
    return link.status is not LinkStatus.PLANNED and all(node and node.takes_part for node in nodes)


def labelled_links(network: Network) -> Iterator[tuple[Link, str]]:
    """Yield each link that carries labels, with the path of the object that says so; one may come several times."""
    for _, link in sorted(network.links.items()):
        if speaks_ldp(network, link):
            yield link, f"link_classes.{link.link_class}.ldp"
    for _, path in sorted(network.label_paths.items()):
        for step in steps_of(network, path):
            yield step.link, f"label_paths.{path.name}"
