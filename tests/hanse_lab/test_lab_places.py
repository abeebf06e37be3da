"""Where a lab's routers stand: what their network needs, what a kernel offers, and what is said where it does not."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from hanse.network.wanted.files import load
from hanse_lab import folder
from hanse_lab.commands import PATIENCE
from hanse_lab.errors import NoPlace
from hanse_lab.folder import Folder
from hanse_lab.places import uml
from hanse_lab.places.agent import youngest_first
from hanse_lab.places.choice import choose, insist
from hanse_lab.places.features import TRIALS, lacking
from hanse_lab.places.guest import Guest
from hanse_lab.places.machine import Surroundings, ThisMachine
from hanse_lab.places.needs import OF_PORTS, OF_SEGMENTS, OF_TUNNELS, needs
from hanse_lab.plan import LabPlan, Place
from hanse_lab.product import Hanse
from samples.labels import labels_network, labels_with

NETWORK = """
network: {name: one, asn: 64500, documentation_is_public: true}
platforms: {debian: {driver: linux, dialect: bird2}}
sites: {rathaus: {}}
nodes:
  alice:
    number: 1
    site: rathaus
    platform: debian
    management: {address: 198.18.0.1/24}
    ports: {eth0: , %s}
"""
VRF = "\nvrfs: {blue: {number: 1}}\n"


@dataclass(frozen=True, slots=True)
class Kernel(ThisMachine):
    """A machine whose kernel has only some features."""

    has: frozenset[str]

    def outcome(
        self, words: Sequence[str], *, stdin: str = "", patience: timedelta = PATIENCE, env: Surroundings | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Succeed for the trials of what the kernel has."""
        feature = next(name for name, trial in TRIALS.items() if trial == words[-1])
        failed = feature not in self.has
        return subprocess.CompletedProcess(list(words), int(failed), "", "Unknown device\n type." if failed else "")


PLAIN = Kernel(frozenset({"vxlan", "tun"}))


def test_a_network_of_plain_ports_needs_nothing() -> None:
    assert needs(load({"network.yml": NETWORK % "eth1: "}).network) == ()


@pytest.mark.parametrize(
    ("port", "feature"),
    [
        ("eth0.5: {parent: eth0, vlan: 5}", "vlan"),
        ("bond0: {kind: bond, members: [eth0]}", "bond"),
        ("br0: {kind: bridge, members: [eth0]}", "vlan-filtering"),
        ("du0: {kind: dummy}", "dummy"),
    ],
)
def test_a_made_port_needs_what_it_is_made_of(port: str, feature: str) -> None:
    assert needs(load({"network.yml": NETWORK % port}).network) == (feature,)


def test_a_routing_table_of_its_own_needs_vrf() -> None:
    assert needs(load({"network.yml": NETWORK % "eth1: " + VRF}).network) == ("vrf",)


def test_links_with_labels_need_mpls() -> None:
    assert needs(labels_network()) == ("mpls", "vrf")
    assert needs(labels_with(label_paths=None)) == ("mpls", "vrf"), "LDP alone"
    assert needs(labels_with(label_paths=None, link_classes={"fibre": {"medium": "fibre", "cost": 10}})) == ("vrf",)


def test_every_feature_that_a_network_may_need_can_be_tried() -> None:
    groups = (*OF_SEGMENTS.values(), *OF_TUNNELS.values())

    assert {*OF_PORTS.values(), *(name for group in groups for name in group)} <= set(TRIALS)


def test_what_a_kernel_lacks_is_told_with_what_it_said() -> None:
    assert lacking(PLAIN, ("vxlan", "vrf")) == {"vrf": "Unknown device type."}


def test_this_machine_is_chosen_where_its_kernel_has_everything() -> None:
    assert choose(("vxlan",), PLAIN, lambda: ("no guest",)) is Place.HOST


def test_a_guest_is_chosen_where_this_kernel_lacks_something() -> None:
    assert choose(("vxlan", "vrf"), PLAIN, lambda: ()) is Place.UML


def test_where_no_place_is_to_be_had_both_reasons_are_told() -> None:
    with pytest.raises(NoPlace, match=r"no vrf \(Unknown device type\.\); no guest .* instead: linux\.uml is not"):
        choose(("vrf",), PLAIN, lambda: ("linux.uml is not installed",))


def test_a_place_that_was_asked_for_and_lacks_something_is_refused() -> None:
    with pytest.raises(NoPlace, match=r"the kernel of place uml has no vrf .*, which the network needs"):
        insist(("vrf",), Place.UML, PLAIN)


def test_a_guest_that_panics_is_told_without_its_stack(tmp_path: Path) -> None:
    (tmp_path / "console").write_text(
        "booting\nKernel panic - not syncing: no init\nCPU: 0 PID: 1\nStack:\n 606944ba\n"
    )

    with pytest.raises(uml.GuestDoesNotBoot, match=r"(?s)its kernel ended.*no init$"):
        uml.when_it_answers(Guest(tmp_path, "lo"))


def test_the_library_for_larger_processors_takes_ptraces_place(tmp_path: Path) -> None:
    if not (shutil.which("gcc") and shutil.which("nm")):
        pytest.skip("gcc and nm are not installed: see script/debian-packages.txt")

    library = uml.compiled(tmp_path)

    defined = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True)
    assert defined.stdout.split()[-2:] == ["T", "ptrace"]


def test_the_first_process_of_a_guest_is_a_script_that_can_be_read() -> None:
    subprocess.run(["sh", "-n", str(uml.SOURCES / "guest-init.sh")], check=True)


def test_a_labs_own_templates_reach_the_product(tmp_path: Path) -> None:
    lab = Folder(tmp_path)
    without = Hanse(lab).environment()

    lab.templates.mkdir()

    assert "HANSE_TEMPLATES" not in without
    assert Hanse(lab).environment()["HANSE_TEMPLATES"] == str(tmp_path / "templates")


def test_a_record_from_before_there_were_places_is_of_this_machine(tmp_path: Path) -> None:
    record = folder.Record(network="/city", plan=LabPlan(routers=(), speakers=(), cables=()), nodes={})

    assert record.place is Place.HOST


def test_what_goes_away_while_it_is_looked_for_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "state").touch()
    os.utime(tmp_path / "two" / "state", (0, 0))
    left = [3]
    find = Path.glob

    def glob(self: Path, pattern: str) -> Iterator[Path]:
        left[0] -= 1
        if left[0] > 0:
            raise FileNotFoundError(self / "three")
        return iter((*find(self, pattern), tmp_path / "four" / "state"))

    monkeypatch.setattr(Path, "glob", glob)

    assert youngest_first(tmp_path, "*/state") == [tmp_path / "one" / "state", tmp_path / "two" / "state"]
