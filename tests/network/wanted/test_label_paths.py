"""Label paths, LDP and VPNs that contradict themselves or what is around them: each is told where, and the way out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.wanted.files import network_from, tree_of
from hanse.network.wanted.label_paths import LABELS, MOST, LabelPath
from hanse.network.wanted.label_steps import routers_of, steps_of, way_back
from hanse.network.wanted.problems import problems
from hanse.network.wanted.renaming import renamed
from samples.labels import labels_network, labels_with

EOS = {"driver": "eos", "dialect": "eos"}


def test_a_ring_with_labels_of_every_kind_has_no_problems() -> None:
    assert problems(labels_network()) == ()


@pytest.mark.parametrize(
    ("steps", "fields", "path", "sentence"),
    [
        (
            ("label_paths", "across"),
            {"start": "wets"},
            "label_paths.across.start",
            "there is no node 'wets': did you mean west?",
        ),
        (
            ("label_paths", "across"),
            {"links": ["west-south", "east-suoth"]},
            "label_paths.across.links.1",
            "there is no link 'east-suoth': did you mean east-south?",
        ),
        (
            ("links", "east-south"),
            {"status": "planned"},
            "label_paths.across.links.1",
            "east-south, or a router of it, is only planned: take a way that is there already",
        ),
        (
            ("nodes", "south"),
            {"status": "staged"},
            "label_paths.across.links.0",
            "west-south, or a router of it, is only planned: take a way that is there already",
        ),
        (
            ("label_paths", "across"),
            {"links": ["west-south", "core-east"]},
            "label_paths.across.links.1",
            "core-east joins core and east, and the path is at south: name a link from there",
        ),
        (
            ("label_paths", "across"),
            {"links": ["core-east", "east-south"]},
            "label_paths.across.links.0",
            "core-east joins core and east, and the path is at west: name a link from there",
        ),
        (
            ("label_paths", "round"),
            {"links": ["west-south", "west-core", "core-east", "east-south"]},
            "label_paths.round.links.3",
            "it comes by south a second time: leave the circle out",
        ),
        (
            ("label_paths", "across"),
            {"links": ["west-south"]},
            "label_paths.across.links",
            "the last router but one takes the label off, so on one link there is none: name two links or more",
        ),
        (
            ("label_paths", "long"),
            {"number": 0},
            "label_paths.long.number",
            "0 is the number of across: take another one, 2 is free",
        ),
        (
            ("label_paths", "twin"),
            {"number": 7, "start": "east", "links": ["core-east", "west-core"]},
            "label_paths.twin",
            "across leads from east to west already, and a loopback has one way: remove one of the two",
        ),
        (
            ("nodes", "south", "ports", "west0"),
            {"mtu": 1504},
            "links.west-south.ends.1",
            (
                "class fibre has an MTU of 1500, label_paths.across adds 8 octets, and south:west0 has one of 1504: "
                "raise that of south:west0 to 1508"
            ),
        ),
        (
            ("nodes", "core", "ports", "east0"),
            {"mtu": None},
            "links.core-east.ends.0",
            (
                "class backbone has an MTU of 1500, link_classes.backbone.ldp adds 8 octets, and core:east0 has one of "
                "1500: raise that of core:east0 to 1508"
            ),
        ),
        (
            ("nodes", "south", "ports", "west0"),
            {"vrf": "works"},
            "links.west-south",
            (
                "south:west0 is in VRF works, and labels (label_paths.across) are the global table's: take the port "
                "out of the VRF, or the labels from the link"
            ),
        ),
        (
            ("platforms", "small"),
            EOS,
            "label_paths.across",
            "south speaks eos, and only Linux routers with bird2 or frr have words for labels: lead the path around it",
        ),
        (
            ("link_classes", "fibre"),
            {"ldp": True},
            "links.west-south.ends.1",
            (
                "class fibre has `ldp: true`, and south speaks bird2: only frr knows it, "
                "take another class or another platform"
            ),
        ),
        (
            ("nodes", "east"),
            {"platform": "small"},
            "vrfs.guests.vpn",
            (
                "east is a member and speaks bird2: only frr knows VPNs, give it a platform with that dialect, "
                "or write `vpn: false`"
            ),
        ),
        (
            ("nodes", "south"),
            {"roles": ["route-reflector"]},
            "vrfs.guests.vpn",
            (
                "south reflects its routes and speaks bird2: only frr knows VPNs, give it a platform with that "
                "dialect, or write `vpn: false`"
            ),
        ),
        (
            ("nodes", "south", "ports", "lan0"),
            {"vrf": "works"},
            "vrfs.works.vpn",
            (
                "no labels lead from west to south: write `ldp: true` at the class of the links between them, or "
                "a label path"
            ),
        ),
        (
            ("vrfs", "guests"),
            {"leaks": {"printers": {"source": "works", "prefixes": ["10.88.4.0/24"]}}},
            "vrfs.guests.vpn",
            "it has leaks, and a table of FRR has either leaks or a VPN: take one of the two away",
        ),
        (
            ("vrfs", "guests"),
            {"shared": ["10.88.1.0/24"]},
            "vrfs.guests.vpn",
            "it has shared routes, and a table of FRR has either leaks or a VPN: take one of the two away",
        ),
        (
            ("vrfs", "others"),
            {"number": 3, "leaks": {"printers": {"source": "works", "prefixes": ["10.88.4.0/24"]}}},
            "vrfs.works.vpn",
            "it has a leak into others, and a table of FRR has either leaks or a VPN: take one of the two away",
        ),
    ],
)
def test_a_contradiction_is_told_with_the_way_out(
    steps: tuple[str, ...], fields: dict[str, Any], path: str, sentence: str
) -> None:
    found = problems(labels_with(*steps, **fields))

    assert (path, sentence) in [(".".join(problem.path), problem.sentence) for problem in found]


def test_a_path_alone_joins_members_of_a_vpn() -> None:
    network = labels_with("link_classes", "backbone", ldp=None)

    assert problems(network) == ()


def vpn_sentences(*steps: str, **fields: Any) -> set[str]:
    """Return what is said of VPNs in a ring without the path from west to east."""
    tree = tree_of(labels_with(*steps, **fields))
    del tree["label_paths"]["across"]
    return {problem.sentence for problem in problems(network_from(tree)) if problem.path[0] == "vrfs"}


def test_a_vpn_goes_by_ldp_where_all_its_shortest_ways_have_labels() -> None:
    assert vpn_sentences("link_classes", "fibre") == set()


@pytest.mark.parametrize("cost", [10, 5])
def test_a_shortest_way_without_labels_is_told_also_beside_one_that_has_them(cost: int) -> None:
    assert vpn_sentences("link_classes", "fibre", cost=cost) == {
        (
            "a shortest way from west to east goes by west-south, which has no labels, and packets would be lost "
            "there: write `ldp: true` at its class, give west-south a higher cost, or lead a label path"
        )
    }


def test_a_tunnel_on_a_shortest_way_of_a_vpn_has_no_labels() -> None:
    tunnel = {"number": 0, "kind": "gre", "link_class": "fibre", "cost": 20}
    ends = {"west": {"address": "192.0.2.1"}, "east": {"address": "192.0.2.2"}}

    found = vpn_sentences("tunnels", "air", **tunnel, ends=ends)

    assert [sentence for sentence in found if "goes by air, which has no labels" in sentence]


def test_a_vpn_with_one_member_needs_no_labels() -> None:
    assert problems(labels_with("vrfs", "single", number=9, vpn=True)) == ()


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_two_paths_never_share_a_label_and_the_kernel_has_room_for_all(one: int, other: int) -> None:
    mine = LabelPath(name="mine", number=one, start="west", links=("a",))
    yours = LabelPath(name="yours", number=other, start="west", links=("a",))

    shared = {mine.label_there, mine.label_back} & {yours.label_there, yours.label_back}

    assert bool(shared) == (one == other)
    assert max(mine.label_back, yours.label_back) < LABELS


def test_the_way_back_is_the_way_there_turned_around() -> None:
    network = labels_network()
    path = network.label_paths["round"]

    there = steps_of(network, path)

    assert routers_of(network, path) == ("south", "west", "core", "east")
    assert [str(step.leaves) for step in there] == ["south:west0", "west:core0", "core:east0"]
    assert [str(step.leaves) for step in way_back(there)] == ["east:core0", "core:west0", "west:south0"]


def test_a_link_and_a_router_that_are_called_otherwise_stay_on_their_paths() -> None:
    network = labels_network()

    link = {edit.name: edit.body for edit in renamed(network, "links", "west-south", "old-south")}
    router = {edit.name: edit.body for edit in renamed(network, "nodes", "west", "harbour")}

    assert link["across"]
    assert link["across"]["links"] == ["old-south", "east-south"]
    assert router["across"]
    assert router["across"]["start"] == "harbour"
