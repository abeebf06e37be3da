"""The files of tunnels, one a tunnel."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hanse.derive.devices import device_spec
from hanse.devices.linux.carried.tables import MARKED
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.network import Network
from hanse.render.dialects import tunnel_files
from hanse.render.explain import explain
from hanse.render.text import render
from samples.tunnels import tunnel_city

PLACES = ("/etc/wireguard/", "/etc/openvpn/", "/etc/swanctl/")
IN_VRF: dict[str, dict[str, Any]] = {
    "vrfs": {"wan": {"number": 7}},
    "tunnels": {
        "west": {"ends": {"core1": {"address": "198.51.100.1", "vrf": "wan"}, "core4": {}}},
        "north": {"ends": {"core1": {"vrf": "wan"}, "core4": {"address": "2001:db8:77::4"}}},
    },
}


def files(network: Network, node: str) -> dict[str, str]:
    """Return a router's files by path."""
    return {file.path: file.text for file in parse_bundle(render(device_spec(network, node), {}))}


def stanzas(text: str, *names: str) -> str:
    """Return the paragraphs of some interfaces."""
    return "\n\n".join(part for part in text.split("\n\n") if any(f"auto {name}\n" in part for name in names)) + "\n"


@pytest.mark.parametrize("node", ["core1", "core4"])
def test_each_tunnel_has_its_own_file(node: str, same_as_golden: Callable[[str, str], None]) -> None:
    found = files(tunnel_city(), node)

    told = "".join(f"#= {path}\n{text}" for path, text in found.items() if path.startswith(PLACES))
    same_as_golden(told, f"tunnels/{node}.txt")


def test_the_interfaces_of_tunnels_are_made_before_they_get_addresses(
    same_as_golden: Callable[[str, str], None],
) -> None:
    text = files(tunnel_city(), "core1")["/etc/network/interfaces"]

    same_as_golden(stanzas(text, "ip-east", "ov-north", "gre-south", "wg-west"), "tunnels/interfaces.txt")


def test_an_interface_without_a_hardware_address_is_given_its_link_local_one() -> None:
    text = files(tunnel_city(), "core1")["/etc/network/interfaces"]

    for name, there in (("wg-west", True), ("ov-north", True), ("ip-east", False), ("gre-south", False)):
        assert ("ipv6-addrgen off" in stanzas(text, name)) is there
    assert "address fe80::6/64\n" in stanzas(text, "wg-west")


def test_an_interface_too_narrow_for_ipv6_gets_no_address_of_it() -> None:
    spec = device_spec(tunnel_city(), "core1")
    narrow = replace(spec, interfaces=tuple(replace(one, mtu=1200) for one in spec.interfaces))

    assert "fe80::" not in render(narrow, {})


def test_wrapped_packets_that_go_by_a_table_are_bound_or_marked() -> None:
    found = files(tunnel_city(**IN_VRF), "core1")

    assert "FwMark = 51823" in found["/etc/wireguard/wg-west.conf"]
    assert "bind-dev vrf-wan" in found["/etc/openvpn/ov-north.conf"]
    # The program on the router reads it so, and removes the rules that no stanza has.
    assert MARKED.findall(found["/etc/network/interfaces"]) == [("-4", "51823", "1007")]
    assert "udp_l3mdev_accept = 1" in found["/etc/sysctl.d/90-hanse.conf"]


def test_what_ipsec_carries_never_goes_in_clear() -> None:
    lines = [line.split("#")[0].strip() for line in files(tunnel_city(), "core1")["/etc/nftables.conf"].splitlines()]

    assert "meta l4proto gre rt ipsec missing jump wrapped_to" in lines
    assert "meta l4proto gre meta ipsec missing jump wrapped_from" in lines
    assert "ip daddr 198.51.100.4 drop" in lines
    assert "ip saddr 198.51.100.4 drop" in lines


def test_who_filters_himself_is_left_alone() -> None:
    assert "hanse_ipsec" not in files(tunnel_city(network={"firewall": "off"}), "core1").get("/etc/nftables.conf", "")


def test_a_tunnel_tells_its_files() -> None:
    network = tunnel_city()

    assert tunnel_files(network.tunnels["west"]) == ("/etc/wireguard/wg-west.conf",)
    assert tunnel_files(network.tunnels["south"]) == ()


def test_every_line_of_a_key_is_explained_by_its_tunnel() -> None:
    lines = explain(device_spec(tunnel_city(), "core1"))

    told = {line.why for line in lines if line.path.startswith(PLACES) and "@secret" in line.text}

    assert told == {"tunnels.east", "tunnels.north", "tunnels.west"}
