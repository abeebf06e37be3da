"""Edits of single objects: as if the whole had been read anew, at the cost of one."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.network.wanted.edits import (
    ALL_KINDS,
    GENERAL,
    Edit,
    NoSuchKind,
    body_of,
    edited,
    name_of,
    object_from,
    object_in,
)
from hanse.network.wanted.files import network_from, tree_of
from hanse.network.wanted.merging import merged
from hanse.network.wanted.network import KINDS, Network
from hanse.network.wanted.problem import Contradictory
from samples.city import city
from samples.strategies import networks

bodies = st.dictionaries(
    st.sampled_from("abc"), st.integers(0, 2) | st.dictionaries(st.sampled_from("xy"), st.integers(0, 2))
)


def objects(network: Network) -> list[tuple[str, str, Any]]:
    """Return every object of `network`: kind, name and value."""
    listed = [(kind, name_of(kind, one), one) for kind in KINDS for one in getattr(network, kind).values()]
    return [(GENERAL, "", network.network), *listed]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks)
def test_one_object_is_read_as_it_is_printed(network: Network) -> None:
    for kind, name, wanted in objects(network):
        assert object_from(kind, name, body_of(kind, wanted)) == wanted


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks, networks)
def test_edits_lead_from_any_network_to_any_other_and_back(before: Network, after: Network) -> None:
    gone = [Edit(kind=kind, name=name, body=None) for kind, name, _ in objects(before) if kind != GENERAL]
    come = [Edit(kind=kind, name=name, body=body_of(kind, one)) for kind, name, one in objects(after)]
    back = [Edit(kind=kind, name=name, body=None) for kind, name, _ in objects(after) if kind != GENERAL]
    again = [Edit(kind=kind, name=name, body=body_of(kind, one)) for kind, name, one in objects(before)]

    there = edited(before, [*gone, *come])
    returned = edited(there, [*back, *again])

    assert there == after
    assert returned == before


def test_one_edit_is_as_if_all_had_been_read_anew() -> None:
    tree = tree_of(city())
    tree["links"]["border-west"]["link_class"] = "radio"

    found = edited(city(), [Edit(kind="links", name="border-west", body=tree["links"]["border-west"])])

    assert found == network_from(tree)


def test_what_an_edit_does_not_name_is_the_very_same() -> None:
    before = city()

    after = edited(before, [Edit(kind="sites", name="dom", body=None)])

    assert after.sessions is before.sessions
    assert after.sites["uni"] is before.sites["uni"]


def test_everything_that_cannot_be_read_is_told_at_once() -> None:
    with pytest.raises(Contradictory) as caught:
        edited(
            city(),
            [
                Edit(kind="nodes", name="core1", body={"number": "one", "ports": {"eth0": {"mtu": 1}}}),
                Edit(kind="network", name="", body=None),
            ],
        )

    assert sorted(problem.path for problem in caught.value.problems) == [
        ("network",),
        ("nodes", "core1", "management"),
        ("nodes", "core1", "number"),
        ("nodes", "core1", "platform"),
        ("nodes", "core1", "ports", "eth0", "mtu"),
        ("nodes", "core1", "site"),
    ]


def test_without_a_network_what_is_general_comes_first() -> None:
    with pytest.raises(Contradictory, match="network: this is missing"):
        edited(None, [Edit(kind="sites", name="dom", body={})])

    assert edited(None, [Edit(kind="network", name="", body={"name": "n", "asn": 64500})]).network.name == "n"


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_nobody_wants_an_object_that_is_not_there(kind: str) -> None:
    found = object_in(city(), kind, "64999" if kind == "autonomous_systems" else "nowhere")

    assert (found is None) == (kind != GENERAL)


def test_a_kind_that_is_none_says_what_there_is() -> None:
    with pytest.raises(NoSuchKind, match="did you mean nodes"):
        object_in(city(), "node", "core1")


@given(bodies, bodies, bodies)
def test_a_merge_is_the_same_from_both_sides(base: Any, mine: Any, theirs: Any) -> None:
    assert merged(base, mine, theirs) == merged(base, theirs, mine)


@given(bodies, bodies)
def test_who_changed_nothing_takes_the_other_side(base: Any, mine: Any) -> None:
    assert merged(base, mine, base) == mine


def test_an_object_that_one_side_removed_is_not_merged() -> None:
    assert merged({"cost": 10}, {"cost": 20}, None) is None
