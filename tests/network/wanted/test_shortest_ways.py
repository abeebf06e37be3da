"""The ways that OSPF takes: as short as any, and all of them."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from hanse.network.wanted.links import Link
from hanse.network.wanted.shortest_ways import Hop, distances_from, hops_of, taken_between
from samples.labels import labels_network, labels_with

NAMES = "abcde"
EDGES = tuple((one, other) for one in NAMES for other in NAMES if one < other)
costs = st.lists(st.none() | st.integers(1, 4), min_size=len(EDGES), max_size=len(EDGES))


def hops_with(costs: list[int | None]) -> tuple[Hop, ...]:
    """Return hops between each two of five routers that have a cost."""
    link = labels_network().links["west-core"]
    return tuple(Hop(link, ends, cost) for ends, cost in zip(EDGES, costs, strict=True) if cost is not None)


def all_ways(hops: tuple[Hop, ...]) -> dict[tuple[Hop, ...], int]:
    """Return each way from a to e without a loop, with its length."""
    found = {}
    between = {frozenset(hop.ends): hop for hop in hops}
    for count in range(len(NAMES) - 1):
        for middle in permutations("bcd", count):
            steps = [between.get(frozenset(step)) for step in pairwise(("a", *middle, "e"))]
            way = tuple(step for step in steps if step)
            if len(way) == len(steps):
                found[way] = sum(hop.cost for hop in way)
    return found


@given(costs)
def test_a_hop_is_taken_when_a_shortest_way_has_it(costs: list[int | None]) -> None:
    hops = hops_with(costs)
    ways = all_ways(hops)

    taken = taken_between("e", distances_from("a", hops), distances_from("e", hops), hops)

    shortest = min(ways.values(), default=0)
    assert set(taken) == {hop for way, length in ways.items() if length == shortest for hop in way}
    assert distances_from("a", hops).get("e", 0) == shortest


def names_of(hops: tuple[Hop, ...]) -> set[str]:
    return {hop.over.name for hop in hops if isinstance(hop.over, Link)}


def test_only_links_that_are_there_and_in_the_global_table_count() -> None:
    everything = {"west-core", "core-east", "west-south", "east-south"}

    assert names_of(hops_of(labels_network())) == everything
    assert names_of(hops_of(labels_with("links", "west-core", status="planned"))) == everything - {"west-core"}
    assert names_of(hops_of(labels_with("nodes", "core", status="planned"))) == {"west-south", "east-south"}
    in_a_table = labels_with("nodes", "west", "ports", "core0", vrf="guests")
    assert names_of(hops_of(in_a_table)) == everything - {"west-core"}


def test_a_link_whose_class_nobody_knows_or_that_has_no_cost_does_not_count() -> None:
    everything = {"west-core", "core-east", "west-south", "east-south"}

    assert names_of(hops_of(labels_with("links", "west-core", link_class="x"))) == everything - {"west-core"}
    assert names_of(hops_of(labels_with("link_classes", "fibre", cost=None))) == {"west-core", "core-east"}
