"""Services and the firewall of all routers: what is read, and which contradictions are told where."""

from typing import Any

import pytest

from hanse.network.wanted.lookups import is_offered_by
from hanse.network.wanted.problems import problems
from hanse.network.wanted.services import Service
from samples.city import city_with

MANAGED = {"firewall": "closed", "management_sources": ["198.18.0.0/24"]}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"services": {"web": {"ports": [80], "nodes": ["core1", "nobody"]}}}, ("services", "web", "nodes", "1")),
        ({"services": {"web": {"ports": [80], "sites": ["nowhere"]}}}, ("services", "web", "sites", "0")),
        ({"services": {"web": {"ports": [80], "with_tags": ["odd"]}}}, ("services", "web", "with_tags", "0")),
        ({"tags": {"odd": {}}, "services": {"web": {"ports": [80], "with_tags": ["odd"]}}}, ("services", "web")),
        ({"services": {"web": {"ports": ["1-1024"]}}}, ("services", "web", "ports", "0")),
        ({"network": {**MANAGED, "management_sources": ["2001:db8::/32"]}}, ("network", "management_sources")),
    ],
)
def test_a_contradiction_of_the_firewall_is_found_at_its_place(changes: dict[str, Any], path: tuple[str, ...]) -> None:
    assert [problem.path for problem in problems(city_with(**changes))] == [path]


@pytest.mark.parametrize(
    "changes",
    [
        {"network": MANAGED},
        {"network": {"management_sources": ["2001:db8::/32"]}},  # open: nobody is kept from SSH
        {"services": {"web": {"ports": [80], "sites": ["uni"]}}},
        {"services": {"echo": {"ports": [179], "protocol": "udp"}}},
    ],
)
def test_what_makes_sense_has_no_problems(changes: dict[str, Any]) -> None:
    assert problems(city_with(**changes)) == ()


@pytest.mark.parametrize(
    ("said", "offering"),
    [
        ({}, {"core1", "core2", "core3", "core4", "spur1", "spur2", "border1", "border2"}),
        ({"nodes": ["core1"]}, {"core1"}),
        ({"sites": ["uni"]}, {"core3", "border2"}),
        ({"with_tags": ["west"]}, {"border1"}),
        ({"nodes": ["core1"], "with_tags": ["west"]}, {"core1", "border1"}),
    ],
)
def test_a_service_is_on_the_routers_that_are_said_or_on_all(said: dict[str, Any], offering: set[str]) -> None:
    network = city_with(
        tags={"west": {}}, nodes={"border1": {"tags": ["west"]}}, services={"web": {"ports": [80], **said}}
    )
    service: Service = network.services["web"]

    assert {node.name for node in network.nodes.values() if is_offered_by(service, node)} == offering
