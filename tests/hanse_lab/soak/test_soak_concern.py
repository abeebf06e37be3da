from pathlib import Path
from typing import Any

import pytest

from hanse.network.wanted.files import tree_of
from hanse_lab.lab import wanted_in
from hanse_lab.soak.concern import Standing, standing
from hanse_lab.soak.edits import Change, Edit, edited, put, put_below, removed
from hanse_lab.soak.journey import beginning
from hanse_lab.soak.present import Present, seen_in

NETWORK = Path(__file__).parents[2] / "lab" / "soak"
OFFERS = frozenset({"vxlan", "tun", "nft-inet"})
ALL_OF_THEM = 5 * 2 + 2 * 2  # ends of links and tunnels


@pytest.fixture(scope="module")
def begin() -> Present:
    return beginning(tree_of(wanted_in(NETWORK)), OFFERS)


def after(begin: Present, *changes: Change) -> Standing:
    now = seen_in(edited(begin.tree, Edit(kind="any", what="it", changes=changes)), OFFERS)
    assert now is not None
    return standing(begin.specs, now.specs)


def gone(begin: Present, *changes: Change) -> set[Any]:
    """Return the ends of adjacencies that may begin anew."""
    return set(after(begin).adjacencies - after(begin, *changes).adjacencies)


def test_without_a_change_everything_stands(begin: Present) -> None:
    stand = after(begin)

    assert len(stand.adjacencies) == ALL_OF_THEM
    assert {("west", "global", "198.51.100.248"), ("north", "global", "10.20.0.2")} <= stand.sessions
    assert {("north", "wg-one"), ("north", "lo"), ("south", "spur0")} <= stand.interfaces


def test_a_cost_restarts_nothing(begin: Present) -> None:
    assert after(begin, put(begin.tree, "links", "north-east", cost=77)) == after(begin)


def test_a_hello_time_restarts_the_links_of_its_class_at_both_ends(begin: Present) -> None:
    found = gone(begin, put(begin.tree, "link_classes", "copper", hello=3))

    assert found == {("south", "west0"), ("west", "south0"), ("south", "spur0"), ("spur", "south0")}


def test_a_removed_link_takes_its_own_adjacency_and_no_session(begin: Present) -> None:
    change = removed(begin.tree, "links", "north-east")

    assert gone(begin, change) == {("north", "east0"), ("east", "north0")}
    assert after(begin, change).sessions == after(begin).sessions


def test_filters_and_limits_restart_no_session(begin: Present) -> None:
    changes = (
        put(begin.tree, "sessions", "westnet", max_prefixes={"ipv4": 70, "ipv6": 70}, import_policies=[]),
        put(begin.tree, "routing_policies", "less", local_preference=120),
    )

    assert after(begin, *changes) == after(begin)


def test_a_hold_time_restarts_its_own_session(begin: Present) -> None:
    lost = after(begin).sessions - after(begin, put(begin.tree, "sessions", "westnet", hold=60)).sessions

    assert lost == {("west", "global", "198.51.100.248"), ("west", "global", "2001:db8:ff:1::")}


def test_a_reflector_restarts_sessions_at_both_ends_and_leaves_adjacencies(begin: Present) -> None:
    change = put(begin.tree, "nodes", "south", roles=[])

    lost = after(begin).sessions - after(begin, change).sessions
    assert {("south", "global", "10.20.0.2"), ("east", "global", "10.20.0.3")} <= lost
    assert not gone(begin, change)


def test_a_new_member_of_a_segment_leaves_the_overlay_of_the_others(begin: Present) -> None:
    stand = after(begin, put(begin.tree, "segments", "office", nodes=["east", "north", "south"]))

    assert stand == after(begin)
    assert any("office" in name for _, name in stand.interfaces)


def test_a_described_port_goes_on_as_it_is(begin: Present) -> None:
    change = put_below(begin.tree, "nodes", "south", "ports", "spur0", {"mtu": 1600, "description": "the mill"})

    assert after(begin, change) == after(begin)
