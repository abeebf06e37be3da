"""Segments: who is a member, what each member needs, and that nothing is lent or numbered twice."""

from dataclasses import replace
from ipaddress import IPv4Address

from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.devices import device_specs
from hanse.derive.layer2_spec import BridgeVlans, InterfaceKind
from hanse.derive.segment_spec import SegmentSpec
from hanse.derive.spec import DeviceSpec
from hanse.network.values.addresses import parse_address, parse_interface_address
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import NodeStatus
from hanse.network.wanted.ports import Port, PortKind
from hanse.network.wanted.problems import problems
from hanse.network.wanted.segments import Dhcp, Segment, SegmentKind
from samples.city import city

OFFICE = Segment(name="office", number=1, nodes=("core1", "core2"), mtu=1400)
GUESTS = Segment(
    name="guests",
    number=2,
    kind=SegmentKind.ACCESS,
    sites=("rathaus",),
    nodes=("spur2",),
    mtu=1400,
    gateways=(parse_interface_address("2001:db8:500:60::1/64"), parse_interface_address("10.60.0.1/24")),
    dhcp=Dhcp(first=parse_address("10.60.0.10"), last=parse_address("10.60.0.99")),
)


def with_segments(*segments: Segment) -> Network:
    """Return the city with these segments and a port for hosts at core1."""
    network = city()
    core1 = network.nodes["core1"]
    ports = {**core1.ports, "lan0": Port(name="lan0", untagged=segments[0].name)}
    nodes = {**network.nodes, "core1": replace(core1, ports=ports)}
    return replace(network, nodes=nodes, segments={segment.name: segment for segment in segments})


def specs(network: Network) -> dict[str, DeviceSpec]:
    """Return the specs of a network that has no problems."""
    assert not problems(network)
    return device_specs(network)


def segment(spec: DeviceSpec, name: str) -> SegmentSpec:
    """Return one segment of a router."""
    return next(one for one in spec.segments if one.name == name)


def interfaces(spec: DeviceSpec) -> dict[str, InterfaceKind]:
    """Return the kinds of a router's interfaces, by name."""
    return {one.name: one.kind for one in spec.interfaces}


def test_members_are_named_or_stand_at_a_site_or_have_a_tag() -> None:
    tagged = replace(OFFICE, nodes=("core1",), sites=("dom",), with_tags=("offices",))
    network = with_segments(tagged)
    spur2 = replace(network.nodes["spur2"], tags=("offices",))
    found = device_specs(replace(network, nodes={**network.nodes, "spur2": spur2}))

    assert {name for name, spec in found.items() if spec.segments} == {"core1", "core2", "spur2"}


def test_each_end_of_an_overlay_knows_all_the_others() -> None:
    found = specs(with_segments(replace(OFFICE, nodes=("core1", "core2", "spur1"))))

    ends = {
        name: next(one.vxlan for one in found[name].interfaces if one.vxlan) for name in ("core1", "core2", "spur1")
    }
    assert {name: str(end.local) for name, end in ends.items()} == {
        "core1": "10.20.0.1",
        "core2": "10.20.0.2",
        "spur1": "10.20.0.5",
    }
    assert [str(remote) for remote in ends["core2"].remotes] == ["10.20.0.1", "10.20.0.5"]
    assert {end.vni for end in ends.values()} == {10001}


def test_a_member_that_is_not_there_yet_is_told_to_nobody() -> None:
    network = with_segments(replace(OFFICE, nodes=("core1", "core2", "spur2")))
    planned = replace(network.nodes["spur2"], status=NodeStatus.PLANNED)

    found = device_specs(replace(network, nodes={**network.nodes, "spur2": planned}))

    remotes = next(one.vxlan for one in found["core1"].interfaces if one.vxlan).remotes
    assert [str(remote) for remote in remotes] == ["10.20.0.2"]


def test_the_only_member_needs_no_overlay() -> None:
    spec = specs(with_segments(replace(OFFICE, nodes=("core1",))))["core1"]

    assert segment(spec, "office").vxlan == ""
    assert interfaces(spec)["br-office"] is InterfaceKind.BRIDGE


def test_a_segment_has_a_bridge_of_its_own_where_the_router_has_none() -> None:
    spec = specs(with_segments(OFFICE))["core1"]

    bridge = next(one for one in spec.interfaces if one.name == "br-office")
    assert bridge.members == ("lan0", "vx-office")
    assert bridge.mtu == 1400


def test_a_segment_with_a_vlan_goes_over_the_bridge_of_its_router() -> None:
    network = with_segments(replace(GUESTS, vlan=100))
    core1 = network.nodes["core1"]
    ports = {
        **core1.ports,
        "br0": Port(name="br0", kind=PortKind.BRIDGE, members=("lan0", "trunk0")),
        "trunk0": Port(name="trunk0"),
    }
    spec = specs(replace(network, nodes={**network.nodes, "core1": replace(core1, ports=ports)}))["core1"]

    named = {one.name: one for one in spec.interfaces}
    assert named["br0"].members == ("lan0", "trunk0", "vx-guests")
    assert (named["gw-guests"].parent, named["gw-guests"].vlan) == ("br0", 100)
    vlans = {name: one.vlans or BridgeVlans() for name, one in named.items()}
    assert [vlans[name].untagged for name in ("lan0", "vx-guests", "trunk0")] == [100, 100, None]
    assert vlans["trunk0"].tagged == (100,)


def test_every_member_has_the_same_gateway_and_tells_the_others_of_it() -> None:
    found = specs(with_segments(GUESTS))

    assert {name: segment(found[name], "guests").gateways for name in ("core1", "border1", "spur2")} == dict.fromkeys(
        ("core1", "border1", "spur2"), tuple(reversed(GUESTS.gateways))
    )
    told = {str(stub.prefix) for stub in found["spur2"].ospf.stubs}
    assert {"10.60.0.0/24", "2001:db8:500:60::/64"} <= told


@given(st.integers(3, 200), st.integers(0, 50))
def test_no_address_is_lent_by_two_members_and_none_is_lost(count: int, begins: int) -> None:
    first = IPv4Address("10.60.0.2") + begins
    lent = Dhcp(first=first, last=first + count - 1)
    found = device_specs(with_segments(replace(GUESTS, dhcp=lent)))

    shares = [segment(found[name], "guests").dhcp for name in ("core1", "border1", "spur2")]
    numbers = [number for share in shares if share for number in range(int(share.first), int(share.last) + 1)]
    assert sorted(numbers) == list(range(int(lent.first), int(lent.last) + 1))


def test_a_mesh_stands_on_the_overlay_and_has_room_for_its_headers() -> None:
    spec = specs(with_segments(replace(OFFICE, kind=SegmentKind.MESH)))["core1"]

    named = {one.name: one for one in spec.interfaces}
    assert named["bat-office"].members == ("lan0", "vx-office")
    assert named["vx-office"].mtu == 1432
    assert "br-office" not in named
