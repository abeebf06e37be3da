"""What is derived for the example city: both ends of everything agree, and every value knows why it is there."""

from collections import Counter
from dataclasses import fields, is_dataclass
from ipaddress import ip_address, ip_network
from itertools import pairwise
from typing import Any

import pytest

from hanse.derive.bgp import SessionOutOfReach
from hanse.derive.bogons import SPECIAL, bogon_asns, bogon_prefixes
from hanse.derive.devices import device_spec, device_specs
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.policy import TERMS
from hanse.derive.spec import DeviceSpec, InterfaceRole
from hanse.network.values.addresses import Family
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.sessions import Relationship
from samples.city import city, city_with

SPECS = device_specs(city())


def interface(spec: DeviceSpec, name: str) -> Any:
    return next(interface for interface in spec.interfaces if interface.name == name)


@pytest.mark.parametrize("link", sorted(city().links))
def test_both_ends_of_a_link_are_neighbours(link: str) -> None:
    ends = city().links[link].ends
    here, there = (interface(SPECS[end.node], end.port) for end in ends)

    assert [address.network for address in here.addresses] == [address.network for address in there.addresses]
    assert {address.ip for address in here.addresses}.isdisjoint(address.ip for address in there.addresses)
    assert here.mtu == there.mtu
    assert {
        wanted.router_id for wanted in wanted_neighbours(SPECS[ends[0].node]) if wanted.interface == ends[0].port
    } == {SPECS[ends[1].node].router_id}


def test_every_internal_session_is_configured_at_both_ends() -> None:
    ends = Counter(
        frozenset({session.local_address, session.remote_address})
        for spec in SPECS.values()
        for session in spec.bgp.internal
    )

    assert set(ends.values()) == {2}
    assert len(ends) == 2 * (6 * 2 + 1)  # two families; six clients at two reflectors, and these with each other


def test_only_reflectors_have_clients() -> None:
    for spec in SPECS.values():
        clients = [session for session in spec.bgp.internal if session.is_client]
        assert len(clients) == (12 if spec.name in {"core1", "core3"} else 0)


def test_without_reflectors_there_is_a_full_mesh() -> None:
    flat = device_specs(city_with(nodes={"core1": {"roles": []}, "core3": {"roles": []}}))

    assert {len(spec.bgp.internal) for spec in flat.values()} == {2 * 7}


def test_every_derived_part_remembers_an_object_that_is_there() -> None:
    tree = tree_of(city())

    for why in _whys(tuple(SPECS.values())):
        kind, name, *_ = why.split(".")
        assert name in tree[kind], why


def _whys(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [why for item in value for why in _whys(item)]
    if not is_dataclass(value) or isinstance(value, type):
        return []
    own = [value.why] if hasattr(value, "why") else []
    return own + [why for field in fields(value) for why in _whys(getattr(value, field.name))]


def test_our_space_is_originated_at_borders_alone() -> None:
    assert {name for name, spec in SPECS.items() if spec.bgp.origins} == {"border1", "border2"}


def test_a_disabled_session_stays_and_a_decommissioned_one_goes() -> None:
    changed = city_with(sessions={"pix-alme": {"status": "disabled"}, "pix-beke": {"status": "decommissioned"}})

    sessions = {session.name: session for session in device_spec(changed, "border1").bgp.external}

    assert not sessions["ebgp_pix_alme_ipv4"].enabled
    assert "ebgp_pix_beke_ipv4" not in sessions


def test_two_addresses_of_one_family_are_two_sessions_with_two_names() -> None:
    changed = city_with(sessions={"pix-rs": {"addresses": ["192.0.2.250", "192.0.2.251", "2001:db8:100::250"]}})

    names = [session.name for session in device_spec(changed, "border1").bgp.external if "rs" in session.name]

    assert names == ["ebgp_pix_rs_ipv4_0", "ebgp_pix_rs_ipv4_1", "ebgp_pix_rs_ipv6"]


def test_the_nearest_word_decides_the_limit_of_prefixes() -> None:
    own = city_with(sessions={"pix-rs": {"max_prefixes": {"ipv4": 7, "ipv6": 8}}})
    none = city_with(autonomous_systems={"64510": {"max_prefixes": None}})

    assert _limits(city()) == {Family.IPV4: 100, Family.IPV6: 100}
    assert _limits(own) == {Family.IPV4: 7, Family.IPV6: 8}
    assert _limits(none) == {Family.IPV4: 200_000, Family.IPV6: 50_000}


def _limits(network: Any) -> dict[Family, int]:
    external = device_spec(network, "border1").bgp.external
    return {session.family: session.imports.max_prefixes for session in external if "rs" in session.name}


def test_a_session_has_its_password_by_name() -> None:
    changed = city_with(sessions={"westnet": {"password": "west"}})

    external = device_spec(changed, "border1").bgp.external

    assert {session.password for session in external} == {"", "@secret(west)@"}


def test_routes_of_peers_and_upstreams_are_told_to_customers_only() -> None:
    for relationship, terms in TERMS.items():
        freely = relationship is Relationship.CUSTOMER
        assert set(terms.tells) == (set(Relationship) if freely else {Relationship.CUSTOMER})


def test_customers_come_before_peers_before_upstreams() -> None:
    order = sorted(TERMS, key=lambda relationship: -TERMS[relationship].local_preference)

    assert order == [Relationship.CUSTOMER, Relationship.PEER, Relationship.ROUTE_SERVER, Relationship.UPSTREAM]


def test_special_prefixes_are_in_order_and_do_not_overlap() -> None:
    for version in (4, 6):
        prefixes = [ip_network(prefix) for prefix, _, _ in SPECIAL if ip_network(prefix).version == version]
        assert prefixes == sorted(prefixes)
        assert all(int(one.broadcast_address) < int(two.network_address) for one, two in pairwise(prefixes))


def test_documentation_is_a_bogon_unless_the_network_is_an_example() -> None:
    real, example = (bogon_prefixes(documentation_is_public=public) for public in (False, True))

    assert set(map(str, set(real) - set(example))) == {
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20",
    }  # fmt: skip
    assert (64496, 64511) in bogon_asns(documentation_is_public=False)
    assert (64496, 64511) not in bogon_asns(documentation_is_public=True)


def test_a_public_address_is_the_source_of_what_a_router_sends() -> None:
    assert SPECS["spur2"].source_addresses == (ip_address("203.0.113.6"), ip_address("2001:db8:500::6"))


def test_a_disabled_session_is_wanted_switched_off() -> None:
    changed = city_with(sessions={"pix-alme": {"status": "maintenance"}})

    wanted = {session.name: session.enabled for session in wanted_sessions(device_spec(changed, "border1"))}

    assert wanted["ebgp_pix_alme_ipv4"] is False
    assert wanted["ebgp_pix_lippe_ipv4"] is True


def test_a_vlan_comes_after_its_parent() -> None:
    ports = {"ring0": {}, "ring1": {}, "a.10": {"parent": "ring1", "vlan": 10, "addresses": ["10.9.9.1/24"]}}

    spec = device_spec(city_with(nodes={"core4": {"ports": ports}}), "core4")

    names = [found.name for found in spec.interfaces]
    assert names.index("ring1") < names.index("a.10")
    assert interface(spec, "a.10").role is InterfaceRole.DIRECT


def test_an_unknown_node_is_answered_with_the_nearest() -> None:
    with pytest.raises(NoSuchNode, match="did you mean core1"):
        device_spec(city(), "core11")


def test_a_session_that_nothing_holds_never_becomes_a_spec() -> None:
    broken = city_with(sessions={"westnet": {"addresses": ["192.0.2.99"]}})

    with pytest.raises(SessionOutOfReach, match=r"sessions\.westnet"):
        device_spec(broken, "border1")
