"""What closed routers let in: every wanted neighbour, each from where it is, and what else was named."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hanse.derive.devices import device_spec, device_specs
from hanse.derive.firewall import rules
from hanse.derive.firewall_spec import Entrance, FirewallSpec, Opening, Rule
from hanse.derive.spec import DeviceSpec
from hanse.network.values.addresses import Address, Prefix
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from hanse.network.wanted.services import Firewall
from samples.city import city, city_with
from samples.closed_city import CLOSED, cities, closed_city
from samples.tunnels import TUNNELS

DOCUMENTATION = ip_network("192.0.2.0/24")


def lets_in(spec: DeviceSpec, protocol: str, port: int | None, source: Address, interface: str = "") -> bool:
    """Say whether a rule lets a packet in; without an interface, over any."""
    return any(_fits(rule, protocol, port, source, interface) for rule in spec.firewall.rules)


def _fits(rule: Rule, protocol: str, port: int | None, source: Address, interface: str) -> bool:
    first, _, last = rule.ports.partition("-")
    return (
        rule.protocol == protocol
        and rule.interface in {"", interface}
        and (not rule.ports or (port is not None and int(first) <= port <= int(last or first)))
        and (not rule.sources or any(_holds(one.prefix, source) for one in rule.sources))
    )


def _holds(prefix: Prefix, address: Address) -> bool:
    return prefix.version == address.version and address in prefix


def entrance(network: Network, node: str, interface: str) -> Entrance:
    return next(one for one in device_spec(network, node).firewall.entrances if one.interface == interface)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cities())
def test_what_every_wanted_neighbour_speaks_comes_in(network: Network) -> None:
    assert problems(network) == ()

    for spec in device_specs(network).values():
        for remote in bgp_neighbours(spec):
            assert lets_in(spec, "tcp", 179, remote)
        for watched in spec.bgp.external:
            if watched.bfd:
                port = 4784 if watched.multihop else 3784
                assert lets_in(spec, "udp", port, watched.remote_address, watched.interface)
        for source, interface in ospf_speakers(network, spec):
            assert lets_in(spec, "ospf", None, source, interface)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cities())
def test_whoever_manages_a_router_comes_in(network: Network) -> None:
    for name, spec in device_specs(network).items():
        assert lets_in(spec, "tcp", 22, network.nodes[name].management.address.network[200])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cities())
def test_no_stranger_speaks_bgp_or_ospf(network: Network) -> None:
    stranger = ip_network("192.0.2.99/32")[0]

    for spec in device_specs(network).values():
        assert not lets_in(spec, "tcp", 179, stranger, "pix0")
        assert not lets_in(spec, "ospf", None, stranger, "pix0")


def bgp_neighbours(spec: DeviceSpec) -> tuple[Address, ...]:
    inside = (session.remote_address for session in spec.bgp.internal)
    return (*inside, *(session.remote_address for session in spec.bgp.external))


def ospf_speakers(network: Network, spec: DeviceSpec) -> Iterator[tuple[Address, str]]:
    """Yield from where the far ends of a router's links speak OSPFv2, and our interface there."""
    specs = device_specs(network)
    for link in network.links.values():
        ends = {end.node: end.port for end in link.ends}
        if spec.name in ends:
            (far,) = (end for end in link.ends if end.node != spec.name)
            interface = next(one for one in specs[far.node].interfaces if one.name == far.port)
            yield next(one.ip for one in interface.addresses if one.version == 4), ends[spec.name]


def test_nothing_of_it_is_derived_for_open_routers() -> None:
    for spec in device_specs(city_with(services={"web": {"ports": [80]}})).values():
        assert spec.firewall == FirewallSpec(mode=Firewall.OPEN)


def test_managers_come_from_where_it_is_said_and_to_the_port_of_the_login() -> None:
    network = city_with(
        network={**CLOSED, "management_sources": ["192.0.2.128/25"]}, nodes={"core1": {"login": {"port": 2222}}}
    )
    spec = device_spec(network, "core1")

    assert lets_in(spec, "tcp", 2222, DOCUMENTATION[200])
    assert not lets_in(spec, "tcp", 2222, DOCUMENTATION[1])
    assert not lets_in(spec, "tcp", 22, DOCUMENTATION[200])
    assert not lets_in(spec, "tcp", 2222, network.nodes["core2"].management.address.ip)


def test_a_service_is_let_in_where_it_is_offered_and_from_whom_it_is_for() -> None:
    network = city_with(
        network=CLOSED, services={"web": {"ports": [443], "sources": ["192.0.2.0/25"], "nodes": ["core1"]}}
    )

    assert lets_in(device_spec(network, "core1"), "tcp", 443, DOCUMENTATION[1])
    assert not lets_in(device_spec(network, "core1"), "tcp", 443, DOCUMENTATION[200])
    assert not lets_in(device_spec(network, "core2"), "tcp", 443, DOCUMENTATION[1])


def test_openings_that_differ_in_their_sources_are_one_rule() -> None:
    one, other = ip_network("192.0.2.1/32"), ip_network("192.0.2.2/32")
    openings = (
        Opening(protocol="tcp", port=179, sources=(one,), why="sessions.one"),
        Opening(protocol="tcp", port=179, sources=(other, one), why="sessions.other"),
    )

    (rule,) = rules(openings)

    assert [(source.prefix, source.why) for source in rule.sources] == [
        (one, "sessions.one"),
        (other, "sessions.other"),
    ]


def test_what_is_open_to_everybody_names_no_sources() -> None:
    openings = (
        Opening(protocol="udp", port=51820, sources=(DOCUMENTATION,), why="tunnels.west"),
        Opening(protocol="udp", port=51820, why="tunnels.road"),
    )

    (rule,) = rules(openings)

    assert (rule.sources, rule.why) == ((), "tunnels.road")


def test_what_others_have_of_our_space_may_come_from_anywhere() -> None:
    network = closed_city(autonomous_systems={"64505": {"prefixes": ["203.0.113.128/28", "198.51.100.128/26"]}})

    assert [str(one.prefix) for one in device_spec(network, "border1").firewall.not_own] == ["203.0.113.128/28"]


def test_at_an_exchange_and_at_an_upstream_nobody_has_addresses_of_ours() -> None:
    own = [one.prefix for one in device_spec(closed_city(), "border1").firewall.own]

    assert not entrance(closed_city(), "border1", "pix0").only
    assert not entrance(closed_city(), "border1", "up0").only
    for text in ("203.0.113.9/32", "10.20.0.1/32", "10.20.8.3/32", "198.18.0.11/32"):
        assert any(_holds(prefix, ip_network(text)[0]) for prefix in own)


def test_at_a_port_without_sessions_only_its_own_networks_speak() -> None:
    ports = {"shop0": {"addresses": ["10.30.0.1/24"]}, "ring0": {}, "ring1": {}}
    routes = {
        "behind": {"prefix": "10.31.0.0/24", "via": "10.30.0.2"},
        "away": {"prefix": "10.32.0.0/24", "via": "10.20.8.4"},
    }
    network = closed_city(nodes={"core4": {"ports": ports, "routes": routes}})

    found = entrance(network, "core4", "shop0")

    assert found.only
    assert [str(one.prefix) for one in found.sources] == ["10.30.0.0/24", "10.31.0.0/24"]


def test_behind_an_untrusted_link_is_what_stands_there() -> None:
    network = closed_city(link_classes={"radio": {"trust": "outside"}})

    outwards = entrance(network, "core2", "radio0")
    inwards = entrance(network, "spur1", "radio0")

    assert {"10.20.0.5/32", "10.20.0.6/32"} <= allowed(outwards)  # both spurs
    assert "10.20.0.1/32" not in allowed(outwards)
    assert "10.20.0.1/32" in allowed(inwards)


def test_behind_an_untrusted_link_stands_what_only_a_tunnel_leads_to() -> None:
    found = allowed(entrance(spur2_by_a_tunnel(radio="outside", far="inside"), "spur1", "radio0"))

    assert {"10.20.0.1/32", "10.20.0.6/32"} <= found


def test_an_untrusted_tunnel_is_taken_as_an_untrusted_link_is() -> None:
    on_a_ring = {**TUNNELS, "link_classes": {"far": {**TUNNELS["link_classes"]["far"], "trust": "outside"}}}

    found = allowed(entrance(spur2_by_a_tunnel(radio="inside", far="outside"), "core1", "wg-west"))

    assert "10.20.0.6/32" in found
    assert "10.20.0.2/32" not in found
    assert device_spec(closed_city(**on_a_ring), "core1").firewall.entrances == ()


def spur2_by_a_tunnel(**trust: str) -> Network:
    """Return the city with a tunnel to its last spur in the place of the radio link; `trust` by link class."""
    return closed_city(
        links={"radio-nordturm-wewer": None},
        pools=TUNNELS["pools"],
        link_classes={
            "radio": {"trust": trust["radio"]},
            "far": {**TUNNELS["link_classes"]["far"], "trust": trust["far"]},
        },
        tunnels={
            "west": {**TUNNELS["tunnels"]["west"], "ends": {"spur2": {}, "core1": {"address": "198.51.100.1"}}},
        },
    )


def test_behind_an_untrusted_link_stand_services_and_networks_behind_their_routers() -> None:
    network = closed_city(
        link_classes={"radio": {"trust": "outside"}},
        anycasts={"resolver": {"addresses": ["203.0.113.53", "2001:db8:500:53::1"], "nodes": ["spur1"]}},
        nodes={"spur1": {"routes": {"yard": {"prefix": "203.0.113.64/28", "via": "10.20.0.6"}}}},
    )

    outwards = entrance(network, "core2", "radio0")

    assert {"203.0.113.53/32", "2001:db8:500:53::1/128", "203.0.113.64/28"} <= allowed(outwards)
    assert {"anycasts.resolver", "nodes.spur1.routes.yard"} <= {one.why for one in outwards.sources}


def allowed(entrance: Entrance) -> set[str]:
    return {str(one.prefix) for one in entrance.sources}


def test_of_an_untrusted_link_on_a_ring_nothing_can_be_said() -> None:
    network = closed_city(link_classes={"fibre": {"trust": "outside"}})

    assert [one.interface for one in device_spec(network, "core4").firewall.entrances] == []
    assert [one.interface for one in device_spec(network, "core1").firewall.entrances] == ["border0"]


@pytest.mark.parametrize("node", sorted(city().nodes))
def test_every_line_says_why(node: str) -> None:
    spec = device_spec(closed_city(link_classes={"radio": {"trust": "outside"}}), node).firewall

    reasons = [
        *(one.why for one in spec.rules),
        *(one.why for one in (*spec.own, *spec.not_own)),
        *(one.why for one in spec.entrances),
    ]
    assert all(reasons)


def two_tables(**blue: Any) -> FirewallSpec:
    ports = {"ring0": {}, "ring1": {}, "b0": {"vrf": "blue"}, "r0": {"vrf": "red"}}
    vrfs = {"blue": {"number": 1, **blue}, "red": {"number": 2}}
    return device_spec(closed_city(vrfs=vrfs, nodes={"core4": {"ports": ports}}), "core4").firewall


def test_nothing_passes_between_tables() -> None:
    here, blue, red = two_tables().passages

    assert set(here.barred) == {"vrf-blue", "b0", "vrf-red", "r0"}
    assert set(blue.ways) == {"vrf-blue", "b0"}
    assert set(red.ways) == {"vrf-red", "r0"}


def test_a_table_reaches_those_that_it_takes_routes_from() -> None:
    leaks = {"out": {"prefixes": ["0.0.0.0/0"]}, "over": {"source": "red", "prefixes": ["10.0.0.0/8"]}}

    here, blue, red = two_tables(leaks={"over": leaks["over"]}).passages
    _, out, _ = two_tables(leaks={"out": leaks["out"]}).passages

    assert set(blue.ways) == {"vrf-blue", "b0", "vrf-red", "r0"}
    assert set(red.ways) == {"vrf-red", "r0"}  # the way back is a leak of its own
    assert (out.ways, set(out.barred)) == ((), {"vrf-red", "r0"})
    assert "b0" in here.barred


def test_what_the_global_table_takes_it_reaches() -> None:
    here, *_ = two_tables(shared=["10.7.0.0/24"]).passages

    assert set(here.barred) == {"vrf-red", "r0"}


def test_a_router_without_other_tables_has_no_passages() -> None:
    assert device_spec(closed_city(), "core1").firewall.passages == ()
