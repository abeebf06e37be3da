"""What ExaBGP says against a file, and whose file is whose."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from hanse.devices.linux.carried import daemons, exabgp
from hanse.devices.linux.carried.component import Candidate, Finding
from hanse.devices.linux.carried.components import COMPONENTS, components_of
from hanse.devices.linux.carried.tools import Ran

PATH = "/etc/exabgp/exabgp.conf"
NEIGHBOUR = """\
neighbor 127.0.0.1 {
    router-id 10.20.0.1;
    local-address 127.0.0.2;
    local-as 64500;
    peer-as 64500;
    hold-time 9;
}
"""

needs_exabgp = pytest.mark.skipif(
    not shutil.which("exabgp", path="/usr/sbin:/usr/bin"), reason="there is no ExaBGP: apt-get install exabgp"
)


def candidate(folder: Path, text: str) -> Candidate:
    """Return a staged file with that text."""
    staged = folder / "exabgp.conf"
    staged.write_text(text)
    return Candidate(PATH, staged, text)


@needs_exabgp
def test_a_word_that_exabgp_does_not_know_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")

    found = exabgp.check([candidate(tmp_path, NEIGHBOUR.replace("hold-time", "hold-tme"))])

    assert [finding.path for finding in found] == [PATH]
    assert 'invalid keyword "hold-tme"' in found[0].said


@needs_exabgp
def test_a_good_file_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")

    assert exabgp.check([candidate(tmp_path, NEIGHBOUR)]) == []


def test_a_router_without_exabgp_is_told_the_package(tmp_path: Path) -> None:
    found = exabgp.findings(candidate(tmp_path, NEIGHBOUR), Ran(127, "exabgp: No such file or directory\n"))

    assert found == [Finding(PATH, 0, "there is no ExaBGP here: apt-get install exabgp")]


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        (PATH, "exabgp"),
        ("/etc/exabgp/services.list", "exabgp"),
        ("/etc/exabgp/exabgp.env", ""),  # the package's own
        ("/etc/hanse/health.conf", "health"),
    ],
)
def test_a_file_belongs_to_its_program_alone(path: str, owner: str) -> None:
    assert [one.name for one in COMPONENTS if one.owns(path)] == ([owner] if owner else [])


def test_services_are_told_after_the_routing_daemon_is_there() -> None:
    names = [one.name for one in components_of((PATH, "/etc/hanse/health.conf", "/etc/bird/bird.conf"))]

    assert names == ["bird", "exabgp", "health"]


def test_exabgp_begins_anew_only_for_another_program_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    taken: list[str] = []

    def begin(*words: str, env: Mapping[str, str] | None = None) -> Ran:
        begun.append("begun")
        return Ran(0, "")

    for name in ("FILE", "TELLER", "STARTED"):
        monkeypatch.setattr(exabgp, name, tmp_path / name)
    monkeypatch.setattr(exabgp, "is_running", lambda: bool(begun))
    monkeypatch.setattr(daemons, "run", begin)
    monkeypatch.setattr(exabgp, "DAEMON", exabgp.DAEMON._replace(is_running=lambda: bool(begun)))
    monkeypatch.setattr(exabgp, "stop", lambda: None)
    monkeypatch.setattr(exabgp, "take_in", lambda: taken.append("taken"))
    exabgp.FILE.write_text(NEIGHBOUR)
    exabgp.reload()

    exabgp.reload()
    assert begun == ["begun"]

    exabgp.FILE.write_text(NEIGHBOUR + "# another\n")
    exabgp.reload()
    assert begun == ["begun"]
    assert taken == ["taken"]

    exabgp.TELLER.write_text("another\n")
    exabgp.reload()
    assert begun == ["begun", "begun"]


class KilledHere(Exception):
    """Stands for a SIGKILL at this very place."""


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let ExaBGP run with its file in a folder, and give what it is told after that: begin anew, or read its file."""
    told: list[str] = []

    def begin(*words: str, env: Mapping[str, str] | None = None) -> Ran:
        told.append("begin")
        return Ran(0, "")

    for name in ("FILE", "TELLER", "STARTED"):
        monkeypatch.setattr(exabgp, name, tmp_path / name)
    monkeypatch.setattr(exabgp, "is_running", lambda: True)
    monkeypatch.setattr(daemons, "run", begin)
    monkeypatch.setattr(exabgp, "DAEMON", exabgp.DAEMON._replace(is_running=lambda: True))
    monkeypatch.setattr(exabgp, "stop", lambda: None)
    monkeypatch.setattr(daemons, "pid_in", lambda file, name: 1)
    monkeypatch.setattr(os, "kill", lambda pid, number: told.append("read"))
    exabgp.FILE.write_text(NEIGHBOUR)
    exabgp.reload()
    told.clear()
    return told


def test_exabgp_begins_anew_with_its_old_file_if_the_program_was_killed_as_it_read_the_new(
    running: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(pid: int, number: int) -> None:
        raise KilledHere

    with monkeypatch.context() as killed:
        killed.setattr(os, "kill", kill)
        exabgp.FILE.write_text(NEIGHBOUR + "# new\n")
        with pytest.raises(KilledHere):
            exabgp.reload()
    exabgp.FILE.write_text(NEIGHBOUR)

    exabgp.restore({"ran": True})

    assert running == ["begin"]


def test_exabgp_begins_anew_with_its_old_program_if_ours_was_killed_as_it_began(
    running: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*words: str, env: Mapping[str, str] | None = None) -> Ran:
        raise KilledHere

    with monkeypatch.context() as killed:
        killed.setattr(daemons, "run", kill)
        exabgp.TELLER.write_text("new\n")
        with pytest.raises(KilledHere):
            exabgp.reload()
    exabgp.TELLER.unlink()

    exabgp.restore({"ran": True})

    assert running == ["begin"]
