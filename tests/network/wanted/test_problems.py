"""Contradictions: each broken variant of the city names all its mistakes, with file, line and the way out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory, in_order, located
from hanse.network.wanted.problems import problems
from samples.city import city, city_texts, city_with
from samples.strategies import networks

BROKEN = Path(__file__).parent / "golden" / "broken"


def complaints(texts: dict[str, str]) -> str:
    """Return what is said about the files, a line a mistake."""
    try:
        loaded = load(texts)
    except Contradictory as error:
        return f"{error}\n"
    return "".join(
        f"{located(problem, loaded.marks)}\n" for problem in in_order(problems(loaded.network), loaded.marks)
    )


def test_the_city_has_no_problems() -> None:
    assert problems(city()) == ()


@pytest.mark.parametrize("case", sorted(path.stem for path in BROKEN.glob("*.yml")))
def test_a_broken_city_names_every_mistake(case: str, same_as_golden: Callable[[str, str], None]) -> None:
    broken = {f"{case}.yml": (BROKEN / f"{case}.yml").read_text()}

    said = complaints(city_texts() | broken)

    assert said
    same_as_golden(said, f"broken/{case}.txt")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks)
def test_no_network_is_too_broken_to_be_told_what_is_wrong(network: Network) -> None:
    for problem in problems(network):
        assert problem.sentence


def test_all_twelve_variants_are_there() -> None:
    assert len(list(BROKEN.glob("*.yml"))) >= 12


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"links": {"border-west": {"link_class": "silk"}}}, ("links", "border-west", "link_class")),
        ({"links": {"border-west": {"number": 0}}}, ("links", "border-west", "number")),
        ({"links": {"border-west": {"ends": ["core1:ring0", "core1:ring1"]}}}, ("links", "border-west", "ends")),
        ({"link_classes": {"radio": {"mtu": 9000}}}, ("links", "radio-dom-nordturm", "ends", "0")),
        ({"pools": {"loopbacks4": None}}, ("pools",)),
        ({"pools": {"more": {"use": "link", "prefix": "10.99.0.0/24"}}}, ("pools", "more", "use")),
        ({"connections": {"pix-border1": {"exchange": "dix"}}}, ("connections", "pix-border1", "exchange")),
        (
            {"connections": {"pix-border1": {"addresses": ["10.0.0.1"]}}},
            ("connections", "pix-border1", "addresses", "0"),
        ),
        ({"sessions": {"westnet": {"connection": "pix-border1"}}}, ("sessions", "westnet")),
        ({"sessions": {"westnet": {"node": "border9"}}}, ("sessions", "westnet", "node")),
        ({"sessions": {"pix-rs": {"connection": "pix"}}}, ("sessions", "pix-rs", "connection")),
        ({"sessions": {"westnet": {"asn": 64500}}}, ("sessions", "westnet", "asn")),
        (
            {
                "sessions": {
                    "Westnet": {
                        "asn": 64496,
                        "relationship": "peer",
                        "node": "border2",
                        "addresses": ["198.51.100.250"],
                    }
                }
            },
            ("sessions", "Westnet"),
        ),
        ({"sessions": {"westnet": {"asn": 64511}}}, ("sessions", "westnet", "asn")),
        ({"sessions": {"westnet": {"addresses": ["203.0.113.99"]}}}, ("sessions", "westnet", "addresses", "0")),
        ({"sessions": {"westnet": {"addresses": ["198.51.100.249"]}}}, ("sessions", "westnet", "addresses", "0")),
        (
            {"nodes": {"core1": {"management": {"address": "198.18.0.12/24"}}}},
            ("nodes", "core2", "management", "address"),
        ),
        (
            {"nodes": {"core4": {"ports": {"ring0": {"parent": "x", "vlan": 1}}}}},
            ("nodes", "core4", "ports", "ring0", "parent"),
        ),
        ({"nodes": {"spur2": {"ports": {"radio0": {"vlan": 1}}}}}, ("nodes", "spur2", "ports", "radio0")),
        (
            {"nodes": {"spur2": {"ports": {"radio0": {"parent": "radio0", "vlan": 1}}}}},
            ("nodes", "spur2", "ports", "radio0", "parent"),
        ),
    ],
)
def test_a_contradiction_is_found_at_its_place(changes: dict[str, dict[str, None]], path: tuple[str, ...]) -> None:
    network = city_with(**changes)

    found = problems(network)

    assert path in {problem.path for problem in found}
    assert all(problem.sentence.isprintable() for problem in found)
