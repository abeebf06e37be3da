"""What a lab keeps about itself, and its processes."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from hanse_lab import folder as lab_folder
from hanse_lab import processes
from hanse_lab.errors import LabError, NoSuchCable, NoSuchLab, NoSuchNode, PoweredOff
from hanse_lab.folder import Folder, Record, naming, with_node
from hanse_lab.lab import cable_name
from hanse_lab.nodes.life import Running
from hanse_lab.nodes.router import with_open_root, with_plain_root
from hanse_lab.plan import Cable, Daemon, LabPlan, Plug, Router, Speaker
from hanse_lab.plant import hardware_address, management_cable, middle_of, own_address

ONE = Router(name="core1", management_port="mgmt", management_address="198.18.0.1/24")
OTHER = Router(name="core2", management_port="mgmt", management_address="198.18.0.254/24")
FIBRE = Cable(name="fibre", plugs=(Plug(node="core1", port="eth0"), Plug(node="core2", port="eth0")))
LAN = Cable(name="pix", plugs=(Plug(node="core2", port="pix0"), Plug(node="alice", port="eth0")), shared=True)
ALICE = Speaker(name="alice", daemon=Daemon.FRR, asn=64501, router_id="192.0.2.11", ports=(), peers=())
PLAN = LabPlan(routers=(ONE, OTHER), speakers=(ALICE,), cables=(FIBRE, LAN))
RECORD = Record(network="/city", plan=PLAN, bridge="hanse0", plant=7, nodes={"core1": 10, "core2": 11, "alice": 12})


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    folder.write(RECORD)

    assert folder.read() == RECORD


def test_a_lab_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchLab, match="no lab 'gone' is up"):
        Folder(tmp_path / "gone").read()


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(LabError, match="cannot be a lab's name"):
        Folder.of(name)


def test_a_node_without_power_is_off_and_has_no_process() -> None:
    off = with_node(RECORD, "core1", 0)

    assert off.off == {"core1"}
    with pytest.raises(PoweredOff, match="core1 is switched off"):
        Running("core1", off.pid("core1"))


def test_one_lab_at_a_time_names_its_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab_folder, "ABOVE", tmp_path)
    other = os.open(tmp_path, os.O_RDONLY)

    with naming(), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_an_unknown_node_is_told_with_those_that_are_there() -> None:
    with pytest.raises(NoSuchNode, match="it has core1, core2, alice"):
        RECORD.pid("core3")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("fibre", "fibre"), ("core1:eth0", "fibre"), ("pix", "pix"), ("alice:eth0", "alice:eth0")],
)
def test_a_cable_is_named_by_itself_or_by_a_port(said: str, meant: str) -> None:
    assert cable_name(PLAN, said) == meant


def test_an_unknown_cable_is_told_with_those_that_are_there() -> None:
    with pytest.raises(NoSuchCable, match="it has fibre, pix"):
        cable_name(PLAN, "radio")


def test_every_plug_has_its_own_end_in_the_plant() -> None:
    ends = {middle_of(PLAN, plug) for cable in PLAN.cables for plug in cable.plugs}

    assert len(ends) == 4


def test_a_port_keeps_its_hardware_address_and_no_other_has_it() -> None:
    plugs = [plug for cable in PLAN.cables for plug in cable.plugs]

    addresses = {hardware_address(plug) for plug in plugs}

    assert len(addresses) == len(plugs)
    assert all(int(address[:2], 16) & 0b11 == 0b10 for address in addresses)


def test_only_routers_have_a_management_cable() -> None:
    assert management_cable(PLAN, "core2", "hanse0") == "hanse0-1"
    assert not management_cable(PLAN, "alice", "hanse0")


def test_this_machine_takes_the_highest_address_that_no_router_has() -> None:
    assert own_address(ip_network("198.18.0.0/24"), (ONE, OTHER)) == "198.18.0.253/24"


def test_root_is_opened_for_keys_and_everybody_else_stays_as_he_is() -> None:
    assert with_open_root("root:!:1:0\nbob:!:1:0\n") == "root:*:1:0\nbob:!:1:0\n"
    assert with_plain_root("root:x:0:0::/root:/bin/bash\nbob:x:1:1::/:/bin/bash\n") == (
        "root:x:0:0::/root:/bin/sh\nbob:x:1:1::/:/bin/bash\n"
    )


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process that carries the mark of a lab in `tmp_path`."""
    process = subprocess.Popen(["sleep", "60"], env={"PATH": os.environ["PATH"], processes.MARK: str(tmp_path)})
    yield process
    process.kill()
    process.wait()


def test_a_lab_finds_its_processes_by_their_mark(sleeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert processes.marked(tmp_path) == (sleeper.pid,)
    assert processes.marked(tmp_path / "other") == ()


def test_a_lab_ends_its_own_processes(sleeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    processes.end((sleeper.pid,), tmp_path)

    assert sleeper.wait(5) == -9


def test_a_process_is_known_by_its_mark_in_the_midst_of_its_exec(tmp_path: Path) -> None:
    surroundings = {"PATH": os.environ["PATH"], processes.MARK: str(tmp_path)}
    for _again in range(100):  # for a moment the kernel shows a new program without its environment
        with subprocess.Popen(["sleep", "60"], env=surroundings) as process:
            known = processes.is_alive(process.pid, tmp_path)
            process.kill()
        assert known


def test_a_process_without_the_mark_is_left_alone(sleeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    processes.end((sleeper.pid,), tmp_path / "other")

    assert sleeper.poll() is None
