"""Tunnels that contradict themselves or what is around them: each is told where, and the way out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.wanted.problems import problems
from hanse.network.wanted.renaming import renamed
from hanse.network.wanted.tunnel_names import port_of
from hanse.network.wanted.tunnel_sizes import largest_mtu, overhead
from hanse.network.wanted.tunnels import HIGHEST_NUMBER, Tunnel, TunnelKind
from samples.city import city_with
from samples.tunnels import TUNNELS, tunnel_city


def test_a_city_with_tunnels_of_every_kind_has_no_problems() -> None:
    assert problems(tunnel_city()) == ()


LAN = {"ports": {"wan": {"addresses": ["198.51.100.1/24"], "mtu": 1400}}}
IN_WAN = {"ports": {"wan": {"addresses": ["198.51.100.1/24"], "vrf": "wan"}}}
NOBODY: dict[str, Any] = {"core1": {}, "core4": {}}
MIXED = {"core1": {"address": "198.51.100.1"}, "core4": {"address": "2001:db8::4"}}
SAME = {"core1": {"address": "198.51.100.1"}, "core4": {"address": "198.51.100.1"}}


@pytest.mark.parametrize(
    ("kinds", "path", "sentence"),
    [
        (
            {"tunnels": {"west": {"link_class": "silk"}}},
            "tunnels.west.link_class",
            "there is no link class 'silk': known: far, fibre, radio.",
        ),
        (
            {"tunnels": {"west": {"ends": {"core1": {"address": "198.51.100.1"}, "core44": {}}}}},
            "tunnels.west.ends.core44",
            "there is no node 'core44': did you mean core4?",
        ),
        (
            {"tunnels": {"west": {"ends": {"core1": {"address": "198.51.100.1", "vrf": "wan"}, "core4": {}}}}},
            "tunnels.west.ends.core1.vrf",
            "there is no VRF 'wan': there is none yet.",
        ),
        (
            {
                "vrfs": {"wan": {"number": 1}},
                "tunnels": {"east": {"ends": {**TUNNELS["tunnels"]["east"]["ends"], "core4": {"vrf": "wan"}}}},
            },
            "tunnels.east.ends.core4.vrf",
            "ipsec goes by the global table only: leave the VRF out, or take wireguard or openvpn",
        ),
        (
            {"vrfs": {"wan": {"number": 1}}, "nodes": {"core1": IN_WAN}},
            "tunnels.west.ends.core1.vrf",
            "198.51.100.1 is at port wan, in VRF wan, and the packets go by the global table: write `vrf: wan`",
        ),
        (
            {
                "vrfs": {"wan": {"number": 1}},
                "nodes": {"core1": LAN},
                "tunnels": {"west": {"ends": {"core1": {"address": "198.51.100.1", "vrf": "wan"}, "core4": {}}}},
            },
            "tunnels.west.ends.core1.vrf",
            "198.51.100.1 is at port wan, in the global table, and the packets go by VRF wan: leave the VRF out",
        ),
        (
            {
                "vrfs": {"wan": {"number": 1}},
                "tunnels": {"west": {"ends": {"border1": {"address": "192.0.2.1", "vrf": "wan"}, "core4": {}}}},
            },
            "tunnels.west.ends.border1.vrf",
            "192.0.2.1 is at port pix0, in the global table, and the packets go by VRF wan: leave the VRF out",
        ),
        (
            {"vrfs": {"wan": {"number": 1}}, "nodes": {"core1": IN_WAN}},
            "tunnels.east.ends.core1.vrf",
            (
                "198.51.100.1 is at port wan, in VRF wan, and the packets go by the global table: "
                "take an address of that one"
            ),
        ),
        (
            {"platforms": {"debian": {"driver": "eos", "dialect": "eos"}}},
            "tunnels.west.ends.core1",
            "core1 is of platform debian, and Hanse makes tunnels on Linux routers only: name a Linux router beside it",
        ),
        (
            {"tunnels": {"west": {"ends": NOBODY}}},
            "tunnels.west.ends",
            (
                "neither core1 nor core4 has an address, so neither can reach the other: "
                "give the one that is not behind NAT its address"
            ),
        ),
        (
            {"tunnels": {"east": {"ends": {"core1": {"address": "198.51.100.1"}, "core4": {}}}}},
            "tunnels.east.ends.core4",
            (
                "ipsec needs the addresses of both ends, and core4 has none: "
                "give it one, or take wireguard or openvpn, which wait for an end behind NAT"
            ),
        ),
        (
            {"tunnels": {"west": {"ends": MIXED}}},
            "tunnels.west.ends",
            "one end has an IPv4 address and the other an IPv6 one: give both one of the same kind",
        ),
        (
            {"tunnels": {"west": {"ends": SAME}}},
            "tunnels.west.ends",
            "both ends have the address 198.51.100.1: each router has its own",
        ),
        (
            {"tunnels": {"west": {"number": 4}}},
            "tunnels.west.number",
            "4 is the number of north: take another one, 7 is free",
        ),
        (
            {"tunnels": {"a-very-long-way": {**TUNNELS["tunnels"]["west"], "number": 9}}},
            "tunnels.a-very-long-way",
            (
                "its interface wg-a-very-long-way would have 18 characters, and Linux takes 15: "
                "call a tunnel of this kind something of 12 characters or fewer"
            ),
        ),
        (
            {"tunnels": {"far.west": {**TUNNELS["tunnels"]["west"], "number": 9}}},
            "tunnels.far.west",
            "its interface wg-far.west would be taken for a VLAN: call it something without dots",
        ),
        (
            {"nodes": {"core1": {"ports": {"wg-west": {}}}}},
            "tunnels.west.ends.core1",
            "core1 has a port wg-west already: call the tunnel or the port something else",
        ),
        (
            {"tunnels": {"twice": {**TUNNELS["tunnels"]["south"], "number": 9}}},
            "tunnels.twice.ends",
            "south goes between the same two addresses already: give one of the two other addresses",
        ),
        (
            {"nodes": {"core1": LAN}},
            "tunnels.west.link_class",
            (
                "class far has an MTU of 1380, and through wireguard over packets of 1400 octets goes one of 1340 "
                "(it takes 60): take a class that fits"
            ),
        ),
        (
            {"link_classes": {"far": {"medium": "tunnel", "mtu": 1380}}},
            "tunnels.west",
            "neither it nor its class far has a cost: give one of the two a cost, or the class its capacity",
        ),
        (
            {"pools": {"tunnels4": TUNNELS["pools"]["tunnels4"]}},
            "pools",
            "there is no pool for tunnel in ipv6: add one",
        ),
        (
            {"tunnels": {"west": {"number": 200}}},
            "tunnels.west.number",
            (
                "200 is beyond the end of pool tunnels4 (10.20.96.0/24), whose last number is 127: "
                "take a free smaller number, or enlarge the pool"
            ),
        ),
    ],
)
def test_a_contradiction_is_told_where_it_is_with_the_way_out(
    kinds: dict[str, dict[str, Any]], path: str, sentence: str
) -> None:
    found = problems(tunnel_city(**kinds))

    assert (path, sentence) in {(".".join(problem.path), problem.sentence) for problem in found}


def test_an_address_that_stands_in_several_tables_is_that_of_the_tunnels_own() -> None:
    ports = {"wan": {"addresses": ["198.51.100.1/24"], "vrf": "wan"}, "lan": {"addresses": ["198.51.100.1/24"]}}
    network = tunnel_city(vrfs={"wan": {"number": 1}}, nodes={"core1": {"ports": ports}})

    assert not [problem for problem in problems(network) if problem.path[-1] == "vrf"]


def test_a_router_that_is_called_otherwise_is_so_in_its_tunnels_too() -> None:
    edits = renamed(tunnel_city(), "nodes", "core4", "zoo")

    ends = {edit.name: set(edit.body["ends"]) for edit in edits if edit.kind == "tunnels"}

    assert ends == {name: {"core1", "zoo"} for name in TUNNELS["tunnels"]}


@given(st.integers(0, HIGHEST_NUMBER), st.sampled_from(TunnelKind))
def test_every_number_has_a_port_of_its_own(number: int, kind: TunnelKind) -> None:
    port = port_of(Tunnel(name="west", number=number, kind=kind, ends={}, link_class="far"))

    assert port is None or 1024 <= port <= 65535


@pytest.mark.parametrize(
    ("kind", "version", "taken"),
    [
        (TunnelKind.WIREGUARD, 4, 60),
        (TunnelKind.WIREGUARD, 6, 80),
        (TunnelKind.OPENVPN, 4, 52),
        (TunnelKind.OPENVPN, 6, 72),
        (TunnelKind.GRE, 4, 24),
        (TunnelKind.GRE, 6, 52),
        (TunnelKind.IPSEC, 4, 61),
        (TunnelKind.IPSEC, 6, 89),
    ],
)
def test_what_a_kind_takes_of_a_packet_is_as_documented(kind: TunnelKind, version: int, taken: int) -> None:
    assert overhead(kind, version) == taken


def test_the_smaller_underlay_of_both_ends_counts() -> None:
    network = tunnel_city(nodes={"core1": LAN})

    assert largest_mtu(network, network.tunnels["west"]) == 1400 - 60


def test_a_network_without_tunnels_needs_no_pool_for_them() -> None:
    assert problems(city_with()) == ()
