"""Daemons of the router: processes that outlive us, with and without systemd."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hanse.devices.linux.carried import daemons
from hanse.devices.linux.carried.daemons import Daemon, is_active, launch, pid_in, send, wait_until
from hanse.devices.linux.carried.places import SEARCH
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Failed


@dataclass(frozen=True)
class Sleeper:
    """A daemon of its own name that does nothing."""

    program: Path
    pid_file: Path
    log: Path

    def is_running(self) -> bool:
        return is_active(self.program.name, self.pid_file)

    def launch(self, *words: str) -> Ran:
        return launch(str(self.program), *words, pid_file=self.pid_file, log=self.log)

    def end(self) -> None:
        send(signal.SIGTERM, self.pid_file, self.program.name)

    @property
    def daemon(self) -> Daemon:
        return Daemon("the sleeper", "sleeper", self.is_running)


@pytest.fixture
def sleeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sleeper]:
    monkeypatch.setattr(daemons, "SYSTEMD", tmp_path / "none")
    program = Path(shutil.copy(shutil.which("sleep") or "/bin/sleep", tmp_path / "sleeper"))
    one = Sleeper(program, tmp_path / "pid", tmp_path / "log")
    yield one
    one.end()


def test_it_lives_on_its_own_until_it_is_stopped(sleeper: Sleeper) -> None:
    sleeper.daemon.start(lambda: sleeper.launch("60"))
    pid = pid_in(sleeper.pid_file, "sleeper")
    assert pid is not None
    assert Path(f"/proc/{pid}/environ").read_bytes() == f"PATH={SEARCH}\0PWD=/\0".encode()

    sleeper.daemon.stop(sleeper.end)
    assert not sleeper.is_running()


def test_what_it_says_is_in_its_log(sleeper: Sleeper) -> None:
    sleeper.launch("soon")

    wait_until(lambda: "invalid time interval" in sleeper.log.read_text(), "it says nothing")


def test_what_does_not_come_in_time_is_a_failure_with_its_sentence() -> None:
    with pytest.raises(Failed, match="bgpd does not start"):
        wait_until(lambda: False, "bgpd does not start", within=0.1)


def test_a_number_that_is_anothers_by_now_is_left_alone(sleeper: Sleeper) -> None:
    sleeper.daemon.start(lambda: sleeper.launch("60"))

    assert pid_in(sleeper.pid_file, "gobgpd") is None
    send(signal.SIGKILL, sleeper.pid_file, "gobgpd")
    assert sleeper.is_running()


@pytest.mark.parametrize("text", ["", "none\n", "999999999\n"])
def test_a_pid_file_that_names_nobody_is_of_nobody(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pid"
    file.write_text(text)

    assert pid_in(file, "sleeper") is None
    assert pid_in(tmp_path / "none", "sleeper") is None


def test_systemd_is_asked_where_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, ...]] = []

    def systemctl(*words: str) -> Ran:
        said.append(words)
        return Ran(0, "")

    monkeypatch.setattr(daemons, "SYSTEMD", tmp_path)
    monkeypatch.setattr(daemons, "run", systemctl)
    begun = iter([True, False])
    daemon = Daemon("bgpd", "openbgpd", lambda: next(begun))
    daemon.start(lambda: pytest.fail("it was started without systemd"))
    daemon.stop(lambda: pytest.fail("it was stopped without systemd"))

    assert said == [("systemctl", "restart", "openbgpd"), ("systemctl", "stop", "openbgpd")]


def test_what_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemons, "SYSTEMD", tmp_path / "none")

    with pytest.raises(Failed, match=r"bird: no such user"):
        Daemon("bird", "bird", lambda: False).start(lambda: Ran(1, "no such user\n"))
