"""Networks of scenarios in each dialect: read here without a lab."""

from pathlib import Path
from typing import Final

import pytest

from hanse.network.wanted.files import load
from hanse.network.wanted.problems import problems
from lab.dialects import IN_TURN, each_dialect, in_dialect
from samples.layers import layers_text

HERE: Final = Path(__file__).parent
SCENARIOS: Final = ("drained", "firewall", "mesh", "segments", "tunnels", "tunnels_wrapped")
TEXT: Final = """
platforms:
  small: {driver: linux, dialect: bird2, extent: whole}
  other: {driver: napalm, dialect: eos}
nodes:
  one: {number: 1, platform: small}
  two:
    number: 2
    platform: small
  vendors: {number: 3, platform: other}
  three: {number: 4, platform: small}
"""


def test_routers_speak_both_dialects_in_turn() -> None:
    text = in_dialect(TEXT, "mixed")

    assert text.splitlines()[2:] == [
        "  small-bird2: {driver: linux, dialect: bird2, extent: whole}",
        "  small-frr: {driver: linux, dialect: frr, extent: whole}",
        "  other: {driver: napalm, dialect: eos}",
        "nodes:",
        "  one: {number: 1, platform: small-bird2}",
        "  two:",
        "    number: 2",
        "    platform: small-frr",
        "  vendors: {number: 3, platform: other}",
        "  three: {number: 4, platform: small-bird2}",
    ]


def test_a_network_whose_platforms_are_written_otherwise_is_not_taken_for_one_of_another_dialect() -> None:
    with pytest.raises(AssertionError, match="no platform"):
        in_dialect("platforms:\n  small:\n    driver: linux\n    dialect: bird2\n", "frr")


@pytest.mark.parametrize("dialect", IN_TURN)
@pytest.mark.parametrize("scenario", [*SCENARIOS, "layers"])
def test_a_scenarios_network_is_without_contradictions_in_each(scenario: str, dialect: str) -> None:
    text = layers_text() if scenario == "layers" else (HERE / scenario / "network.yml").read_text()

    network = load({"network.yml": in_dialect(text, dialect)}).network

    assert not problems(network)
    spoken = [network.platforms[node.platform].dialect for node in network.nodes.values()]
    assert set(spoken) == set(IN_TURN[dialect])
    assert spoken[:2] == [*IN_TURN[dialect] * 2][:2]


def test_what_nobody_asked_for_is_marked_and_what_cannot_be_has_its_reason() -> None:
    marked = {param.id: [mark.name for mark in param.marks] for param in each_dialect("frr", but={"bird2": "why"})}

    assert marked == {"bird2": ["skip"], "frr": [], "mixed": ["every_dialect"]}
