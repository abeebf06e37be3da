"""What a session takes from what stands above it: nearest first, weight before level, one family never the other's."""

from typing import Any

import pytest
from hypothesis import given

from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.wanted.inherited import (
    bfd_of,
    communities_of,
    context_of,
    local_asn_of,
    policies_of,
    status_of,
    tags_of,
    vrf_of,
)
from hanse.network.wanted.levels import ParentStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.policies import Direction
from hanse.network.wanted.problems import problems
from hanse.network.wanted.sessions import SessionStatus
from samples.city import city_with, peering_city
from samples.strategies import networks

CITY = peering_city()
ALME = CITY.sessions["pix-alme"]
LIPPE = CITY.sessions["pix-lippe"]


def policy_names(network: Network, session: str, family: Family) -> list[str]:
    return [one.name for one in policies_of(network, network.sessions[session], Direction.IMPORT, family)]


def test_the_peering_city_has_no_problems() -> None:
    assert problems(CITY) == ()


def test_the_heaviest_policy_has_the_last_word_whatever_level_lists_it() -> None:
    assert policy_names(CITY, "pix-alme", Family.IPV6) == ["prefer", "only6", "shun"]


def test_a_session_never_gets_a_policy_of_the_other_family() -> None:
    assert "only6" not in policy_names(CITY, "pix-alme", Family.IPV4)


def test_of_one_weight_the_nearest_level_comes_last() -> None:
    equal = city_with(
        routing_policies={name: {} for name in ("of-exchange", "of-group", "of-as", "of-session")},
        groups={"some": {"import_policies": ["of-group"]}},
        exchanges={"pix": {"import_policies": ["of-exchange"]}},
        autonomous_systems={"64501": {"import_policies": ["of-as"]}},
        sessions={"pix-alme": {"group": "some", "import_policies": ["of-session"]}},
    )

    assert policy_names(equal, "pix-alme", Family.IPV4) == ["of-exchange", "of-group", "of-as", "of-session"]


def test_a_policy_that_two_levels_list_counts_once_at_the_nearer() -> None:
    twice = city_with(
        routing_policies={"far": {}, "near": {}},
        exchanges={"pix": {"import_policies": ["near", "far"]}},
        sessions={"pix-alme": {"import_policies": ["near"]}},
    )

    assert policy_names(twice, "pix-alme", Family.IPV4) == ["far", "near"]


def test_communities_of_all_levels_count_each_on_its_way() -> None:
    taken = [one.name for one in communities_of(CITY, ALME, Direction.IMPORT)]
    told = [one.name for one in communities_of(CITY, ALME, Direction.EXPORT)]

    assert (taken, told) == (["learned-at-pix"], ["keep-inside"])


def test_the_nearer_level_wins_word_by_word_in_the_context() -> None:
    assert context_of(CITY, ALME) == {"a": {"both": 1, "pix": 2, "group": 1, "session": 3}}


def test_tags_of_all_levels_are_the_sessions() -> None:
    assert tags_of(CITY, ALME) == ("business",)


def test_bfd_comes_from_the_group_where_the_session_is_silent() -> None:
    found = [bfd_of(CITY, CITY.sessions[name]) for name in ("pix-alme", "buchladen", "westnet")]

    assert [profile and profile.name for profile in found] == ["fast", "fast", None]


def test_we_speak_for_the_network_unless_a_level_names_another_of_ours() -> None:
    assert [local_asn_of(CITY, ALME), local_asn_of(CITY, LIPPE)] == [Asn(64500), Asn(64508)]


def test_on_an_exchange_the_connection_says_the_vrf() -> None:
    blue = city_with(vrfs={"blue": {}}, connections={"pix-border1": {"vrf": "blue"}})

    assert [vrf_of(blue, blue.sessions[name]) for name in ("pix-alme", "westnet")] == ["blue", ""]


LEVELS: tuple[dict[str, Any], ...] = (
    {"exchanges": {"pix": {"status": "X"}}},
    {"connections": {"pix-border1": {"status": "X"}}},
    {"autonomous_systems": {"64501": {"status": "X"}}},
    {"groups": {"some": {"status": "X"}}},
)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: next(iter(level)))
@pytest.mark.parametrize("word", ["disabled", "maintenance"])
def test_a_parent_switches_its_sessions_off(level: dict[str, Any], word: str) -> None:
    off = {kind: {name: {"status": word} for name in objects} for kind, objects in level.items()}
    kinds: dict[str, Any] = {"groups": {"some": {}}, "sessions": {"pix-alme": {"group": "some"}}, **off}

    network = city_with(**kinds)

    assert status_of(network, network.sessions["pix-alme"]) == word
    assert status_of(network, network.sessions["westnet"]) is SessionStatus.ENABLED


@given(networks)
def test_what_stands_above_can_switch_off_and_never_on(network: Network) -> None:
    for session in network.sessions.values():
        found = status_of(network, session)

        assert found is session.status or (session.status.is_up and not found.is_up)


def test_disabled_counts_more_than_maintenance() -> None:
    both = city_with(
        exchanges={"pix": {"status": ParentStatus.MAINTENANCE.value}},
        connections={"pix-border1": {"status": ParentStatus.DISABLED.value}},
    )

    assert status_of(both, both.sessions["pix-alme"]) is SessionStatus.DISABLED
