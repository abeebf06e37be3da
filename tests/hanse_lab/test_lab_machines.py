"""This machine and a guest do the same for the lab, and say the same when they cannot."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hanse_lab.errors import CommandFailed
from hanse_lab.places.agent import answer
from hanse_lab.places.guest import Guest, GuestGone
from hanse_lab.places.machine import HERE, Machine, run
from hanse_lab.processes import MARK

AROUND = {"PATH": os.environ["PATH"]}


class NearGuest(Guest):
    """A guest whose agent runs in this process: nothing is sent over a network."""

    token_known = "secret"

    def connected(self, within: timedelta) -> socket.socket:
        """Return one end of a pair; the agent answers at the other."""
        mine, yours = socket.socketpair()
        threading.Thread(target=answer, args=(yours, self.token_known), daemon=True).start()
        mine.settimeout(within.total_seconds())
        return mine


class DeafGuest(Guest):
    """A guest that has ended."""

    def connected(self, within: timedelta) -> socket.socket:
        """Refuse, as the kernel does."""
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture(params=["this machine", "a guest"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """Give each of both."""
    if request.param == "this machine":
        return HERE
    (tmp_path / "token").write_text("secret")
    return NearGuest(tmp_path, "lo")


def test_a_program_runs_with_its_input_and_tells_its_code(machine: Machine) -> None:
    done = machine.outcome(("/bin/sh", "-c", "cat; echo sorry >&2; exit 3"), stdin="grüezi\n", env=AROUND)

    assert (done.returncode, done.stdout, done.stderr) == (3, "grüezi\n", "sorry\n")


def test_a_program_sees_the_given_surroundings_and_no_others(machine: Machine) -> None:
    assert run(machine, ("/usr/bin/env",), env={"ONLY": "this"}) == "ONLY=this\n"


def test_a_failed_program_is_told_with_what_it_said(machine: Machine) -> None:
    with pytest.raises(CommandFailed, match="ended with 1: no such thing"):
        run(machine, ("/bin/sh", "-c", "echo no such thing >&2; exit 1"))


def test_a_program_that_is_not_there_is_named(machine: Machine) -> None:
    with pytest.raises(CommandFailed, match="/no/such/program is not installed"):
        machine.outcome(("/no/such/program",))


def test_a_program_that_does_not_end_is_given_up(machine: Machine) -> None:
    with pytest.raises(CommandFailed, match=r"`sleep 60` did not end within 0\.1 s"):
        machine.outcome(("sleep", "60"), patience=timedelta(seconds=0.1))


def test_a_file_is_read_as_it_was_written(machine: Machine, tmp_path: Path) -> None:
    place = tmp_path / "some" / "where"

    machine.write(place, "old", 0o644)
    machine.write(place, "grüezi\n", 0o600)

    assert machine.read(place) == "grüezi\n"
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_not_there_is_told_as_such(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        machine.read(tmp_path / "nothing")


def test_a_file_can_be_removed_twice(machine: Machine, tmp_path: Path) -> None:
    machine.write(tmp_path / "some", "")

    machine.remove(tmp_path / "some")
    machine.remove(tmp_path / "some")

    assert not (tmp_path / "some").exists()


def test_files_are_found_the_youngest_first(machine: Machine, tmp_path: Path) -> None:
    for age, name in enumerate(("young.state", "old.state", "other")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1000 - age, 1000 - age))

    found = machine.found(tmp_path, "*.state")

    assert found == (tmp_path / "young.state", tmp_path / "old.state")


@pytest.fixture
def stays(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """Give the words of a program that tells its number and stays; it is ended at last."""
    number = tmp_path / "number"
    yield ("/bin/sh", "-c", f"echo began >&2; echo $$ | tee {number}; exec sleep 60")

    subprocess.run(["kill", "-9", number.read_text().strip()], capture_output=True, check=False)


def test_a_program_that_stays_is_heard_once_and_ended(machine: Machine, tmp_path: Path, stays: tuple[str, ...]) -> None:
    heard = machine.hear(stays, log=tmp_path / "log", env=AROUND | {MARK: str(tmp_path)})
    lived = Path(f"/proc/{heard}").exists()

    machine.end(int(heard), tmp_path)

    assert lived
    assert not Path(f"/proc/{heard}/exe").exists()
    assert (tmp_path / "log").read_text() == "began\n"


@pytest.mark.parametrize("tty", [False, True])
def test_a_joined_program_speaks_with_the_caller_and_leaves_its_code(tmp_path: Path, *, tty: bool) -> None:
    (tmp_path / "token").write_text("secret")
    guest = NearGuest(tmp_path, "lo")
    words = ("/bin/sh", "-c", "read word; echo said $word; exit 3")

    wanted = {"words": words, "env": AROUND, "session": "one", "tty": tty}
    with guest.call("join", wanted, within=timedelta(seconds=10)) as agent, agent.makefile("rb") as heard:
        agent.sendall(b"hello\n")
        said = heard.read()

    assert b"said hello" in said
    assert guest.ask("ended", {"session": "one"}) == {"code": 3}


def test_a_stranger_gets_no_answer_of_the_agent(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("guessed")

    with pytest.raises(GuestGone, match="does not answer"):
        NearGuest(tmp_path, "lo").outcome(("true",))


def test_a_guest_that_has_ended_is_told_with_its_labs_name(tmp_path: Path) -> None:
    folder = tmp_path / "city" / "guest"
    folder.mkdir(parents=True)
    (folder / "token").write_text("secret")

    with pytest.raises(GuestGone, match=r"the guest of city does not answer \(nobody listens\)"):
        DeafGuest(folder, "lo").read(Path("/etc/hostname"))
