"""Names and zones: forward and backward agree, and every address has one name."""

from ipaddress import IPv4Network, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.names import NoDomain, named_addresses
from hanse.derive.zones import NobodyAnswers, RecordKind, Zone, zone_name, zone_prefixes, zones
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from samples.city import city, city_with

ANSWERING = {
    "nameservers": {"ns1.city.example": {"addresses": ["203.0.113.53"]}, "ns.other.example": {}},
    "hostmaster": "dns@city.example",
}
CORE9 = {"number": 9, "site": "dom", "platform": "debian", "management": {"address": "198.18.0.19/24"}}
FORWARD = {RecordKind.A, RecordKind.AAAA}


def named_city(**network: object) -> Network:
    return city_with(network={**ANSWERING, **network})


def forward(found: tuple[Zone, ...]) -> list[tuple[str, str]]:
    return [(one.name, one.value) for zone in found for one in zone.records if one.kind in FORWARD]


def backward(found: tuple[Zone, ...]) -> list[tuple[str, str]]:
    return [(one.value, one.name) for zone in found for one in zone.records if one.kind is RecordKind.PTR]


def test_a_router_is_called_by_its_public_address_and_its_ports_by_theirs() -> None:
    names = {str(one.address): one.name for one in named_addresses(named_city())}

    assert names["203.0.113.1"] == "core1.city.example"
    assert names["10.20.0.1"] == "lo.core1.city.example"
    assert names["10.20.8.0"] == "ring0.core1.city.example"
    assert names["198.18.0.11"] == "mgmt.core1.city.example"
    assert names["192.0.2.1"] == "pix0.border1.city.example"


def test_without_a_public_pool_the_loopback_is_what_a_router_is_called_by() -> None:
    names = {str(one.address): one.name for one in named_addresses(city_with(pools={"public4": None}))}

    assert names["10.20.0.1"] == "core1.city.example"


def test_every_address_has_one_name() -> None:
    addresses = [one.address for one in named_addresses(city())]

    assert len(addresses) == len(set(addresses))


def test_a_port_of_many_signs_is_one_label() -> None:
    ports = {"core9": {**CORE9, "ports": {"GigabitEthernet0/0.100": {"addresses": ["10.9.0.1/30"]}}}}

    names = {str(one.address): one.name for one in named_addresses(city_with(nodes=ports))}

    assert names["10.9.0.1"] == "gigabitethernet0-0-100.core9.city.example"


def test_a_router_that_is_only_planned_has_no_name() -> None:
    names = {one.name for one in named_addresses(city_with(nodes={"spur2": {"status": "planned"}}))}

    assert not any("spur2" in name for name in names)


def test_every_name_backward_is_one_forward() -> None:
    found = zones(named_city())

    there, back = forward(found), backward(found)

    assert len(back) == len({name for _, name in back})
    assert {(name, ip_address(value).reverse_pointer) for name, value in there} >= set(back)


def test_every_address_of_ours_is_found_backward() -> None:
    network = named_city()
    ours = zone_prefixes(network)
    found = zones(network)

    addresses = {ip_address(value) for _, value in forward(found)}
    inside = {one for one in addresses if any(one.version == part.version and one in part for part in ours)}

    assert {name for _, name in backward(found)} == {one.reverse_pointer for one in inside}
    assert addresses - inside  # those of exchanges and upstreams are backward in zones of others


def test_a_record_is_in_the_zone_that_has_its_name_and_in_no_other() -> None:
    found = zones(named_city())

    for zone in found:
        assert all(one.name == zone.name or one.name.endswith(f".{zone.name}") for one in zone.records)
    names = [zone.name for zone in found]
    assert not [(one, other) for one in names for other in names if one.endswith(f".{other}")]


def test_ipv4_has_a_zone_for_each_24_bits_and_ipv6_one_at_a_nibble() -> None:
    pools = {"links4": {"prefix": "10.20.8.0/22"}, "loopbacks6": {"prefix": "fd20:20::/63"}}

    names = [zone.name for zone in zones(city_with(network=ANSWERING, pools=pools))]

    assert names == [
        "city.example",
        "0.20.10.in-addr.arpa",
        "8.20.10.in-addr.arpa",
        "0.18.198.in-addr.arpa",
        "113.0.203.in-addr.arpa",
        "0.5.0.8.b.d.0.1.0.0.2.ip6.arpa",
        "0.0.0.0.0.0.0.0.0.2.0.0.0.2.d.f.ip6.arpa",
        "8.0.0.0.0.0.0.0.0.2.0.0.0.2.d.f.ip6.arpa",
    ]


def test_what_our_space_holds_of_a_pool_is_in_the_zone_of_our_space() -> None:
    names = [zone.name for zone in zones(named_city(space=["203.0.113.0/24", "2001:db8::/32"]))]

    assert "8.b.d.0.1.0.0.2.ip6.arpa" in names


@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_the_zone_of_a_prefix_ends_the_name_backward_of_each_address_in_it(number: int, octets: int) -> None:
    prefix = IPv4Network((number >> (32 - 8 * octets) << (32 - 8 * octets), 8 * octets))

    assert prefix[-1].reverse_pointer.endswith(zone_name(prefix))
    assert zone_name(prefix).count(".") == octets + 1


@given(st.integers(0, 2**128 - 1), st.integers(1, 31))
def test_so_does_that_of_an_ipv6_prefix(number: int, nibbles: int) -> None:
    prefix = IPv6Network((number >> (128 - 4 * nibbles) << (128 - 4 * nibbles), 4 * nibbles))

    assert prefix[-1].reverse_pointer.endswith(zone_name(prefix))
    assert zone_name(prefix).count(".") == nibbles + 1


def test_a_small_ipv6_pool_is_in_the_zone_of_its_64_bits() -> None:
    pools = {"loopbacks6": {"prefix": "fd99::/120"}}

    names = [zone.name for zone in zones(city_with(network=ANSWERING, pools=pools))]

    assert "0.0.0.0.0.0.0.0.0.0.0.0.9.9.d.f.ip6.arpa" in names


def test_an_address_that_two_routers_have_is_the_first_ones() -> None:
    nodes = {
        f"core{number}": {
            **CORE9,
            "number": number,
            "management": {"address": f"198.18.0.{20 + number}/24"},
            "ports": {"lan": {"addresses": ["10.9.0.1/24"]}},
        }
        for number in (11, 10)
    }

    found = [one.name for one in named_addresses(city_with(nodes=nodes)) if str(one.address) == "10.9.0.1"]

    assert found == ["lan.core10.city.example"]


def test_without_a_domain_nothing_has_a_name() -> None:
    with pytest.raises(NoDomain, match=r"write network\.domain"):
        zones(named_city(domain=""))


@pytest.mark.parametrize("lacking", ["nameservers", "hostmaster"])
def test_zones_that_nobody_answers_for_are_not_written(lacking: str) -> None:
    with pytest.raises(NobodyAnswers, match=f"write network.{lacking}"):
        zones(named_city(**{lacking: {} if lacking == "nameservers" else ""}))


def test_a_server_in_our_domain_without_an_address_is_a_problem() -> None:
    (found,) = problems(named_city(nameservers={"ns2.city.example": {}}))

    assert found.path == ("network", "nameservers", "ns2.city.example")
    assert found.sentence == (
        "ns2.city.example is in our own domain and no router is called ns2: give it its addresses"
    )


def test_a_router_may_be_a_server_and_then_has_its_addresses_already() -> None:
    fine = problems(named_city(nameservers={"core1.city.example": {}}))
    (twice,) = problems(named_city(nameservers={"core1.city.example": {"addresses": ["203.0.113.53"]}}))

    assert fine == ()
    assert twice.sentence.startswith("core1.city.example is the router core1, which has addresses")


def test_a_domain_that_is_none_is_a_problem() -> None:
    (found,) = problems(city_with(network={"domain": "City Network"}))

    assert found.path == ("network", "domain")
    assert "is no domain name" in found.sentence
