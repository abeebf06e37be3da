"""Labels at each router of a path: packets that are put in at one end come out at the other."""

from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.derive.affected import affected
from hanse.derive.devices import device_spec, device_specs
from hanse.derive.label_spec import LabelSpec
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.edits import Edit, edited
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.label_steps import routers_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from samples.labels import labels_network, labels_with

RING = labels_network()
TREE = tree_of(RING)
LINKS = sorted(RING.links)


def travelled(network: Network, start: str, end: str) -> list[str]:
    """Return the routers that a labelled packet from `start` to the loopback of `end` comes by."""
    specs = device_specs(network)
    goal = ip_address(specs[end].router_id)
    push = next(one for one in specs[start].labels.pushes if goal in one.prefix)
    here, way = start, [start]
    label: int | None = push.label
    interface, via = push.interface, push.via
    while True:
        here = _behind(network, here, interface)
        assert via in {address.ip for one in specs[here].interfaces for address in one.addresses}
        way.append(here)
        if label is None:
            return way
        swap = next(one for one in specs[here].labels.swaps if one.label == label)
        label, interface, via = swap.out, swap.interface, swap.via


def _behind(network: Network, node: str, port: str) -> str:
    link = next(one for one in network.links.values() if f"{node}:{port}" in map(str, one.ends))
    return next(end.node for end in link.ends if end.node != node)


def labels(network: Network, node: str) -> LabelSpec:
    return device_spec(network, node).labels


@pytest.mark.parametrize("name", sorted(RING.label_paths))
def test_packets_come_by_the_routers_of_their_path_both_ways(name: str) -> None:
    routers = list(routers_of(RING, RING.label_paths[name]))

    assert travelled(RING, routers[0], routers[-1]) == routers
    assert travelled(RING, routers[-1], routers[0]) == routers[::-1]


def test_a_new_path_changes_no_label_of_another() -> None:
    other = {"number": 9, "start": "south", "links": ["east-south", "core-east"]}

    after = labels_with("label_paths", "another", **other)

    for name in ("west", "east"):
        kept = [one for one in labels(after, name).swaps if one.why != "label_paths.another"]
        assert tuple(kept) == labels(RING, name).swaps
        assert labels(after, name).pushes == labels(RING, name).pushes


def test_every_interface_that_labels_come_in_by_takes_them() -> None:
    taking = {name: [one.name for one in labels(RING, name).interfaces] for name in RING.nodes}

    assert taking == {
        "west": ["core0", "south0"],
        "core": ["east0", "west0"],
        "east": ["core0", "south0"],
        "south": ["east0", "west0"],
    }


def test_ldp_speaks_on_the_links_of_its_class_alone() -> None:
    assert [one.name for one in labels(RING, "west").ldp] == ["core0"]
    assert labels(RING, "south").ldp == ()


def test_links_with_labels_have_room_for_two_more_and_others_stay_as_they_are() -> None:
    without = labels_with(label_paths=None)

    assert {one.mtu for one in device_spec(RING, "south").interfaces if one.role == "link"} == {1508}
    assert {one.mtu for one in device_spec(without, "south").interfaces if one.role == "link"} == {1500}


def test_a_router_without_labels_has_none() -> None:
    without = labels_with(label_paths=None)

    assert labels(without, "south") == LabelSpec()
    assert labels(without, "south").room == 0


@pytest.mark.parametrize(
    ("steps", "fields"),
    [(("links", "east-south"), {"status": "maintenance"}), (("nodes", "south"), {"status": "maintenance"})],
)
def test_a_path_that_somebody_works_on_is_left_to_routing_and_still_knows_its_labels(
    steps: tuple[str, ...], fields: dict[str, Any]
) -> None:
    drained = labels_with(*steps, **fields)

    assert "label_paths.across" not in {one.why for name in RING.nodes for one in labels(drained, name).pushes}
    assert labels(drained, "south").swaps == labels(RING, "south").swaps


def test_a_router_that_somebody_works_on_is_still_the_end_of_its_paths() -> None:
    drained = labels_with("nodes", "west", status="maintenance")

    assert "label_paths.across" in {one.why for one in labels(drained, "east").pushes}


def test_members_of_a_vpn_have_a_distinguisher_each_and_one_target() -> None:
    vpns = [vrf.vpn for name in ("west", "east") for vrf in device_spec(RING, name).vrfs if vrf.name == "works"]

    assert [(vpn.distinguisher, vpn.target) for vpn in vpns if vpn] == [
        ("10.20.0.1:2", "64500:2"),
        ("10.20.0.3:2", "64500:2"),
    ]


def test_sessions_tell_of_vpns_where_both_ends_know_them() -> None:
    def told(spec: DeviceSpec) -> list[str]:
        return [session.remote_node for session in spec.bgp.internal if session.vpn]

    assert told(device_spec(RING, "west")) == ["core", "east"]
    assert told(device_spec(RING, "south")) == []
    assert told(device_spec(labels_with(vrfs=None), "core")) == []


def test_closed_routers_let_ldp_in_from_neighbours_and_vpns_out_over_labelled_links() -> None:
    west = device_spec(labels_with("network", firewall="closed"), "west")

    hello, session = [rule for rule in west.firewall.rules if rule.ports == "646"]
    passage = next(one for one in west.firewall.passages if one.vrf == "guests")

    assert (hello.protocol, hello.interface, [str(one.prefix) for one in hello.sources]) == (
        "udp",
        "core0",
        ["10.20.8.0/31"],
    )
    assert (session.protocol, session.interface) == ("tcp", "")
    assert "10.20.0.0/24" in {str(one.prefix) for one in session.sources}
    assert set(passage.ways) == {"vrf-guests", "guests0", "core0", "south0"}


STATUS = st.sampled_from(["active", "maintenance", "planned", "offline"])
CHANGES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "label_paths": {
        "number": st.integers(0, 9),
        "start": st.sampled_from(sorted(RING.nodes)),
        "links": st.permutations(LINKS).map(lambda links: links[:2]),
    },
    "link_classes": {"ldp": st.booleans(), "mtu": st.integers(1400, 1500)},
    "links": {"number": st.integers(0, 9), "status": STATUS, "link_class": st.sampled_from(["fibre", "backbone"])},
    "nodes": {
        "number": st.integers(1, 9),
        "status": st.sampled_from(["active", "maintenance", "planned", "offline"]),
        "platform": st.sampled_from(["free", "small"]),
        "roles": st.sampled_from([[], ["route-reflector"]]),
    },
    "platforms": {"dialect": st.sampled_from(["frr", "bird2"])},
    "vrfs": {"vpn": st.booleans(), "number": st.integers(1, 9)},
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw an object of the ring with one field changed; now and then it goes."""
    kind = draw(st.sampled_from(sorted(CHANGES)))
    name = draw(st.sampled_from(sorted(TREE[kind])))
    if kind in {"label_paths", "vrfs"} and draw(st.integers(0, 3)) == 0:
        return Edit(kind=kind, name=name, body=None)
    field = draw(st.sampled_from(sorted(CHANGES[kind])))
    return Edit(kind=kind, name=name, body={**TREE[kind][name], field: draw(CHANGES[kind][field])})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(some=st.lists(edits(), min_size=1, max_size=3))
def test_no_router_whose_labels_differ_is_missed(some: list[Edit]) -> None:
    after = edited(RING, some)

    found = affected(RING, after)

    if not problems(after):
        mine, yours = device_specs(RING), device_specs(after)
        assert {name for name in RING.nodes if mine[name] != yours[name]} <= found


@pytest.mark.parametrize(
    ("kind", "name", "change", "reached"),
    [
        ("label_paths", "across", {"number": 5}, {"west", "south", "east"}),
        ("label_paths", "across", {"description": "blue"}, {"west", "south", "east"}),
        ("link_classes", "backbone", {"ldp": False}, {"west", "core", "east"}),
        ("links", "east-south", {"status": "maintenance"}, {"west", "core", "east", "south"}),
        ("vrfs", "works", {"description": "blue"}, {"west", "east"}),
    ],
)
def test_an_edit_reaches_the_routers_along_the_path(
    kind: str, name: str, change: dict[str, Any], reached: set[str]
) -> None:
    after = edited(RING, [Edit(kind=kind, name=name, body={**TREE[kind][name], **change})])

    assert affected(RING, after) == reached


def test_ports_are_known_at_which_a_router_on_frr_hands_labelled_packets_over() -> None:
    only_south = labels_with("nodes", "west", platform="small")

    assert device_spec(RING, "south").labels.from_frr == ("east0", "west0")
    assert device_spec(only_south, "south").labels.from_frr == ("east0",)
    assert device_spec(labels_with(label_paths=None), "south").labels.from_frr == ()
