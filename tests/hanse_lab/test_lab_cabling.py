"""The plan of a lab, from the wanted network and the outside world."""

from dataclasses import replace
from pathlib import Path

import pytest

from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network
from hanse_lab.cabling import lab_plan
from hanse_lab.errors import OutsideUnclear
from hanse_lab.outside import Outside, outside_from
from hanse_lab.plan import Daemon, LabPlan, Plug, Speaker, plugs_with_carrier

CITY = Path(__file__).resolve().parents[2] / "examples" / "small-city"


@pytest.fixture(scope="module")
def network() -> Network:
    """Give the running example."""
    return load({path.name: path.read_text() for path in CITY.glob("*.yml") if path.name != "outside.yml"}).network


@pytest.fixture(scope="module")
def outside() -> Outside:
    """Give the world around it."""
    return outside_from((CITY / "outside.yml").read_text())


@pytest.fixture(scope="module")
def plan(network: Network, outside: Outside) -> LabPlan:
    """Give the plan of its lab."""
    return lab_plan(network, outside)


def speaker(plan: LabPlan, name: str) -> Speaker:
    """Return one neighbour of the plan."""
    return next(one for one in plan.speakers if one.name == name)


def test_every_router_has_its_management_address_and_port(network: Network, plan: LabPlan) -> None:
    found = {router.name: (router.management_port, router.address) for router in plan.routers}

    assert found == {name: (node.management.port, node.management.address) for name, node in network.nodes.items()}


def test_every_link_is_a_cable_of_its_two_ends(network: Network, plan: LabPlan) -> None:
    cables = {cable.name: {str(plug) for plug in cable.plugs} for cable in plan.cables}

    for name, link in network.links.items():
        assert cables[name] == {str(end) for end in link.ends}


def test_an_exchange_is_one_shared_cable_with_our_port_and_all_members(plan: LabPlan) -> None:
    lan = next(cable for cable in plan.cables if cable.name == "pix")

    assert lan.shared
    assert [plug.node for plug in lan.plugs] == ["border1", "alme", "beke", "lippe", "pader", "pix-rs"]


def test_a_direct_neighbour_is_cabled_to_the_port_that_has_its_network(plan: LabPlan) -> None:
    cable = next(cable for cable in plan.cables if cable.name == "border2-cust0")

    assert cable.plugs == (Plug(node="border2", port="cust0"), Plug(node="buchladen", port="eth0"))


def test_no_port_holds_two_cables(plan: LabPlan) -> None:
    plugs = [plug for cable in plan.cables for plug in cable.plugs]

    assert len(plugs) == len(set(plugs))


def test_every_wanted_session_has_the_other_end(network: Network, plan: LabPlan) -> None:
    answered = {(peer.local_address, one.asn) for one in plan.speakers for peer in one.peers if peer.is_ours}

    wanted = {(str(address), one.asn.number) for one in network.sessions.values() for address in one.addresses}
    assert answered == wanted


def test_a_route_server_speaks_with_its_clients_and_they_with_it(plan: LabPlan) -> None:
    server, member = speaker(plan, "pix-rs"), speaker(plan, "alme")

    assert server.route_server
    assert sorted(peer.asn for peer in server.peers if not peer.is_ours) == sorted([64501, 64502, 64503, 64504] * 2)
    assert [peer.asn for peer in member.peers if peer.via_route_server] == [64510, 64510]


def test_the_outside_world_runs_no_bird(plan: LabPlan) -> None:
    assert {one.daemon for one in plan.speakers} == set(Daemon) - {Daemon.NONE}


def test_an_unknown_session_is_named(network: Network, outside: Outside) -> None:
    wrong = replace(outside.neighbours["alme"], sessions=("pix-nobody",))

    with pytest.raises(OutsideUnclear, match="neighbour alme answers 'pix-nobody'"):
        lab_plan(network, Outside(neighbours={"alme": wrong}))


def test_a_neighbour_called_like_a_router_is_refused(network: Network, outside: Outside) -> None:
    with pytest.raises(OutsideUnclear, match="core1 is a router of the network"):
        lab_plan(network, Outside(neighbours={"core1": outside.neighbours["westnet"]}))


def test_a_host_is_plugged_into_the_port_that_it_names(network: Network) -> None:
    text = "hosts: {alice: {at: 'core1:ring0', addresses: [10.60.0.5/24], gateways: [10.60.0.1, '2001:db8::1']}}"

    plan = lab_plan(network, outside_from(text))

    cable = next(cable for cable in plan.cables if cable.name == "alice")
    assert [str(plug) for plug in cable.plugs] == ["core1:ring0", "alice:eth0"]
    assert speaker(plan, "alice").ports[0].addresses == ("10.60.0.5/24",)
    assert speaker(plan, "alice").back == (("0.0.0.0/0", "10.60.0.1"), ("::/0", "2001:db8::1"))


def test_a_cable_that_no_link_speaks_of_joins_two_ports(network: Network) -> None:
    plan = lab_plan(network, outside_from("cables: {spare: ['core1:border0', 'core2:radio0']}"))

    spare = next(cable for cable in plan.cables if cable.name == "spare")
    assert [str(plug) for plug in spare.plugs] == ["core1:border0", "core2:radio0"]


@pytest.mark.parametrize("text", ["hosts: {alice: {at: 'core1:lan7'}}", "cables: {spare: ['core1:ring0', 'none:x']}"])
def test_a_cable_into_no_port_is_refused(network: Network, text: str) -> None:
    with pytest.raises(OutsideUnclear, match="and the network has no such port"):
        lab_plan(network, outside_from(text))


def test_a_host_called_like_a_router_is_refused(network: Network) -> None:
    with pytest.raises(OutsideUnclear, match="core1 is a router of the network"):
        lab_plan(network, outside_from("hosts: {core1: {at: 'core2:ring0'}}"))


def test_an_unknown_word_in_the_file_is_named() -> None:
    with pytest.raises(OutsideUnclear, match=r"neighbours\.a\.demon"):
        outside_from("neighbours: {a: {daemon: frr, demon: frr, sessions: []}}")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("daemon: none, sessions: [s]", "a has no daemon: write it under `hosts`"),
        ("daemon: frr, sessions: [s], clients: [b]", "a is a route server: its daemon must be openbgpd"),
        ("daemon: openbgpd, sessions: [s], path: [64506]", "a has a path: openbgpd cannot announce one"),
        ("daemon: frr, sessions: []", "a answers no session"),
    ],
)
def test_what_a_daemon_cannot_do_is_named(body: str, said: str) -> None:
    with pytest.raises(OutsideUnclear, match=said):
        outside_from(f"neighbours: {{a: {{{body}}}}}")


def test_a_file_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(OutsideUnclear, match="not YAML"):
        outside_from("neighbours: {")


def test_with_nothing_cut_every_port_has_carrier(plan: LabPlan) -> None:
    lit = plugs_with_carrier(plan, cut=frozenset(), off=frozenset())

    assert lit == {plug for cable in plan.cables for plug in cable.plugs}


def test_a_cut_cable_is_dark_at_both_ends(plan: LabPlan) -> None:
    lit = plugs_with_carrier(plan, cut=frozenset({"border-west"}), off=frozenset())

    assert not {plug for plug in lit if str(plug) in {"core1:border0", "border1:core0"}}


def test_a_node_without_power_darkens_its_fibres_and_not_the_exchange(plan: LabPlan) -> None:
    lit = {str(plug) for plug in plugs_with_carrier(plan, cut=frozenset(), off=frozenset({"border1"}))}

    assert "core1:border0" not in lit
    assert "westnet:eth0" not in lit
    assert "alme:eth0" in lit


def test_one_port_of_an_exchange_can_be_unplugged(plan: LabPlan) -> None:
    lit = {str(plug) for plug in plugs_with_carrier(plan, cut=frozenset({"alme:eth0"}), off=frozenset())}

    assert "alme:eth0" not in lit
    assert "border1:pix0" in lit
