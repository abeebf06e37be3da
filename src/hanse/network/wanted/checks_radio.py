"""Contradictions in what link classes say of cost, capacity and frequency."""

from collections.abc import Iterator

from hanse.network.wanted.links import Medium
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem


def links_without_cost(network: Network) -> Iterator[Problem]:
    """Classes that leave links of theirs without a cost; the first such link of each is named."""
    told = set()
    for link in network.links.values():
        link_class = network.link_classes.get(link.link_class)
        if link_class is None or link_class.name in told or link.cost is not None:
            continue
        if link_class.cost is None and link_class.capacity is None:
            told.add(link_class.name)
            yield Problem(
                ("link_classes", link_class.name, "cost"),
                f"link {link.name} has no OSPF cost: give class {link_class.name} a cost, or a capacity in Mbit/s; "
                f"or give each such link a cost of its own",
            )


def frequencies_without_radio(network: Network) -> Iterator[Problem]:
    """Classes with a frequency whose links are no radio."""
    for link_class in network.link_classes.values():
        if link_class.frequency is not None and link_class.medium is not Medium.RADIO:
            yield Problem(
                ("link_classes", link_class.name, "frequency"),
                f"{link_class.frequency} MHz and medium {link_class.medium}: only radio has a frequency; "
                f"take it away, or let the medium be radio",
            )
