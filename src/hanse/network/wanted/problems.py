"""What contradicts itself in a network that can be read: all of it at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from hanse.network.wanted.checks_antennas import antennas_at_ends, antennas_that_route
from hanse.network.wanted.checks_anycast import (
    anycast_addresses_of_others,
    anycasts_nowhere,
    health_checks_that_cannot_be,
)
from hanse.network.wanted.checks_firewall import (
    managers_that_cannot_come,
    services_nowhere,
    services_that_are_bgp,
)
from hanse.network.wanted.checks_label_paths import (
    label_paths_alike,
    label_paths_that_break,
    label_paths_to_nowhere,
    labels_above_ports,
    labels_beside_the_global_table,
    labels_without_words,
)
from hanse.network.wanted.checks_links import (
    links_above_ports,
    links_to_nowhere,
    links_with_one_number,
    links_without_class,
    ports_used_twice,
)
from hanse.network.wanted.checks_names import (
    macs_twice,
    names_that_linux_cannot_have,
    names_twice,
    vrfs_with_long_names,
)
from hanse.network.wanted.checks_naming import domains_that_are_none, nameservers_without_address
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
    space_within_lans,
    unknown_peers,
    unknown_ways,
)
from hanse.network.wanted.checks_policies import (
    communities_twice,
    foreign_own_asns,
    policies_the_wrong_way,
    sessions_that_cannot_speak,
    unknown_names,
    vlans_that_differ,
)
from hanse.network.wanted.checks_pools import (
    addresses_twice,
    exhausted_pools,
    missing_pools,
    overlapping_pools,
    pools_for_one_use,
)
from hanse.network.wanted.checks_ports import (
    members_that_cannot_be,
    members_that_do_not_fit,
    members_used_otherwise,
    peers_that_differ,
    ports_unlike_their_kind,
    segments_of_ports,
    vlans_twice,
)
from hanse.network.wanted.checks_radio import frequencies_without_radio, links_without_cost
from hanse.network.wanted.checks_segments import (
    meshes_without_room,
    segments_above_links,
    segments_and_their_kind,
    segments_flooded_two_ways,
    segments_of_nobody,
    segments_on_one_vlan,
    segments_over_several_bridges,
    segments_with_long_names,
    segments_with_one_number,
    segments_with_too_few_addresses,
    segments_without_words,
)
from hanse.network.wanted.checks_speakers import (
    announcers_of_nothing,
    sessions_of_speakers,
    speakers_out_of_reach,
    speakers_that_route,
)
from hanse.network.wanted.checks_tunnels import (
    tunnels_above_underlay,
    tunnels_by_another_table,
    tunnels_of_others,
    tunnels_out_of_reach,
    tunnels_to_nowhere,
    tunnels_twice,
    tunnels_with_one_number,
    tunnels_without_a_name,
    tunnels_without_cost,
)
from hanse.network.wanted.checks_vpns import vpns_beside_labels, vpns_that_leak, vpns_without_labels, vpns_without_words
from hanse.network.wanted.checks_vrfs import (
    connections_between_vrfs,
    leaks_to_themselves,
    links_between_vrfs,
    routes_without_way,
    unknown_vrfs,
    vrfs_with_one_number,
    vrfs_without_number,
)
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem

Check = Callable[[Network], Iterator[Problem]]
KEPT: Final = 3  # findings of each check: before an edit, after it, and one more

# References first: what comes later may rely on nothing that an earlier check has named, so each looks up with care.
CHECKS: Final[tuple[Check, ...]] = (
    unknown_sites,
    unknown_platforms,
    nodes_with_one_number,
    ports_without_parents,
    children_above_parents,
    ports_unlike_their_kind,
    members_that_cannot_be,
    members_used_otherwise,
    members_that_do_not_fit,
    peers_that_differ,
    vlans_twice,
    segments_of_ports,
    names_that_linux_cannot_have,
    names_twice,
    macs_twice,
    unknown_vrfs,
    vrfs_without_number,
    vrfs_with_one_number,
    vrfs_with_long_names,
    leaks_to_themselves,
    routes_without_way,
    links_to_nowhere,
    links_without_class,
    links_with_one_number,
    links_above_ports,
    links_without_cost,
    frequencies_without_radio,
    antennas_that_route,
    antennas_at_ends,
    domains_that_are_none,
    nameservers_without_address,
    ports_used_twice,
    label_paths_to_nowhere,
    label_paths_that_break,
    label_paths_alike,
    labels_above_ports,
    labels_beside_the_global_table,
    labels_without_words,
    vpns_without_words,
    vpns_without_labels,
    vpns_beside_labels,
    vpns_that_leak,
    tunnels_to_nowhere,
    tunnels_by_another_table,
    tunnels_of_others,
    tunnels_out_of_reach,
    tunnels_with_one_number,
    tunnels_without_a_name,
    tunnels_without_cost,
    tunnels_twice,
    tunnels_above_underlay,
    segments_with_one_number,
    segments_with_long_names,
    segments_of_nobody,
    segments_on_one_vlan,
    segments_over_several_bridges,
    segments_and_their_kind,
    segments_with_too_few_addresses,
    segments_above_links,
    segments_without_words,
    meshes_without_room,
    segments_flooded_two_ways,
    anycasts_nowhere,
    anycast_addresses_of_others,
    health_checks_that_cannot_be,
    overlapping_pools,
    pools_for_one_use,
    missing_pools,
    exhausted_pools,
    addresses_twice,
    unknown_ways,
    unknown_names,
    foreign_own_asns,
    policies_the_wrong_way,
    communities_twice,
    addresses_outside_lan,
    space_within_lans,
    vlans_that_differ,
    links_between_vrfs,
    connections_between_vrfs,
    sessions_nowhere,
    unknown_peers,
    sessions_that_cannot_speak,
    speakers_that_route,
    sessions_of_speakers,
    speakers_out_of_reach,
    announcers_of_nothing,
    sessions_out_of_reach,
    duplicate_sessions,
    names_alike,
    services_nowhere,
    services_that_are_bgp,
    managers_that_cannot_come,
)


def problems(network: Network) -> tuple[Problem, ...]:
    """Return every contradiction in `network`, by path; empty: it can be derived.

    A check is not made again where all that it reads is the very same as the last time: an edit costs what it touches.
    """
    return tuple(sorted({problem for check in CHECKS for problem in _found_by(check, network)}))


class _Reading:
    """A network that remembers which of its kinds were read."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def __getattr__(self, kind: str) -> Any:
        objects = getattr(self._network, kind)
        setattr(self, kind, objects)  # from now on it is found without this method
        return objects

    def read(self) -> dict[str, Any]:
        """Return what was read, by kind."""
        return {kind: objects for kind, objects in vars(self).items() if kind != "_network"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """What a check found, and all that it read for that."""

    read: Mapping[str, Any]
    problems: tuple[Problem, ...]

    def holds_for(self, network: Network) -> bool:
        """Say whether the check would read the very same in `network`."""
        return all(getattr(network, kind) is objects for kind, objects in self.read.items())


_FINDINGS: Final[dict[Check, tuple[_Finding, ...]]] = {}  # each value is replaced as a whole: any thread may read it


def _found_by(check: Check, network: Network) -> tuple[Problem, ...]:
    known = _FINDINGS.get(check, ())
    for finding in known:
        if finding.holds_for(network):
            return finding.problems
    reading = _Reading(network)
    found = tuple(check(cast("Network", reading)))
    _FINDINGS[check] = (_Finding(read=reading.read(), problems=found), *known[: KEPT - 1])
    return found
