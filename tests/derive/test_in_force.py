"""What counts for a session, with the level that says so: as the inheritance and the policies have it."""

import pytest

from hanse.derive.in_force import Counted, in_force
from hanse.derive.policy import exports, imports
from hanse.network.known.known import NOTHING_KNOWN
from hanse.network.values.addresses import Family
from hanse.network.wanted.network import Network
from hanse.network.wanted.sessions import Session
from samples.city import city_with, peering_city

CITY = peering_city()


def said(found: tuple[Counted, ...]) -> list[tuple[str, str]]:
    return [(one.value, one.by) for one in found]


def test_policies_stand_in_their_order_each_with_the_level_that_lists_it() -> None:
    found = in_force(CITY, CITY.sessions["pix-alme"], Family.IPV6)

    assert said(found.import_policies) == [
        ("prefer", "group bilateral"),
        ("only6", "the session"),
        ("shun", "AS64501"),
    ]
    assert [one.detail for one in found.import_policies] == [
        "weight 100: local preference 250; add learned-east",
        "weight 100: refuse for 2001:db8:a000::/36",
        "weight 200: local preference 50",
    ]


def test_a_policy_about_the_other_family_is_not_said_to_count() -> None:
    about_six = city_with(
        routing_policies={"six": {"prefixes": ["2001:db8:a000::/36"], "refuse": True}},
        sessions={"pix-alme": {"import_policies": ["six"]}},
    )

    four, six = (in_force(about_six, about_six.sessions["pix-alme"], family) for family in Family)

    assert (said(four.import_policies), said(six.import_policies)) == ([], [("six", "the session")])


def test_communities_are_told_by_their_way() -> None:
    found = in_force(CITY, CITY.sessions["pix-alme"], Family.IPV4)

    assert said(found.import_communities) == [("learned-at-pix", "exchange pix")]
    assert said(found.export_communities) == [("keep-inside", "exchange pix")]
    assert found.export_communities[0].detail == "65535:65281"


def test_a_word_for_templates_names_every_level_that_it_is_merged_of() -> None:
    (word,) = in_force(CITY, CITY.sessions["pix-alme"], Family.IPV4).context

    assert (word.value, word.by) == ("a", "the session, group bilateral, exchange pix")
    assert word.detail == "{'both': 1, 'pix': 2, 'group': 1, 'session': 3}"


def test_bfd_and_our_as_number_have_their_level() -> None:
    alme, lippe, buchladen = (
        in_force(CITY, CITY.sessions[name], Family.IPV4) for name in ("pix-alme", "pix-lippe", "buchladen")
    )

    assert alme.bfd == Counted(value="fast", by="group bilateral", detail="100 ms out, 100 ms in, 3 missed")
    assert buchladen.bfd is not None
    assert (buchladen.bfd.by, buchladen.local_asn.by) == ("the session", "the network")
    assert lippe.local_asn == Counted(value="AS64508", by="the session")


def test_the_nearest_number_of_prefixes_counts() -> None:
    numbers = {"ipv4": 7, "ipv6": 8}
    by_as = city_with(autonomous_systems={"64501": {"max_prefixes": numbers}})
    by_session = city_with(sessions={"pix-alme": {"max_prefixes": numbers}})
    by_nobody = city_with(autonomous_systems={"64501": {"max_prefixes": None}})

    assert max_prefixes(by_as) == Counted(value="8", by="AS64501")
    assert max_prefixes(by_session) == Counted(value="8", by="the session")
    assert max_prefixes(by_nobody) == Counted(value="500", by="relationship peer")


def max_prefixes(network: Network) -> Counted:
    return in_force(network, network.sessions["pix-alme"], Family.IPV6).max_prefixes


def test_a_status_from_above_says_from_where() -> None:
    resting = city_with(exchanges={"pix": {"status": "maintenance"}})

    found = in_force(resting, resting.sessions["pix-alme"], Family.IPV4)

    assert found.inherited_status == "maintenance by exchange pix"
    assert in_force(CITY, CITY.sessions["pix-alme"], Family.IPV4).inherited_status == ""


@pytest.mark.parametrize("session", CITY.sessions.values(), ids=CITY.sessions)
@pytest.mark.parametrize("family", Family)
def test_what_is_said_to_count_is_what_the_router_gets(session: Session, family: Family) -> None:
    found = in_force(CITY, session, family)

    taken, told = imports(CITY, session, family, NOTHING_KNOWN), exports(CITY, session, family)
    assert found.max_prefixes.value == str(taken.max_prefixes)
    assert [one.value for one in found.import_policies] == [one.name for one in taken.policies]
    assert [one.value for one in found.export_policies] == [one.name for one in told.policies]
    assert [one.detail for one in found.import_communities] == [str(one) for one in taken.communities]
    assert [one.detail for one in found.export_communities] == [str(one) for one in told.communities]


def test_what_two_levels_list_is_said_by_the_nearer() -> None:
    twice = city_with(
        communities={"learned-at-pix": {"value": "64500:100"}},
        exchanges={"pix": {"communities": ["learned-at-pix"]}},
        sessions={"pix-alme": {"communities": ["learned-at-pix"]}},
    )

    found = in_force(twice, twice.sessions["pix-alme"], Family.IPV4)

    assert said(found.import_communities) == [("learned-at-pix", "the session")]
