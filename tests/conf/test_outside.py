"""How a router is reached: settings, then platform, then the router's own, merged anew each time."""

from datetime import timedelta
from pathlib import Path

import pytest

from actions.small_city import network
from hanse.conf.drivers import driver_kind
from hanse.conf.outside import Outside, outside
from hanse.devices.driver import Target
from hanse.devices.fake.driver import FAKE
from hanse.devices.linux.driver import LINUX
from hanse.network.errors import WantedError
from hanse.network.values.secrets import UnknownSecret
from hanse.network.wanted.files import load

TEXT = """
network: {name: town, asn: 64500}
sites: {hall: }
platforms: {eos: {driver: eos, arguments: {transport: https, ssl: {verify: true}}}}
nodes:
  plain: {number: 1, site: hall, platform: eos, management: {address: 198.18.0.1/24}}
  special:
    number: 2
    site: hall
    platform: eos
    management: {address: 198.18.0.2/24}
    login: {username: bob, password: bobs, port: 8022}
    arguments: {ssl: {verify: false}}
"""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Outside:
    monkeypatch.setenv("NAPALM_USERNAME", "alice")
    monkeypatch.setenv("NAPALM_PASSWORD", "hers")
    monkeypatch.setenv("NAPALM_ARGS", '{"transport": "ssh", "keepalive": 5}')
    monkeypatch.setenv("HANSE_SSH_KEY", "/keys/id")
    return outside()


def target(world: Outside, name: str) -> Target:
    wanted = load({"x.yml": TEXT}).network
    node = wanted.nodes[name]
    return world.target(node, wanted.platforms[node.platform], secrets={"bobs": "his"}, host_key="ssh-ed25519 A")


def test_a_plain_router_is_reached_by_the_settings(world: Outside) -> None:
    found = target(world, "plain")

    assert (found.host, found.port, found.username, found.password) == ("198.18.0.1", None, "alice", "hers")
    assert (found.key_file, found.host_key) == (str(Path("/keys/id")), "ssh-ed25519 A")
    assert found.timeout == timedelta(seconds=30)
    assert found.arguments == {"transport": "https", "keepalive": 5, "ssl": {"verify": True}}


def test_a_routers_own_settings_win(world: Outside) -> None:
    found = target(world, "special")

    assert (found.port, found.username, found.password) == (8022, "bob", "his")
    assert found.arguments == {"transport": "https", "keepalive": 5, "ssl": {"verify": False}}


def test_one_routers_arguments_never_reach_the_next(world: Outside) -> None:
    first = target(world, "special")
    dict(first.arguments)["ssl"]["verify"] = "changed by its driver"

    assert target(world, "special").arguments["ssl"] == {"verify": False}


def test_nothing_secret_is_in_its_text(world: Outside) -> None:
    assert "hers" not in repr(world)
    assert "his" not in repr(target(world, "special"))


def test_a_login_without_its_secret_says_what_to_do(world: Outside) -> None:
    wanted = load({"x.yml": TEXT}).network

    with pytest.raises(UnknownSecret, match="hanse secret set bobs"):
        world.target(wanted.nodes["special"], wanted.platforms["eos"], secrets={}, host_key="")


def test_our_drivers_are_found_by_name() -> None:
    assert driver_kind("linux") is LINUX
    assert driver_kind("fake") is FAKE


def test_any_napalm_driver_is_found_by_name() -> None:
    assert driver_kind("eos").name == "napalm:eos"


def test_an_unknown_driver_is_refused() -> None:
    with pytest.raises(WantedError):
        driver_kind("no-such-driver")


def test_the_small_town_is_free_of_problems() -> None:
    assert network().nodes.keys() == {"alpha", "beta"}
