import json
from pathlib import Path

import pytest

from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.files import tree_of
from hanse.render.text import render
from hanse_lab.lab import wanted_in
from hanse_lab.soak.bundle import wrongly_there
from hanse_lab.soak.journey import beginning
from hanse_lab.soak.shown import Shown, differences, read

NETWORK = Path(__file__).parents[2] / "lab" / "soak"
CABLES = frozenset({"mgmt", "east0", "west0", "wan0", "lan0"})
FIRST = frozenset({"/etc/sysctl.d/README.sysctl"})
LINKS = [
    {"ifindex": 1, "ifname": "lo", "flags": ["UP"], "mtu": 65536},
    {
        "ifindex": 7,
        "ifname": "vx1",
        "flags": ["UP"],
        "mtu": 1400,
        "linkinfo": {"info_kind": "vxlan", "info_data": {"id": 5}},
    },
    {"ifindex": 3, "ifname": "gre0", "flags": [], "mtu": 1476},
]
ADDRESSES = [
    {
        "ifname": "vx1",
        "addr_info": [
            {"local": "10.0.0.1", "prefixlen": 24, "scope": "global"},
            {"local": "fe80::1", "prefixlen": 64, "scope": "link"},
        ],
    },
    {"ifname": "anycast", "addr_info": [{"local": "203.0.113.80", "prefixlen": 32, "scope": "global"}]},
]
ROUTES = [
    {"dst": "10.1.0.0/16", "dev": "vx1", "protocol": "static"},
    {"dst": "10.2.0.0/16", "dev": "vx1", "protocol": "bird"},
    {"dst": "fe80::/64", "dev": "vx1", "protocol": "kernel"},
]
ANSWER = f"""\
#= links
{json.dumps(LINKS)}
#= addresses
{json.dumps(ADDRESSES)}
#= routes4
{json.dumps(ROUTES)}
#= labels
#= settings
net.ipv4.ip_forward = 1
net.ipv4.tcp_mem = 1 2 3
#= programs
tini -- sleep
ps -e -o args=
bird -u bird
#= files
abc  /etc/nftables.conf
"""


@pytest.fixture(scope="module")
def north() -> DeviceSpec:
    offers = frozenset({"vxlan", "tun", "nft-inet"})
    return beginning(tree_of(wanted_in(NETWORK)), offers).specs["north"]


def as_wanted(spec: DeviceSpec) -> dict[str, tuple[str, ...]]:
    """Return what a router shows that is as wanted."""
    return {
        "links": tuple(f"{one.name} mtu=1500 up=True" for one in spec.interfaces),
        "addresses": tuple(f"{one.name} {address}" for one in spec.interfaces for address in one.addresses),
        "files": tuple(f"abc  {file.path}" for file in parse_bundle(render(spec))),
    }


def wrong(spec: DeviceSpec, shown: Shown) -> list[str]:
    return list(wrongly_there(spec, shown, CABLES, FIRST))


def test_answers_are_read_without_what_moves_by_itself() -> None:
    look = read(ANSWER)

    assert look.shown["links"] == ("lo mtu=65536 up=True", "vx1 mtu=1400 up=True kind=vxlan vlan=5")
    assert look.shown["addresses"] == ("vx1 10.0.0.1/24",)
    assert look.shown["routes4"] == ("dst=10.1.0.0/16 dev=vx1 protocol=static",)
    assert look.shown["settings"] == ("net.ipv4.ip_forward = 1",)
    assert look.shown["programs"] == ("bird -u bird", "tini -- sleep")
    assert look.numbers == {"lo": 1, "vx1": 7, "gre0": 3}


def test_what_differs_is_told_by_part() -> None:
    assert differences({"files": ("a", "b")}, {"files": ("b", "c"), "rules4": ("7",)}) == (
        "rules4: +7",
        "files: -a",
        "files: +c",
    )


def test_a_router_that_shows_what_is_wanted_has_nothing_wrong(north: DeviceSpec) -> None:
    assert wrong(north, as_wanted(north)) == []


def test_a_left_interface_address_and_file_are_told(north: DeviceSpec) -> None:
    shown = as_wanted(north)
    shown["links"] += ("wg-gone mtu=1380 up=True", "gre0 mtu=1476 up=False")
    shown["addresses"] += ("wg-gone 10.20.16.9/31", "lo 127.0.0.1/8")
    shown["files"] += ("abc  /etc/wireguard/wg-gone.conf", "abc  /etc/sysctl.d/README.sysctl")

    assert wrong(north, shown) == [
        "interface wg-gone is left",
        "address wg-gone 10.20.16.9/31 is left",
        "file /etc/wireguard/wg-gone.conf is left",
    ]


def test_what_is_missing_is_told(north: DeviceSpec) -> None:
    shown = as_wanted(north) | {"addresses": (), "links": ()}

    assert "interface wg-one is missing" in wrong(north, shown)
    assert "address lo 10.20.0.1/32 is missing" in wrong(north, shown)


def test_a_spare_port_with_a_cable_is_there_in_any_case(north: DeviceSpec) -> None:
    shown = as_wanted(north)
    shown["links"] += ("lan0 mtu=1500 up=True",)

    assert wrong(north, shown) == []
