"""Allocation: inside its pool, distinct, stable."""

from ipaddress import IPv4Network, IPv6Network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.addressing import PoolExhausted, link_ends, loopback
from hanse.derive.devices import device_specs
from hanse.network.values.addresses import Prefix
from samples.city import city, city_with

pools = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.integers(8, 24)).map(lambda pair: IPv4Network(pair, strict=False)),
    st.tuples(st.ip_addresses(v=6), st.integers(32, 112)).map(lambda pair: IPv6Network(pair, strict=False)),
)
numbers = st.integers(0, 100)


@given(pools, numbers)
def test_both_ends_lie_in_the_pool_the_lower_first(pool: Prefix, number: int) -> None:
    mine, yours = link_ends(pool, number)

    assert mine.ip in pool
    assert yours.ip in pool
    assert int(yours.ip) - int(mine.ip) == 1
    assert mine.network == yours.network


@given(pools, numbers, numbers)
def test_two_links_never_share_an_address(pool: Prefix, one: int, other: int) -> None:
    shared = set(link_ends(pool, one)) & set(link_ends(pool, other))

    assert bool(shared) == (one == other)


@given(pools, numbers, numbers)
def test_two_nodes_never_share_a_loopback(pool: Prefix, one: int, other: int) -> None:
    assert (loopback(pool, one) == loopback(pool, other)) == (one == other)
    assert loopback(pool, one).ip in pool


@given(pools)
def test_the_last_number_fits_and_the_next_says_that_the_pool_is_full(pool: Prefix) -> None:
    link_ends(pool, pool.num_addresses // 2 - 1)

    with pytest.raises(PoolExhausted, match="no room"):
        link_ends(pool, pool.num_addresses // 2)
    with pytest.raises(PoolExhausted, match="no room"):
        loopback(pool, pool.num_addresses)
    with pytest.raises(PoolExhausted):
        link_ends(pool, -1)


def test_a_new_node_and_link_move_no_address_of_the_others() -> None:
    before = device_specs(city())
    new = {
        "number": 9,
        "site": "uni",
        "platform": "debian",
        "management": {"address": "198.18.0.19/24"},
        "ports": {"x": {}},
    }
    uni: dict[str, Any] = {"ports": {"ring0": {}, "ring1": {}, "border0": {}, "x": {}}}

    after = device_specs(
        city_with(
            nodes={"aaa": new, "core3": uni},
            links={"aaa": {"number": 8, "link_class": "fibre", "ends": ["aaa:x", "core3:x"]}},
        )
    )

    for name, spec in before.items():
        assert set(spec.interfaces) <= set(after[name].interfaces)
        assert after[name].router_id == spec.router_id
