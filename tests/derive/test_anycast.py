"""Anycast services at their routers, and what is written for them."""

from typing import Any

import pytest

from hanse.derive.devices import device_spec
from hanse.derive.expected import wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.problems import problems
from hanse.render.text import render
from samples.city import city_with

RESOLVER: dict[str, Any] = {
    "addresses": ["2001:db8:53::53", "198.51.100.53"],
    "nodes": ["core1"],
    "check": {"kind": "dns", "port": 53, "question": "city.example"},
}


def spec(node: str, **kinds: dict[str, Any]) -> DeviceSpec:
    """Return the spec of a router of the city with the resolver."""
    network = city_with(**{"anycasts": {"resolver": RESOLVER}, **kinds})
    assert not problems(network)
    return device_spec(network, node)


def files(node: str, **kinds: dict[str, Any]) -> dict[str, str]:
    """Return the texts of a router's files, by path."""
    return {file.path: file.text for file in parse_bundle(render(spec(node, **kinds)))}


def test_a_service_is_at_its_routers_with_ipv4_first() -> None:
    found = spec("core1").anycasts

    assert [(one.name, [str(address) for address in one.addresses], one.why) for one in found] == [
        ("resolver", ["198.51.100.53", "2001:db8:53::53"], "anycasts.resolver")
    ]
    assert spec("core2").anycasts == ()


def test_a_service_is_asked_on_its_own_router_where_nothing_else_is_said() -> None:
    elsewhere = {"resolver": {**RESOLVER, "check": {"address": "10.20.0.1"}}}
    six = {"resolver": {**RESOLVER, "addresses": ["2001:db8:53::53"]}}

    asked = [spec("core1", anycasts=one).anycasts[0].check.address for one in ({"resolver": RESOLVER}, elsewhere, six)]

    assert [str(address) for address in asked] == ["127.0.0.1", "10.20.0.1", "::1"]


def test_a_router_with_a_tag_has_the_service_too() -> None:
    tagged = {"resolver": {**RESOLVER, "nodes": [], "with_tags": ["dns"]}}

    found = spec("core2", anycasts=tagged, tags={"dns": {}}, nodes={"core2": {"tags": ["dns"]}})

    assert [one.name for one in found.anycasts] == ["resolver"]


@pytest.mark.parametrize("status", ["staged", "maintenance"])
def test_a_router_that_others_shall_not_use_tells_of_no_service(status: str) -> None:
    found = spec("core1", nodes={"core1": {"status": status}})

    assert found.anycasts == ()


def test_a_closed_router_lets_questions_in_from_everywhere() -> None:
    found = spec("core1", network={"firewall": "closed"})

    opened = [(one.protocol, one.ports, one.sources) for one in found.firewall.rules if "resolver" in one.why]
    assert sorted(opened) == [("tcp", "53", ()), ("udp", "53", ())]


def test_only_routers_with_services_watch_any() -> None:
    path = "/etc/hanse/health.conf"

    assert "[resolver]\naddresses = 198.51.100.53 2001:db8:53::53\n" in files("core1")[path]
    assert path not in files("core2")


@pytest.mark.parametrize(
    ("dialect", "path", "words"),
    [
        ("bird2", "/etc/bird/bird.conf", "net ~ [ 198.51.100.53/32 ]"),
        ("frr", "/etc/frr/frr.conf", "redistribute connected metric 10 metric-type 1 route-map HANSE-ANYCAST-V4"),
    ],
)
def test_ospf_tells_of_the_addresses_of_services_alone(dialect: str, path: str, words: str) -> None:
    platforms = {"debian": {"dialect": dialect}}

    assert words in files("core1", platforms=platforms)[path]
    assert words not in files("core2", platforms=platforms)[path]


def test_exabgp_is_told_of_its_services_alone_and_speaks_with_the_bird_beside_it() -> None:
    world = {"world": {**RESOLVER, "addresses": ["198.51.100.90"], "speaker": "exabgp"}, "resolver": RESOLVER}

    written = files("core1", anycasts=world)

    assert "198.51.100.90 203.0.113.1\n" in written["/etc/exabgp/services.list"]
    assert "198.51.100.53" not in written["/etc/exabgp/services.list"]
    assert "neighbor 127.0.0.1 {" in written["/etc/exabgp/exabgp.conf"]
    assert "if net ~ [ 198.51.100.90/32 ] then accept;" in written["/etc/bird/bird.conf"]
    assert " 127.0.0.2, # anycasts.world\n" in written["/etc/nftables.conf"]  # where BIRD hears it from
    assert "net ~ [ 198.51.100.53/32 ] then {" in written["/etc/bird/bird.conf"]
    assert not [path for path in files("core1") if "exabgp" in path]


def test_the_session_with_exabgp_is_wanted_once_however_many_services_it_tells() -> None:
    services = {
        name: {**RESOLVER, "addresses": [address], "speaker": "exabgp"}
        for name, address in (("one", "198.51.100.90"), ("two", "198.51.100.91"))
    }

    wanted = wanted_sessions(spec("core1", anycasts=services))

    assert [(one.name, str(one.remote_address)) for one in wanted if not one.external][-1] == ("exabgp", "127.0.0.2")
    assert [one.name for one in wanted].count("exabgp") == 1


def test_what_tells_exabgp_is_a_program_that_python_takes() -> None:
    world = {"world": {**RESOLVER, "speaker": "exabgp"}}

    text = files("core1", anycasts=world)["/etc/exabgp/services.py"]

    compile(text, "services.py", "exec")
