"""Both ends of a tunnel from one object: who goes to whom, addresses, OSPF and keys."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.derive.affected import affected
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_neighbours
from hanse.derive.spec import DeviceSpec, InterfaceRole
from hanse.derive.tunnel_spec import TunnelSpec
from hanse.network.wanted.edits import Edit, edited
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from samples.tunnels import tunnel_city


def end(network: Network, node: str, name: str) -> TunnelSpec:
    """Return one end of a tunnel."""
    return next(tunnel for tunnel in device_specs(network)[node].tunnels if tunnel.name == name)


def addresses(spec: DeviceSpec) -> dict[str, list[str]]:
    """Return the addresses of a router's tunnels, by interface."""
    return {
        one.name: [str(address) for address in one.addresses]
        for one in spec.interfaces
        if one.role is InterfaceRole.TUNNEL
    }


def test_the_router_with_the_smaller_number_has_the_lower_address_however_the_ends_are_written() -> None:
    specs = device_specs(tunnel_city())

    assert addresses(specs["core1"])["wg-west"] == ["10.20.96.6/31", "fd20:20:96::6/127"]
    assert addresses(specs["core4"])["wg-west"] == ["10.20.96.7/31", "fd20:20:96::7/127"]


def test_a_new_tunnel_moves_no_other() -> None:
    before = device_specs(tunnel_city())
    another = {"number": 0, "kind": "gre", "link_class": "far"}
    ends = {"core2": {"address": "192.0.2.1"}, "core4": {"address": "192.0.2.4"}}

    after = device_specs(tunnel_city(tunnels={"another": {**another, "ends": ends}}))

    assert addresses(before["core1"]) == addresses(after["core1"])
    assert addresses(after["core4"]) == {
        **addresses(before["core4"]),
        "gre-another": addresses(after["core4"])["gre-another"],
    }


@pytest.mark.parametrize(
    ("name", "waiting", "going"), [("west", "core1", "core4"), ("north", "core4", "core1"), ("east", "core1", "core4")]
)
def test_the_end_with_an_address_waits_and_of_two_the_first(name: str, waiting: str, going: str) -> None:
    network = tunnel_city()

    assert end(network, waiting, name).waits
    assert not end(network, going, name).waits
    assert end(network, going, name).remote == network.tunnels[name].ends[waiting].address


def test_both_ends_have_each_other_as_a_neighbour_in_both_versions_of_ospf() -> None:
    specs = device_specs(tunnel_city())

    for mine, yours in (("core1", "core4"), ("core4", "core1")):
        over = [one for one in wanted_neighbours(specs[mine]) if one.why.startswith("tunnels.")]

        assert {one.router_id for one in over} == {specs[yours].router_id}
        assert {(one.version, one.interface) for one in over} == {
            (version, name) for version in (2, 3) for name in ("ip-east", "ov-north", "gre-south", "wg-west")
        }


def test_keys_stand_by_name_mine_private_and_yours_public() -> None:
    west = end(tunnel_city(), "core4", "west")

    assert west.private_key == "@secret(tunnel.west.core4.private)@"
    assert west.public_key == "@secret(tunnel.west.core1.public)@"
    assert west.shared_key == "@secret(tunnel.west.psk)@"
    assert not west.certificate


@pytest.mark.parametrize("status", ["planned", "staged"])
def test_a_tunnel_of_a_router_that_takes_no_part_is_on_neither(status: str) -> None:
    specs = device_specs(tunnel_city(nodes={"core4": {"status": status}}))

    assert not specs["core1"].tunnels
    assert not specs["core4"].tunnels
    assert not addresses(specs["core1"])


def test_a_planned_tunnel_is_on_no_router() -> None:
    specs = device_specs(tunnel_city(tunnels={"west": {"status": "planned"}}))

    assert "wg-west" not in addresses(specs["core1"])
    assert "wg-west" not in addresses(specs["core4"])


def test_a_tunnel_that_somebody_works_on_is_the_last_way() -> None:
    specs = device_specs(tunnel_city(tunnels={"west": {"status": "maintenance"}, "north": {"cost": 7}}))

    costs = {one.name: one.cost for one in specs["core1"].ospf.interfaces}

    assert (costs["wg-west"], costs["ov-north"], costs["gre-south"]) == (65535, 7, 500)


def test_wrapped_packets_are_led_to_their_table() -> None:
    ends = {"core1": {"address": "198.51.100.1", "vrf": "wan"}, "core4": {}}
    network = tunnel_city(vrfs={"wan": {"number": 7}}, tunnels={"west": {"ends": ends}})

    mine, yours = end(network, "core1", "west"), end(network, "core4", "west")

    assert (mine.vrf, mine.device, mine.table, mine.mark) == ("wan", "vrf-wan", 1007, 51823)
    assert replace(yours, device="", table=None, mark=None) == yours


ENDS = {"core1": {"address": "198.51.100.1", "vrf": "wan"}, "core4": {}}
BEFORE = tunnel_city(vrfs={"wan": {"number": 7}}, tunnels={"west": {"ends": ENDS}})
TREE = tree_of(BEFORE)
CHANGES: dict[str, dict[str, Any]] = {
    "tunnels": {
        "number": st.integers(0, 20),
        "kind": st.sampled_from(["wireguard", "openvpn", "ipsec", "gre"]),
        "ends": st.sampled_from(
            [{"core2": {}, "core3": {"address": "192.0.2.3"}}, {"core1": {"address": "192.0.2.1"}, "core4": {}}]
        ),
        "status": st.sampled_from(["planned", "active", "maintenance"]),
        "cost": st.integers(1, 9),
        "description": st.just("through the town"),
    },
    "vrfs": {"number": st.integers(1, 9)},
    "link_classes": {"hello": st.integers(1, 9), "cost": st.integers(1, 9), "mtu": st.integers(1280, 1380)},
    "pools": {"prefix": st.sampled_from(["10.20.97.0/24", "fd20:20:97::/64"])},
    "nodes": {"number": st.integers(1, 20), "status": st.sampled_from(["staged", "maintenance", "planned"])},
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw an object with one of its fields changed, or a tunnel removed."""
    kind = draw(st.sampled_from(sorted(CHANGES)))
    name = draw(st.sampled_from(sorted(TREE[kind])))
    if kind == "tunnels" and draw(st.integers(0, 5)) == 0:
        return Edit(kind=kind, name=name, body=None)
    field = draw(st.sampled_from(sorted(CHANGES[kind])))
    return Edit(kind=kind, name=name, body={**(TREE[kind][name] or {}), field: draw(CHANGES[kind][field])})


@settings(max_examples=60, deadline=None)
@given(st.lists(edits(), min_size=1, max_size=3))
def test_no_router_whose_tunnels_differ_is_missed(some: list[Edit]) -> None:
    after = edited(BEFORE, some)

    found = affected(BEFORE, after)

    if not problems(after):
        mine, yours = device_specs(BEFORE), device_specs(after)
        assert {name for name in mine if mine[name] != yours.get(name)} <= found


def test_an_edit_of_a_tunnel_reaches_its_two_routers_alone() -> None:
    body = {**TREE["tunnels"]["west"], "description": "under the river"}

    assert affected(BEFORE, edited(BEFORE, [Edit(kind="tunnels", name="west", body=body)])) == {"core1", "core4"}
