"""What contradicts itself in a network that can be read: all of it at once."""

from collections.abc import Callable, Iterator
from typing import Final

from hanse.network.wanted.checks_links import (
    links_above_ports,
    links_to_nowhere,
    links_with_one_number,
    links_without_class,
    ports_used_twice,
)
from hanse.network.wanted.checks_nodes import (
    children_above_parents,
    nodes_with_one_number,
    ports_without_parents,
    unknown_platforms,
    unknown_sites,
)
from hanse.network.wanted.checks_peering import (
    addresses_outside_lan,
    duplicate_sessions,
    names_alike,
    sessions_nowhere,
    sessions_out_of_reach,
    unknown_peers,
    unknown_ways,
)
from hanse.network.wanted.checks_pools import (
    addresses_twice,
    exhausted_pools,
    missing_pools,
    overlapping_pools,
    pools_for_one_use,
)
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem

Check = Callable[[Network], Iterator[Problem]]

# References first: what comes later may rely on nothing that an earlier check has named, so each looks up with care.
CHECKS: Final[tuple[Check, ...]] = (
    unknown_sites,
    unknown_platforms,
    nodes_with_one_number,
    ports_without_parents,
    children_above_parents,
    links_to_nowhere,
    links_without_class,
    links_with_one_number,
    links_above_ports,
    ports_used_twice,
    overlapping_pools,
    pools_for_one_use,
    missing_pools,
    exhausted_pools,
    addresses_twice,
    unknown_ways,
    addresses_outside_lan,
    sessions_nowhere,
    unknown_peers,
    sessions_out_of_reach,
    duplicate_sessions,
    names_alike,
)


def problems(network: Network) -> tuple[Problem, ...]:
    """Return every contradiction in `network`, by path; empty: it can be derived."""
    return tuple(sorted({problem for check in CHECKS for problem in check(network)}))
