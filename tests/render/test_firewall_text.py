"""The firewall's text: read by a person, taken by nft, each line with its reason."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hanse.derive.devices import device_spec, device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.network import Network
from hanse.render.explain import explain
from hanse.render.text import render
from samples.city import city, city_with
from samples.closed_city import CLOSED, cities, closed_city
from samples.tunnels import tunnel_city

PLACE = "/etc/nftables.conf"
NFT = shutil.which("nft", path="/usr/sbin:/usr/bin")
TABLES = {"blue": {"number": 1, "leaks": {"out": {"prefixes": ["0.0.0.0/0"]}}}, "red": {"number": 2}}
SERVICES = {
    "glass": {"ports": [80, "8000-8010"], "sources": ["192.0.2.0/25", "2001:db8:77::/48"]},
    "open": {"ports": [7000], "protocol": "udp"},
}
CASES: dict[str, tuple[Callable[[], Network], str]] = {
    "border": (lambda: closed_city(services=SERVICES), "border1"),
    "before-an-untrusted-link": (lambda: closed_city(link_classes={"radio": {"trust": "outside"}}), "core2"),
    "three-tables": (
        lambda: closed_city(
            vrfs=TABLES,
            nodes={
                "core4": {
                    "ports": {
                        "ring0": {"vrf": "red"},
                        "ring1": {},
                        "b0": {"vrf": "blue", "addresses": ["10.7.0.1/24"]},
                    }
                }
            },
        ),
        "core4",
    ),
    "managed-from-afar": (
        lambda: city_with(network={**CLOSED, "management_sources": ["192.0.2.128/25"]}),
        "spur2",
    ),
}
needs_nft = pytest.mark.skipif(NFT is None or os.geteuid() != 0, reason="nftables is not installed, or needs root")


def firewall_text(spec: DeviceSpec) -> str:
    """Return the firewall's file; empty if there is none."""
    return next((file.text for file in parse_bundle(render(spec)) if file.path == PLACE), "")


def complaint(text: str, folder: Path) -> str:
    """Return what nft says against a text, in a network namespace of its own."""
    file = folder / "nftables.conf"
    file.write_text(text)
    words = ["/usr/bin/unshare", "-n", str(NFT), "-c", "-f", str(file)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=30)
    return ran.stdout + ran.stderr + ("" if ran.returncode == 0 else f"exit {ran.returncode}")


@pytest.mark.parametrize("case", CASES)
def test_a_closed_router_reads_as_agreed(case: str, same_as_golden: Callable[[str, str], None]) -> None:
    network, node = CASES[case]

    same_as_golden(firewall_text(device_spec(network(), node)), f"nftables/{case}.nft")


@needs_nft
def test_nft_takes_what_keeps_tunnels_from_going_in_clear(tmp_path: Path) -> None:
    assert complaint(firewall_text(device_spec(tunnel_city(), "core1")), tmp_path) == ""


@needs_nft
@pytest.mark.parametrize("case", CASES)
def test_nft_takes_a_closed_router(case: str, tmp_path: Path) -> None:
    network, node = CASES[case]

    assert complaint(firewall_text(device_spec(network(), node)), tmp_path) == ""


@needs_nft
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(network=cities())
def test_nft_takes_whatever_is_closed(network: Network, tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = [firewall_text(spec) for spec in device_specs(network).values()]

    assert complaint("".join(texts), tmp_path_factory.mktemp("nft")) == ""


@needs_nft
def test_nft_says_what_it_does_not_take(tmp_path: Path) -> None:
    text = firewall_text(device_spec(closed_city(), "core1")).replace("policy drop", "policy maybe")

    assert "policy maybe" in complaint(text, tmp_path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("            10.20.8.12/31,", "links.border-west"),
        ("            192.0.2.11/32,", "sessions.pix-alme.addresses.0"),
        ('        iifname "pix0" jump from_1', "connections.pix-border1"),
        ("        udp dport 7000 accept", "services.open"),
        ("            10.20.8.0/24,", "pools.links4"),
    ],
)
def test_a_line_is_explained_by_its_object(line: str, why: str) -> None:
    lines = explain(device_spec(closed_city(services=SERVICES), "border1"))

    found = [one for one in lines if one.path == PLACE and one.text.startswith(line)]

    assert found
    assert {one.why for one in found} == {why}
    assert all(one.template == "nftables/nftables.conf.j2" and one.template_line for one in found)


def test_without_a_firewall_there_are_no_rules() -> None:
    assert firewall_text(device_spec(city_with(network={"firewall": "off"}), "core1")).strip() == ""


def test_open_routers_are_as_they_were(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(firewall_text(device_spec(city(), "border1")), "nftables/open.nft")
