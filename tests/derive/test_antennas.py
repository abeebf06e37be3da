"""Antennas bridge: they are watched, have a name and an address, and no router speaks with them."""

from typing import Any

import pytest

from hanse.derive.affected import affected
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.names import named_addresses
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from samples.city import city, city_with

MAST: dict[str, Any] = {
    "number": 100,
    "site": "nordturm",
    "platform": "watched",
    "roles": ["antenna"],
    "management": {"address": "198.18.0.100/24"},
}
PLATFORM = {"watched": {"driver": "ping"}}


def city_with_mast(**differently: Any) -> Network:
    return city_with(platforms=PLATFORM, nodes={"mast": {**MAST, **differently}})


def test_no_router_changes_because_of_an_antenna() -> None:
    before, after = device_specs(city()), device_specs(city_with_mast())

    assert {name: after[name] for name in before} == before
    assert affected(city(), city_with_mast()) == {"mast"}


def test_a_router_that_becomes_an_antenna_is_left_by_all_its_neighbours_inside() -> None:
    router = city_with_mast(number=30, roles=[])
    antenna = city_with_mast(number=30)

    differing = {name for name, spec in device_specs(router).items() if device_specs(antenna)[name] != spec}

    assert differing == {"mast", "core1", "core3"}  # the reflectors
    assert differing <= affected(router, antenna)


def test_nothing_but_its_management_is_expected_of_an_antenna() -> None:
    spec = device_specs(city_with_mast())["mast"]

    assert (wanted_sessions(spec), wanted_neighbours(spec)) == ((), ())
    assert [str(one) for port in spec.interfaces for one in port.addresses] == ["198.18.0.100/24"]


def test_an_antenna_is_called_by_its_management_address() -> None:
    names = [(one.name, str(one.address)) for one in named_addresses(city_with_mast()) if "mast" in one.name]

    assert names == [("mast.city.example", "198.18.0.100")]


def test_an_antenna_alone_contradicts_nothing() -> None:
    assert problems(city_with_mast()) == ()


@pytest.mark.parametrize(
    ("differently", "sentence"),
    [
        (
            {"roles": ["antenna", "route-reflector"]},
            "mast is an antenna and route-reflector: an antenna routes nothing, take one away",
        ),
        (
            {"platform": "debian"},
            "mast is an antenna and its platform debian is written for in bird2: take a platform without a dialect",
        ),
    ],
)
def test_an_antenna_that_routes_is_a_problem(differently: dict[str, Any], sentence: str) -> None:
    (found,) = problems(city_with_mast(**differently))

    assert (found.path, found.sentence) == (("nodes", "mast", "roles"), sentence)


def test_a_link_that_ends_at_an_antenna_is_a_problem() -> None:
    ends = ["core2:radio0", "mast:eth0"]
    network = city_with(
        platforms=PLATFORM,
        nodes={"mast": {**MAST, "ports": {"eth0": {}}}},
        links={"radio-dom-nordturm": {"ends": ends}},
    )

    assert [(one.path, one.sentence) for one in problems(network)] == [
        (("links", "radio-dom-nordturm", "ends", "1"), "mast is an antenna, which bridges: name the router behind it")
    ]
