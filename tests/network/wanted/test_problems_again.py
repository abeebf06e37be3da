"""Looking for problems again costs what was edited, and finds what looking at everything finds."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.network.wanted import problems as looked
from hanse.network.wanted.network import KINDS, Network
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.problems import CHECKS, problems
from samples.city import city
from samples.strategies import networks


def from_scratch(network: Network) -> tuple[Problem, ...]:
    return tuple(sorted({problem for check in CHECKS for problem in check(network)}))


@settings(max_examples=15)  # each looks at seven networks as a whole
@given(networks, networks, st.lists(st.sampled_from(KINDS), max_size=4))
def test_a_network_that_shares_kinds_with_another_has_its_own_problems(
    one: Network, other: Network, kinds: list[str]
) -> None:
    mixed = replace(one, **{kind: getattr(other, kind) for kind in kinds})

    found = [problems(network) for network in (one, mixed, other, one)]

    assert found == [from_scratch(network) for network in (one, mixed, other, one)]


def test_a_check_is_not_made_again_for_the_very_same_objects() -> None:
    network = city()
    made: list[str] = []

    def counted(network: Network) -> Iterator[Problem]:
        made.extend(network.links)
        yield from ()

    def look(again: Network) -> None:
        looked._found_by(counted, again)

    look(network)
    look(replace(network, sites={}))
    look(replace(network, links=dict(network.links)))

    assert len(made) == 2 * len(network.links)
