"""What statuses do: planned and staged things are in nobody's configuration, drained ones are the last way."""

from dataclasses import replace

import pytest

from hanse.derive.devices import device_specs
from hanse.derive.life import out_of_service, takes_part
from hanse.derive.spec import DeviceSpec, ExternalSession, InterfaceRole
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.nodes import NodeStatus
from samples.city import city, city_with

HERE = device_specs(city())
not_yet = pytest.mark.parametrize("status", ["planned", "staged"])


def with_node(name: str, status: str) -> dict[str, DeviceSpec]:
    """Return the city's specs with one router at `status`."""
    return device_specs(city_with(nodes={name: {"status": status}}))


def with_link(name: str, status: str) -> dict[str, DeviceSpec]:
    """Return the city's specs with one link at `status`."""
    return device_specs(city_with(links={name: {"status": status}}))


def meets(spec: DeviceSpec) -> set[str]:
    """Return the routers that a router knows: by iBGP, and by the addresses of OSPF."""
    ids = {one.router_id: name for name, one in HERE.items()}
    return {one.remote_node for one in spec.bgp.internal} | {ids[one.neighbour] for one in spec.ospf.interfaces}


def untouched(spec: DeviceSpec, name: str) -> DeviceSpec:
    """Return a spec without what it has of one router: its sessions, its links' interfaces, and OSPF there."""
    links = {name for name, link in city().links.items() if any(end.node == name for end in link.ends)}
    mine = {f"links.{link}" for link in links}
    return replace(
        spec,
        bgp=replace(spec.bgp, internal=tuple(one for one in spec.bgp.internal if one.remote_node != name)),
        ospf=replace(spec.ospf, interfaces=tuple(one for one in spec.ospf.interfaces if one.why not in mine)),
        interfaces=tuple(one for one in spec.interfaces if one.role is not InterfaceRole.LINK or one.why not in mine),
    )


@not_yet
@pytest.mark.parametrize("name", sorted(HERE))
def test_no_router_knows_one_that_does_not_take_part(name: str, status: str) -> None:
    specs = with_node(name, status)

    assert meets(specs[name]) == set()
    assert all(name not in meets(spec) for spec in specs.values())


@not_yet
def test_all_others_keep_their_numbers_and_everything_else(status: str) -> None:
    specs = with_node("spur1", status)

    for name in HERE.keys() - {"spur1", "spur2", "core2"}:
        assert specs[name] == untouched(HERE[name], "spur1")
    assert specs["spur1"].router_id == HERE["spur1"].router_id


@not_yet
def test_neighbours_of_a_border_that_does_not_take_part_are_there_and_switched_off(status: str) -> None:
    specs = with_node("border1", status)

    assert [one.name for one in specs["border1"].bgp.external] == [one.name for one in HERE["border1"].bgp.external]
    assert not any(one.enabled for one in specs["border1"].bgp.external)
    assert specs["border1"].bgp.origins == ()


def test_a_planned_link_is_on_neither_of_its_routers() -> None:
    specs = with_link("ring-dom-uni", "planned")

    for name in ("core2", "core3"):
        why = {one.why for one in specs[name].interfaces} | {one.why for one in specs[name].ospf.interfaces}
        assert "links.ring-dom-uni" not in why
    assert {name for name in HERE if specs[name] != HERE[name]} == {"core2", "core3"}


@pytest.mark.parametrize("kind", ["nodes", "links"])
def test_what_is_offline_stays_in_every_configuration(kind: str) -> None:
    name = {"nodes": "core2", "links": "ring-dom-uni"}[kind]

    assert device_specs(city_with(**{kind: {name: {"status": "offline"}}})) == HERE


def test_a_drained_router_is_the_last_way_and_its_neighbours_do_not_change() -> None:
    specs = with_node("core2", "maintenance")

    assert specs["core2"].ospf.max_metric
    assert {one.cost for one in specs["core2"].ospf.interfaces} == {65535}
    assert specs["core2"].ospf.stubs == HERE["core2"].ospf.stubs
    assert {name for name in HERE if specs[name] != HERE[name]} == {"core2"}


def test_a_drained_link_is_the_last_way_at_both_its_ends_and_no_other_is() -> None:
    specs = with_link("ring-dom-uni", "maintenance")

    costs = {
        name: {one.why: one.cost for one in specs[name].ospf.interfaces if one.cost != 100}
        for name in ("core2", "core3")
    }

    assert costs["core2"] == {"links.ring-rathaus-dom": 10, "links.ring-dom-uni": 65535}
    assert costs["core3"] == {"links.ring-dom-uni": 65535, "links.ring-uni-hafen": 10, "links.border-east": 10}
    assert not specs["core2"].ospf.max_metric


def is_drained(session: ExternalSession) -> bool:
    """Say whether all that is taken comes last, and all that is told asks for other ways."""
    rule = session.imports.policies[-1:]
    return (
        session.draining
        and [one.local_preference for one in rule] == [0]
        and not (rule[0].prefixes or rule[0].with_communities)
        and "65535:0" in map(str, session.exports.communities)
        and bool(session.exports.on_default) == session.exports.default_route
    )


def test_every_session_of_a_drained_border_asks_traffic_to_leave() -> None:
    specs = with_node("border2", "maintenance")

    assert all(map(is_drained, specs["border2"].bgp.external))
    assert not any(map(is_drained, specs["border1"].bgp.external))


def test_a_session_before_its_maintenance_is_drained_alone() -> None:
    specs = device_specs(city_with(sessions={"westnet": {"status": "pre-maintenance"}}))

    assert {one.session for one in specs["border1"].bgp.external if is_drained(one)} == {"westnet"}


def test_a_session_that_is_switched_off_has_nothing_to_drain() -> None:
    specs = device_specs(
        city_with(sessions={"westnet": {"status": "disabled"}}, nodes={"border1": {"status": "maintenance"}})
    )

    assert {one.session for one in specs["border1"].bgp.external if not one.draining} == {"westnet"}


def test_the_last_rule_has_the_last_word_over_policies() -> None:
    specs = device_specs(
        city_with(
            routing_policies={"prefer": {"direction": "import", "local_preference": 400}},
            sessions={"westnet": {"import_policies": ["prefer"], "status": "pre-maintenance"}},
        )
    )

    rules = [one.imports.policies for one in specs["border1"].bgp.external if one.session == "westnet"]

    assert [[rule.local_preference for rule in those] for those in rules] == [[400, 0], [400, 0]]
    assert {those[-1].why for those in rules} == {"sessions.westnet.status"}


@pytest.mark.parametrize("status", list(LinkStatus))
def test_a_link_of_every_status_is_in_service_or_says_why_not(status: LinkStatus) -> None:
    network = city_with(links={"border-west": {"status": status}})

    link = network.links["border-west"]

    assert takes_part(network, link) == (status is not LinkStatus.PLANNED)
    assert out_of_service(network, link) == {
        LinkStatus.PLANNED: "it is planned",
        LinkStatus.OFFLINE: "it is offline",
    }.get(status, "")


@pytest.mark.parametrize("status", list(NodeStatus))
def test_a_link_follows_its_routers(status: NodeStatus) -> None:
    network = city_with(nodes={"border1": {"status": status}})

    link = network.links["border-west"]

    assert takes_part(network, link) == status.takes_part
    in_service = status in {NodeStatus.ACTIVE, NodeStatus.MAINTENANCE}
    assert out_of_service(network, link) == ("" if in_service else f"border1 is {status}")
