"""Lists: numbers that stay, and names that say whose they are."""

from dataclasses import replace
from ipaddress import IPv4Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.spec import PrefixList
from hanse.network.values.addresses import Family, Prefix
from hanse.network.values.communities import CommunityValue
from hanse.render.cli_words import (
    FIRST_PATH_NUMBER,
    PATH_NUMBERS,
    RouterPolicies,
    entry,
    path_numbers,
    path_ranges,
    router_policies,
)
from hanse.render.filter_lists import (
    SMALL_LIST,
    SMALL_ROOM,
    FilterLists,
    PathFilter,
    Place,
    PrefixEntry,
    numbered,
)
from hanse.render.neighbour_words import ios_network, limit, update_sources
from hanse.render.vendor_words import NotExpressible
from samples.borders import border_specs

prefixes = st.builds(lambda number: ip_network((0xC0000000 + 256 * number, 24)), st.integers(0, 60_000))


@given(st.sets(prefixes, max_size=60))
def test_numbers_are_distinct_and_rise(some: set[Prefix]) -> None:
    numbers = [number for number, _ in numbered(some)]

    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(some)
    assert all(0 < number <= SMALL_ROOM + len(some) for number in numbers)


@given(st.sets(prefixes, max_size=60), prefixes)
def test_one_more_prefix_moves_only_those_that_fall_together(some: set[Prefix], one: Prefix) -> None:
    before = {prefix: number for number, prefix in numbered(some - {one})}
    after = {prefix: number for number, prefix in numbered(some | {one})}

    moved = [prefix for prefix, number in before.items() if after[prefix] != number]

    assert len(moved) <= 2
    assert all(after[prefix] == before[prefix] + 1 for prefix in moved)


def test_a_list_of_tens_of_thousands_has_numbers_for_all() -> None:
    many = [ip_network((256 * number, 24)) for number in range(SMALL_LIST + 1)]

    found = numbered(many)

    assert len({number for number, _ in found}) == len(many)
    assert found[-1][0] < 2**32 - 1


def test_an_empty_list_is_written_and_holds_nothing() -> None:
    lists = FilterLists(counts_path_length=False)

    name = lists.announced_by(
        PrefixList(name="as64506_ipv4", family=Family.IPV4, prefixes=(), longest=28, why="autonomous_systems.64506")
    )

    assert name == "HANSE-AS64506-V4"
    assert [entry(one) for one in lists.prefixes[name].entries] == ["deny 0.0.0.0/0 le 32"]


def test_where_no_prefix_can_be_too_long_there_is_no_list_of_them() -> None:
    lists = FilterLists(counts_path_length=False)

    assert lists.longer_than(32, Family.IPV4) == ""
    assert lists.longer_than(47, Family.IPV6) == "HANSE-LONGER-THAN-47-V6"
    assert list(lists.prefixes) == ["HANSE-LONGER-THAN-47-V6"]


def test_where_we_have_no_space_of_our_own_there_is_no_list_of_it() -> None:
    bgp = replace(border_specs("eos")["peering"].bgp, own_space=(ip_network("203.0.113.0/24"),))
    lists = FilterLists(counts_path_length=False)

    assert (lists.own_space(bgp, Family.IPV4), lists.own_space(bgp, Family.IPV6)) == ("HANSE-OWN-V4", "")


def test_entries_are_written_as_they_are_bound() -> None:
    lan = ip_network("2001:db8::/32")

    assert entry(PrefixEntry(number=10, prefix=lan)) == "permit 2001:db8::/32"
    assert entry(PrefixEntry(number=10, prefix=lan, ge=48, le=64), capitals=True) == "permit 2001:DB8::/32 ge 48 le 64"


def test_lists_of_paths_have_numbers_on_ios_that_others_do_not_take() -> None:
    policies = router_policies(border_specs("ios")["peering"])

    numbers = path_numbers(policies)
    fewer = path_numbers(replace(policies, path_lists=policies.path_lists[:-1]))

    assert set(numbers) == {listed.name for listed in policies.path_lists}
    assert len(set(numbers.values())) == len(numbers)
    assert all(FIRST_PATH_NUMBER <= int(number) <= 500 for number in numbers.values())
    assert all(numbers[name] == number for name, number in fewer.items())


def test_more_lists_of_paths_than_ios_has_numbers_for_are_refused() -> None:
    def policies(count: int) -> RouterPolicies:
        listed = tuple(PathFilter(name=f"HANSE-AS{one}-FIRST", place=Place.FIRST, ranges=()) for one in range(count))
        return RouterPolicies(maps=(), prefix_lists=(), path_lists=listed, community_lists=())

    assert len(set(path_numbers(policies(PATH_NUMBERS)).values())) == PATH_NUMBERS
    with pytest.raises(NotExpressible, match="IOS has 400 numbers"):
        path_numbers(policies(PATH_NUMBERS + 1))


def test_ranges_stand_for_as_numbers_on_eos() -> None:
    bogus = PathFilter(name="HANSE-BOGON-ASNS", place=Place.ANYWHERE, ranges=((0, 0), (64512, 65534)))
    origins = PathFilter(name="HANSE-AS64501-ORIGINS", place=Place.LAST, ranges=((64501, 64501), (64502, 64502)))

    assert path_ranges(bogus, 200) == ("_0_", "_[64512-65534]_")
    assert path_ranges(origins, 200) == ("_(64501|64502)$",)


def test_communities_of_one_name_and_several_sorts_are_lists_apart() -> None:
    lists = FilterLists(counts_path_length=False)

    lists.having("both", CommunityValue.parse("64500:1"))
    lists.having("both", CommunityValue.parse("64500:1:1"))

    assert [listed.name for listed in lists.communities.values()] == ["HANSE-BOTH", "HANSE-BOTH"]


def test_ios_leaves_out_the_mask_of_an_old_class() -> None:
    shown = [ios_network(IPv4Network(text)) for text in ("10.0.0.0/8", "172.16.0.0/16", "192.0.2.0/24", "10.0.0.0/16")]

    assert shown == ["10.0.0.0", "172.16.0.0", "192.0.2.0", "10.0.0.0 mask 255.255.0.0"]


def test_a_session_speaks_from_an_interface_where_the_way_does_not_say_it() -> None:
    sources = update_sources(border_specs("ios")["transit"])

    assert sources["ibgp_core_ipv4"] == "Loopback0"
    assert sources["ebgp_westnet_ipv4"] == ""
    assert sources["ebgp_ostnet_ipv6"] == sources["ebgp_druckerei_ipv4"] == "Loopback1"


def test_an_address_that_no_interface_carries_is_refused() -> None:
    spec = border_specs("ios")["transit"]
    without = replace(spec, interfaces=tuple(port for port in spec.interfaces if port.name != "lo"))

    with pytest.raises(NotExpressible, match="no interface has the address"):
        update_sources(without)


def test_a_limit_of_nothing_is_the_least_that_the_platforms_know() -> None:
    imports = border_specs("eos")["peering"].bgp.external[0].imports

    assert [limit(replace(imports, max_prefixes=number)) for number in (0, 7)] == [1, 7]
