"""What Prometheus is to ask."""

from typing import Any

from hanse.derive.targets import target_groups
from hanse.network.wanted.network import Network
from samples.city import city, city_with


def exporters(network: Network) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in target_groups(network, network.nodes):
        found.setdefault(group.labels["node"], []).extend(group.targets)
    return found


def test_a_router_with_bird_has_two_exporters_at_its_management_address() -> None:
    assert exporters(city())["core1"] == ["198.18.0.11:9100", "198.18.0.11:9324"]


def test_a_router_with_frr_has_its_exporter() -> None:
    platforms = {"debian-frr": {"driver": "linux", "dialect": "frr"}}

    found = exporters(city_with(platforms=platforms, nodes={"core2": {"platform": "debian-frr"}}))

    assert found["core2"] == ["198.18.0.12:9100", "198.18.0.12:9342"]


def test_an_ipv6_address_stands_in_brackets() -> None:
    found = exporters(city_with(nodes={"core1": {"management": {"address": "2001:db8:99::1/64"}}}))

    assert found["core1"] == ["[2001:db8:99::1]:9100", "[2001:db8:99::1]:9324"]


def test_a_vendor_router_and_one_that_is_not_there_have_none() -> None:
    platforms: dict[str, Any] = {"arista": {"driver": "eos", "dialect": "eos"}}
    nodes = {"core1": {"platform": "arista"}, "core2": {"status": "planned"}, "core3": {"status": "offline"}}

    found = exporters(city_with(platforms=platforms, nodes=nodes))

    assert not {"core1", "core2", "core3"} & found.keys()


def test_labels_say_where_and_what_the_router_is() -> None:
    network = city_with(sites={"uni": {"region": "south"}})

    (group,) = (one for one in target_groups(network, ["core3"]) if one.labels["exporter"] == "bird")

    assert group.labels == {
        "node": "core3",
        "site": "uni",
        "region": "south",
        "role": "route-reflector",
        "platform": "debian",
        "status": "active",
        "exporter": "bird",
    }
