"""Nothing of a lab is left when it is down, however it ended."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from hanse_lab import lab, processes
from hanse_lab.commands import run
from hanse_lab.folder import Folder
from hanse_lab.plant import mark_of
from hanse_lab.product import SOURCES
from hanse_lab.requirements import lacks

pytestmark = pytest.mark.lab

NETWORK: Final = """
network: {name: pair, asn: 64500, documentation_is_public: true}
pools:
  loopbacks: {use: loopback, prefix: 10.21.0.0/24}
  links: {use: link, prefix: 10.21.8.0/24}
platforms: {debian: {driver: linux, dialect: bird2}}
sites: {rathaus: {}}
link_classes: {fibre: {medium: fibre, cost: 10}}
nodes:
  alice: {number: 1, site: rathaus, platform: debian, management: {address: 198.18.9.1/24}, ports: {eth0: }}
  bob: {number: 2, site: rathaus, platform: debian, management: {address: 198.18.9.2/24}, ports: {eth0: }}
links:
  pair: {number: 0, link_class: fibre, ends: ["alice:eth0", "bob:eth0"]}
"""


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Give the folder of a network of two routers."""
    (tmp_path / "network.yml").write_text(NETWORK)
    return tmp_path


@pytest.fixture
def folder() -> Iterator[Folder]:
    """Give the folder of a lab of this test's own."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of("gone")
    yield folder
    lab.down(folder)


def left_of(folder: Folder) -> list[str]:
    """Return what is there of a lab."""
    links = json.loads(run("ip", "-json", "link", "show"))
    mounts = Path("/proc/self/mountinfo").read_text()
    return [
        *(f"process {pid}" for pid in processes.marked(folder.path)),
        *(f"link {link['ifname']}" for link in links if link.get("ifalias") == mark_of(folder.path)),
        *([f"mounts below {folder.path}"] if f" {folder.path}/" in mounts else []),
        *([f"folder {folder.path}"] if folder.path.exists() else []),
    ]


def test_a_lab_that_was_up_is_gone(folder: Folder, network: Path) -> None:
    lab.up(network, folder, print)
    while_up = left_of(folder)

    lab.down(folder)

    assert len(while_up) > 3
    assert left_of(folder) == []


@pytest.mark.parametrize("after", [0.35, 0.6, 0.8, 1.0, 1.3])
def test_what_a_killed_start_leaves_is_gone_after_down(folder: Folder, network: Path, after: float) -> None:
    words = [sys.executable, "-m", "hanse_lab.main", "--name", "gone", "up", str(network)]
    surroundings = {**os.environ, "PYTHONPATH": str(SOURCES)}
    with subprocess.Popen(words, env=surroundings, stdout=subprocess.DEVNULL) as starting:
        time.sleep(after)
        starting.kill()

    lab.down(folder)

    assert left_of(folder) == []


def test_a_router_comes_back_from_its_files(folder: Folder, network: Path) -> None:
    lab.up(network, folder, print)
    lab.node(folder, "alice").write("/etc/motd", "kept\n")

    lab.power_cut(folder, "alice")
    dark = lab.node(folder, "bob").run("cat", "/sys/class/net/eth0/operstate").strip()
    lab.power_on(folder, "alice")

    assert dark == "down"
    assert lab.node(folder, "alice").run("cat", "/etc/motd") == "kept\n"
    assert "198.18.9.1/24" in lab.node(folder, "alice").run("ip", "-brief", "address", "show", "dev", "mgmt")


def test_a_full_disk_is_one_routers_alone(folder: Folder, network: Path) -> None:
    lab.up(network, folder, print)

    full = lab.node(folder, "alice").outcome("dd", "if=/dev/zero", "of=/var/ballast", "bs=1M")

    assert "No space left" in full.stderr
    lab.node(folder, "bob").run("dd", "if=/dev/zero", "of=/var/ballast", "bs=1M", "count=8")
