"""What two real routers with lldpd tell of the cable between them, and what comes of it."""

import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest

from devices.linux.linux_node import LinuxNode
from hanse.devices.linux.driver import LINUX
from hanse.monitor.cabling import Cabled, cable_ends
from hanse.monitor.happenings import LastSeen
from hanse.network.wanted.network import Network
from samples.city import city_with

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not shutil.which("lldpd"), reason="no lldpd: see script/debian-packages.txt"),
]
HEARD_WITHIN = 20.0  # seconds; each tells every second
START = "mkdir -p /run/lldpd; lldpd -S $(hostname) </dev/null >/dev/null 2>&1"
HURRY = "sleep 1; lldpcli configure lldp tx-interval 1"


@pytest.fixture
def neighbour(node: LinuxNode) -> Iterator[LinuxNode]:
    """Start a second router, with a cable from its port ring1 to ring0 of the first, and lldpd on both."""
    made = LinuxNode(number=(node.number + 8192) % 16384, key=node.key)
    try:
        made.create()
        words = f"ip link add ring0 netns {node.init} type veth peer name ring1 netns {made.init}"
        subprocess.run(words.split(), check=True)
        for router, port in ((node, "ring0"), (made, "ring1")):
            router.run(f"ip link set {port} up; {START}; {HURRY}")
        yield made
    finally:
        made.destroy()


def wanted(node: LinuxNode, neighbour: LinuxNode, port: str) -> Network:
    """Return a city in which both routers are, with a link from ring0 of one to `port` of the other."""
    router = {"site": "dom", "platform": "debian", "ports": {"ring0": {}, "ring1": {}}}
    return city_with(
        nodes={
            node.name: {**router, "number": 21, "management": {"address": "198.18.0.21/24"}},
            neighbour.name: {**router, "number": 22, "management": {"address": "198.18.0.22/24"}},
        },
        links={
            "pair": {"number": 20, "link_class": "fibre", "ends": [f"{node.name}:ring0", f"{neighbour.name}:{port}"]}
        },
    )


def seen_by(router: LinuxNode) -> LastSeen:
    """Ask until the router hears somebody."""
    until = time.monotonic() + HEARD_WITHIN
    with LINUX.open(router.target) as driver:
        while not (heard := driver.lldp_neighbours()) and time.monotonic() < until:
            time.sleep(0.5)
    return LastSeen(answered=True, lldp=heard)


def test_both_ends_of_a_cable_are_heard_and_a_wrong_port_is_told(node: LinuxNode, neighbour: LinuxNode) -> None:
    seen = {router.name: seen_by(router) for router in (node, neighbour)}

    right, wrong = (wanted(node, neighbour, port) for port in ("ring1", "ring0"))

    assert [one.cabled for one in cable_ends(right, [right.links["pair"]], seen)] == [Cabled.AS_WANTED] * 2
    here, there = cable_ends(wrong, [wrong.links["pair"]], seen)
    assert here.cabled is Cabled.OTHERWISE
    assert (
        here.why == f"{node.name}:ring0 is cabled to {neighbour.name}:ring1, and {neighbour.name}:ring0 is wanted there"
    )
    assert there.cabled is Cabled.MISSING
