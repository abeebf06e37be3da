"""The border's rules in a kernel, without the rest of the lab: three namespaces in a row, pings through the middle."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from hanse.derive.devices import device_spec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.files import load
from hanse.render.text import render
from hanse_lab.requirements import lacks

pytestmark = pytest.mark.lab

HERE: Final = Path(__file__).parent
EDGE: Final = "192.0.2.1"
INSIDE: Final = "203.0.113.2"
STRANGER: Final = "192.0.2.12"
OURS: Final = "10.20.0.2"
CABLES: Final = """
{edge}: link add pix0 type veth peer name pix0 netns {stranger}
{edge}: link add core0 type veth peer name edge0 netns {core}
{edge}: address add 192.0.2.1/24 dev pix0
{edge}: address add 10.20.8.0/31 dev core0
{stranger}: address add 192.0.2.12/24 dev pix0
{stranger}: address add 10.20.0.2/32 dev lo
{core}: address add 10.20.8.1/31 dev edge0
{core}: address add 203.0.113.2/32 dev lo
{edge}: link set pix0 up
{edge}: link set core0 up
{stranger}: link set pix0 up
{core}: link set edge0 up
{edge}: route add 203.0.113.2 via 10.20.8.1
{stranger}: route add 203.0.113.2 via 192.0.2.1
{core}: route add default via 10.20.8.0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stranger at the exchange, the border, and what is behind it."""

    stranger: str
    edge: str
    core: str

    def ping(self, source: str, goal: str) -> bool:
        """Say whether `goal` answers the stranger, who speaks from `source`."""
        words = ("ip", "netns", "exec", self.stranger, "ping", "-c", "1", "-W", "1", "-I", source, goal)
        return subprocess.run(words, capture_output=True, check=False, timeout=10).returncode == 0

    def spoofed(self) -> int:
        """Return how many packets the border has dropped that came in our name."""
        words = ("ip", "netns", "exec", self.edge, "nft", "-j", "list", "counter", "inet", "hanse", "spoofed")
        found = json.loads(said(*words))
        return int(next(one["counter"]["packets"] for one in found["nftables"] if "counter" in one))


def said(*words: str, text: str = "") -> str:
    """Run a program and return what it printed."""
    return subprocess.run(words, input=text, capture_output=True, text=True, check=True, timeout=10).stdout


def rules() -> str:
    """Return the border's firewall."""
    network = load({"network.yml": (HERE / "network.yml").read_text()}).network
    files = parse_bundle(render(device_spec(network, "edge")))
    return next(file.text for file in files if file.path == "/etc/nftables.conf")


@pytest.fixture
def row() -> Iterator[Row]:
    """Give the row, with the border's rules loaded."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    names = {name: f"hanse-fw-{os.getpid()}-{name}" for name in ("stranger", "edge", "core")}
    try:
        for name in names.values():
            said("ip", "netns", "add", name)
        for line in CABLES.format(**names).strip().splitlines():
            where, _, words = line.partition(": ")
            said("ip", "-n", where, *words.split())
        said("ip", "netns", "exec", names["edge"], "sysctl", "-qw", "net.ipv4.ip_forward=1")
        said("ip", "netns", "exec", names["edge"], "nft", "-f", "-", text=rules())
        yield Row(**names)
    finally:
        for name in names.values():
            subprocess.run(("ip", "netns", "delete", name), capture_output=True, check=False, timeout=10)


def test_a_stranger_passes_in_its_own_name_and_not_in_ours(row: Row) -> None:
    in_its_own = [row.ping(STRANGER, goal) for goal in (EDGE, INSIDE)]
    before = row.spoofed()

    in_ours = [row.ping(OURS, goal) for goal in (EDGE, INSIDE)]

    assert (in_its_own, before) == ([True, True], 0)
    assert (in_ours, row.spoofed()) == ([False, False], 2)


def test_what_goes_on_is_not_followed_and_what_is_for_the_router_is(row: Row) -> None:
    row.ping(STRANGER, EDGE)
    row.ping(STRANGER, INSIDE)

    followed = said("ip", "netns", "exec", row.edge, "cat", "/proc/net/nf_conntrack")

    assert f"dst={EDGE}" in followed
    assert f"dst={INSIDE}" not in followed
