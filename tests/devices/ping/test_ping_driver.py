"""The driver that only asks whether a device answers."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hanse.conf.drivers import driver_kind
from hanse.devices.driver import Driver, NotOffered, Target, Unreachable, Verdict
from hanse.devices.ping.driver import PING

SECOND = timedelta(seconds=1)


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def mast(port: int | None = None, host: str = "127.0.0.1") -> Target:
    return Target(name="mast", host=host, port=port, timeout=SECOND)


def say(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called `ping` before the real one."""
    (folder / "ping").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (folder / "ping").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_device_that_takes_a_connection_is_there(listening: int) -> None:
    with PING.open(mast(listening)) as driver:
        assert driver.reach().took >= timedelta(0)
        assert driver.facts().hostname == "mast"


def test_a_device_that_takes_none_is_unreachable(listening: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(Unreachable, match=rf"mast \(127\.0\.0\.1\) takes no connection on port {port}"):
        PING.open(mast(port)).__enter__()


def test_without_a_port_it_is_pinged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(f'printf "%s " "$@" >{tmp_path}/words', tmp_path, monkeypatch)

    with PING.open(mast()) as driver:
        driver.reach()

    assert (tmp_path / "words").read_text() == "-n -q -c 1 -w 1 -- 127.0.0.1 "


def test_a_device_that_answers_no_ping_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say("exit 1", tmp_path, monkeypatch)

    with pytest.raises(Unreachable, match=r"mast \(192\.0\.2\.9\) does not answer to ping"):
        PING.open(mast(host="192.0.2.9")).__enter__()


def test_where_there_is_no_ping_program_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unreachable, match="ping cannot be run"):
        PING.open(mast()).__enter__()


def test_it_reports_nothing_and_runs_nothing_of_ours(listening: int) -> None:
    with PING.open(mast(listening)) as driver:
        told = (driver.interfaces(), driver.bgp_sessions(), driver.ospf_neighbours(), driver.routes())

        assert told == ((), (), (), ())
        assert driver.lldp_neighbours() == ()
        assert (driver.running(), driver.verdict("any")) == ("", Verdict.UNKNOWN)
        driver.discard("any")


DEEDS: tuple[Callable[[Driver], object], ...] = (
    lambda driver: driver.stage("new", "text"),
    lambda driver: driver.commit("new", undo_after=None),
    lambda driver: driver.confirm("new"),
    lambda driver: driver.undo("new"),
)


@pytest.mark.parametrize("deed", DEEDS)
def test_it_configures_nothing(deed: Callable[[Driver], object], listening: int) -> None:
    with PING.open(mast(listening)) as driver, pytest.raises(NotOffered, match="mast is only pinged"):
        deed(driver)


def test_a_platform_names_it_as_any_other_driver() -> None:
    assert driver_kind("ping") is PING
    assert not PING.abilities.replace
