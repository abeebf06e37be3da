"""What stands below routing, and the tables beside the global one: from ports and VRFs to interfaces and tables."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.derive.affected import affected
from hanse.derive.devices import device_spec, device_specs
from hanse.derive.expected import wanted_neighbours
from hanse.derive.layer2_spec import BridgeVlans, InterfaceKind
from hanse.derive.spec import DeviceSpec, InterfaceSpec
from hanse.network.wanted.files import network_from, tree_of
from hanse.network.wanted.made_macs import made_mac
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from samples.city import city
from samples.layers import layers, layers_with

TREE = tree_of(layers())
VRF = st.sampled_from(["", "guests", "works"])
SEGMENT = st.sampled_from(["", "lab-west", "office-west"])
# Path of an object, its field, and what that may become.
CHANGES: tuple[tuple[tuple[str, ...], str, st.SearchStrategy[Any]], ...] = (
    (("vrfs", "guests"), "number", st.sampled_from([1, 3, 7])),
    (("vrfs", "works"), "shared", st.sampled_from([[], ["10.99.0.0/16"]])),
    (("vrfs", "works"), "leaks", st.just({})),
    (("vrfs", "works"), "description", st.just("the works")),
    (("segments", "lab-west"), "vlan", st.sampled_from([None, 10, 30])),
    (("segments", "lab-east"), "nodes", st.sampled_from([["east"], ["east", "west"]])),
    (("nodes", "west", "ports", "guest0"), "vrf", VRF),
    (("nodes", "west", "ports", "lab0"), "untagged", SEGMENT),
    (("nodes", "west", "ports", "bond0"), "tagged", st.sampled_from([[], ["lab-west"]])),
    (("nodes", "west", "ports", "br0"), "members", st.sampled_from([["bond0"], ["bond0", "lab0", "office0"]])),
    (("nodes", "west", "ports", "br0.100"), "vlan", st.sampled_from([100, 101])),
    (("nodes", "west", "ports", "br0.200"), "vrf", VRF),
    (("nodes", "east", "ports", "br0.200"), "vrf", VRF),
    (("nodes", "west", "ports", "bond0"), "mtu", st.sampled_from([1500, 1600])),
    (("nodes", "west"), "routes", st.just({})),
    (("nodes", "west"), "number", st.sampled_from([1, 5])),
)


@st.composite
def changed(draw: st.DrawFn) -> Network:
    """Draw the two routers with some fields changed."""
    tree = tree_of(layers())
    for path, field, values in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        here = tree
        for step in path:
            here = here[step]
        here[field] = draw(values)
    return network_from(tree)


def interface(spec: DeviceSpec, name: str) -> InterfaceSpec:
    return next(one for one in spec.interfaces if one.name == name)


def west(network: Network) -> DeviceSpec:
    return device_spec(network, "west")


def test_the_two_routers_have_no_problems() -> None:
    assert problems(layers()) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(changed())
def test_no_router_whose_tables_or_layers_differ_is_missed(after: Network) -> None:
    before = layers()
    if problems(after):
        return
    mine, yours = device_specs(before), device_specs(after)

    differing = {name for name in mine if mine[name] != yours[name]}

    assert differing <= affected(before, after)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed())
def test_an_interface_stands_after_all_that_it_is_made_of(after: Network) -> None:
    if problems(after):
        return

    for spec in device_specs(after).values():
        places = {one.name: place for place, one in enumerate(spec.interfaces)}
        assert len(places) == len(spec.interfaces), "each once"
        for one in spec.interfaces:
            for below in filter(None, (one.parent, one.vrf, *one.members)):
                assert places[below] < places[one.name]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed())
def test_what_goes_over_a_bridge_goes_over_each_of_its_ports_or_is_named_there(after: Network) -> None:
    if problems(after):
        return

    for spec in device_specs(after).values():
        for bridge in (one for one in spec.interfaces if one.kind is InterfaceKind.BRIDGE and one.vlans):
            for member in (one for one in spec.interfaces if one.master == bridge.name and one.vlans):
                inside = {*member.vlans.tagged, *filter(None, [member.vlans.untagged])} if member.vlans else set()
                assert bridge.vlans is not None
                assert inside <= set(bridge.vlans.tagged)
                assert member.mtu is not None
                assert bridge.mtu is not None
                assert bridge.mtu <= member.mtu


def test_a_port_that_names_nothing_is_a_trunk() -> None:
    spec = west(layers())

    assert interface(spec, "bond0").vlans == BridgeVlans(tagged=(10, 20, 100, 200))
    assert interface(spec, "br0").vlans == BridgeVlans(tagged=(10, 20, 100, 200))


def test_a_port_with_an_untagged_segment_carries_that_alone() -> None:
    assert interface(west(layers()), "lab0").vlans == BridgeVlans(untagged=10)


def test_tagged_segments_stand_for_all_others() -> None:
    network = layers_with("nodes", "west", "ports", "lab0", tagged=["office-west"])

    assert interface(west(network), "lab0").vlans == BridgeVlans(untagged=10, tagged=(20,))


def test_members_know_their_master_and_masters_their_members() -> None:
    spec = west(layers())

    assert interface(spec, "bond0").members == ("fibre0", "fibre1")
    assert interface(spec, "fibre0").master == "bond0"
    assert interface(spec, "bond0").master == "br0"


def test_a_table_has_its_interfaces_its_ospf_its_routes_and_its_leaks() -> None:
    guests, works = west(layers()).vrfs

    assert (guests.device, guests.table, guests.interfaces) == ("vrf-guests", 1001, ("br0.200", "guest0", "lounge0"))
    assert [one.name for one in guests.ospf.interfaces] == ["br0.200"]
    assert [str(stub.prefix) for stub in guests.ospf.stubs] == ["10.88.0.0/24", "10.87.0.0/24"]
    assert [(leak.source, [*map(str, leak.prefixes)]) for leak in guests.leaks] == [("works", ["10.99.1.0/24"])]
    assert [(str(route.via), route.interface) for route in works.routes] == [("10.77.0.0", "out0")]


def test_the_global_table_takes_what_a_table_shares_and_has_no_link_of_it() -> None:
    spec = west(layers())

    assert [(leak.source, leak.why) for leak in spec.leaks] == [("works", "vrfs.works.shared")]
    assert [one.name for one in spec.ospf.interfaces] == ["br0.100"]
    assert [str(route.prefix) for route in spec.routes] == ["10.66.0.0/16"]


def test_a_leak_from_a_table_that_is_not_here_is_left_out() -> None:
    guests = next(vrf for vrf in device_spec(layers(), "east").vrfs if vrf.name == "guests")

    alone = device_spec(layers_with("nodes", "east", "ports", work0={}), "east")

    assert guests.leaks
    assert [vrf.name for vrf in alone.vrfs] == ["guests"]
    assert not alone.vrfs[0].leaks


def test_neighbours_in_a_table_are_expected_too() -> None:
    found = [(one.version, one.interface) for one in wanted_neighbours(west(layers()))]

    assert found == [(2, "br0.100"), (2, "br0.200"), (3, "br0.100"), (3, "br0.200")]


def test_a_router_of_another_make_has_no_table_of_linux() -> None:
    tree = tree_of(layers())
    tree["platforms"]["second"] = {"driver": "eos", "dialect": "eos"}

    spec = device_spec(network_from(tree), "east")

    assert spec.vrfs == ()
    assert {one.vrf for one in spec.interfaces} == {""}


@given(st.text("abcdefgh.0123456789", min_size=1, max_size=15))
def test_a_made_mac_address_is_of_one_station_and_locally_administered(name: str) -> None:
    node = next(iter(city().nodes.values()))

    mac = made_mac(node, name)

    first = int(mac.split(":", maxsplit=1)[0], 16)
    assert (first & 1, first & 2) == (0, 2)
    assert mac == made_mac(node, name)


@pytest.mark.parametrize(("kind", "name"), [("vrfs", "works"), ("segments", "lab-west")])
def test_an_edit_of_a_table_or_a_segment_reaches_its_routers(kind: str, name: str) -> None:
    before, tree = layers(), tree_of(layers())
    tree[kind][name]["number"] = 99

    found = affected(before, network_from(tree))

    assert found == ({"west", "east"} if kind == "vrfs" else {"west"})
