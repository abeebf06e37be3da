"""A lab in User Mode Linux is a lab like any other."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab import lab, processes
from hanse_lab.commands import run
from hanse_lab.folder import Folder
from hanse_lab.places import uml
from hanse_lab.places.features import TRIALS, lacking
from hanse_lab.places.guest import Guest
from hanse_lab.plan import Place
from hanse_lab.plant import mark_of
from hanse_lab.product import SOURCES
from hanse_lab.waiting import wait_until
from lab.places import Standing, lab_in

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

NETWORK: Final = Path(__file__).parent
NAME: Final = "uml"
# What scenarios come here for.
OFFERED: Final = (
    *("vrf", "vlan", "vlan-filtering", "bond", "dummy", "vxlan"),
    *("gre", "vti", "mpls", "batman-adv", "esp", "tun"),
)


@pytest.fixture(scope="module")
def three() -> Iterator[Standing]:
    """Give a triangle of three routers in a guest, installed by Hanse."""
    began = time.monotonic()
    with lab_in(Place.UML, NAME, NETWORK) as standing:
        print(f"up after {time.monotonic() - began:.1f} s")
        standing.install(NETWORK)
        standing.converges()
        print(f"installed and as wanted after {time.monotonic() - began:.1f} s")
        yield standing


def left_of(folder: Folder) -> list[str]:
    """Return what is there of a lab."""
    links = json.loads(run("ip", "-json", "link", "show"))
    return [
        *(f"process {pid}" for pid in processes.marked(folder.path)),
        *(f"link {link['ifname']}" for link in links if link.get("ifalias") == mark_of(folder.path)),
        *([f"folder {folder.path}"] if folder.path.exists() else []),
    ]


def guest_of(standing: Standing) -> Guest:
    """Return the guest that a lab stands in."""
    return uml.guest_of(standing.folder.path)


def test_the_guests_kernel_has_what_scenarios_need(three: Standing) -> None:
    missing = lacking(guest_of(three), TRIALS)

    print(f"offered: {', '.join(sorted(set(TRIALS) - set(missing)))}; missing: {', '.join(sorted(missing))}")
    assert {feature: missing[feature] for feature in OFFERED if feature in missing} == {}


def test_hanse_outside_installs_and_watches_routers_inside(three: Standing) -> None:
    status = three.hanse.tree("status")

    assert three.node("alice").run("uname", "-r").strip() != os.uname().release
    for router in status["routers"]:
        assert router["reachable"], router["node"]
        assert router["ospf"]["wanted"] == router["ospf"]["seen"] == 4, router["node"]
        assert router["bgp"]["wanted"] == router["bgp"]["seen"] == 4, router["node"]


def test_a_cut_cable_is_gone_round_and_mended(three: Standing) -> None:
    def way() -> str:
        return three.node("alice").outcome("ip", "route", "get", "10.21.0.2").stdout

    direct = way()
    lab.cut(three.folder, "alice-bob")
    wait_until("alice reaches bob over carol", lambda: "dev eth1" in way(), within=timedelta(seconds=90))
    lab.mend(three.folder, "alice-bob")

    assert "dev eth0" in direct
    wait_until("alice reaches bob directly", lambda: "dev eth0" in way(), within=timedelta(seconds=60))


def test_a_router_comes_back_from_its_files_in_the_guest(three: Standing) -> None:
    three.node("bob").write("/etc/motd", "kept\n")

    lab.power_cut(three.folder, "bob")
    carrier = three.node("alice").run("cat", "/sys/class/net/eth0/carrier").strip()
    lab.power_on(three.folder, "bob")

    assert carrier == "0"
    assert three.node("bob").read("/etc/motd") == "kept\n"
    assert three.node("bob").found("/etc/mot?") == ("/etc/motd",)
    three.converges()


def test_the_shell_joins_a_program_and_returns_its_code(three: Standing) -> None:
    words = ("-m", "hanse_lab.main", "--name", NAME, "shell", "carol", "sh", "-c", "hostname; cat; exit 3")
    surroundings = {**os.environ, "PYTHONPATH": str(SOURCES)}

    shown = subprocess.run(
        [sys.executable, *words], input="typed\n", capture_output=True, text=True, env=surroundings, check=False
    )

    assert (shown.stdout, shown.returncode) == ("carol\ntyped\n", 3)


@pytest.fixture
def killed() -> Iterator[Folder]:
    """Give the folder of a lab of this test's own."""
    if missing := uml.lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of("uml-killed")
    yield folder
    lab.down(folder)


@pytest.mark.parametrize("after", [0.5, 1.5, 4.0])
def test_what_a_killed_start_in_a_guest_leaves_is_gone_after_down(killed: Folder, tmp_path: Path, after: float) -> None:
    text = (NETWORK / "network.yml").read_text()
    (tmp_path / "network.yml").write_text(text.replace("198.18.18.", "198.18.9."))
    words = (sys.executable, "-m", "hanse_lab.main", "--name", killed.name, "up", str(tmp_path), "--place", "uml")
    surroundings = {**os.environ, "PYTHONPATH": str(SOURCES)}
    with subprocess.Popen(words, env=surroundings, stdout=subprocess.DEVNULL) as starting:
        time.sleep(after)
        starting.kill()

    lab.down(killed)

    assert left_of(killed) == []


def test_a_guest_boots_with_the_library_for_larger_processors(killed: Folder) -> None:
    guest = uml.boot(killed.path, mark_of(killed.path), 1, always_preload=True)

    assert "xstate.so" in (Path("/proc") / str(min(processes.marked(killed.path))) / "maps").read_text()
    assert guest.outcome(("true",)).returncode == 0
