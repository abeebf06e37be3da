"""Who is let in, and what is said when nobody is."""

import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import old_text
from hanse.devices.driver import (
    HostKeyChanged,
    HostKeyUnknown,
    LoginRefused,
    Target,
    Unreachable,
    Verdict,
)
from hanse.devices.linux.driver import LINUX
from hanse.devices.linux.ssh import connected, learn_host_key

OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA6rWI3G1sz07DnfFlrouTcysQlj2P+jpNSOEWD9OJ3X"


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Return a port of this machine that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def loopback(port: int, host_key: str = OTHER_KEY) -> Target:
    return Target(name="r1", host="127.0.0.1", port=port, host_key=host_key, timeout=timedelta(milliseconds=300))


def test_without_a_learned_key_nothing_is_dialled() -> None:
    with pytest.raises(HostKeyUnknown, match="--learn"), LINUX.open(loopback(9, host_key="")):
        pass


@pytest.mark.parametrize("text", ["ssh-ed25519", "ssh-ed25519 ????", "ssh-none AAAA"])
def test_a_key_that_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(HostKeyUnknown), LINUX.open(loopback(9, host_key=text)):
        pass


def test_a_port_that_nobody_serves_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(Unreachable), LINUX.open(loopback(port)):
        pass
    with pytest.raises(Unreachable):
        learn_host_key(loopback(port))


def test_a_silent_port_is_unreachable_in_time(silent_port: int) -> None:
    with pytest.raises(Unreachable), LINUX.open(loopback(silent_port)):
        pass
    with pytest.raises(Unreachable):
        learn_host_key(loopback(silent_port))


@pytest.mark.lab
def test_the_learned_key_is_the_routers(node: LinuxNode) -> None:
    assert learn_host_key(node.target) == node.host_key()


@pytest.mark.lab
def test_another_host_key_is_refused(node: LinuxNode) -> None:
    with pytest.raises(HostKeyChanged), LINUX.open(replace(node.target, host_key=OTHER_KEY)):
        pass


@pytest.mark.lab
def test_a_host_key_of_another_kind_is_refused(node: LinuxNode, tmp_path: Path) -> None:
    words = ["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", str(tmp_path / "other")]
    subprocess.run(words, check=True)
    other = (tmp_path / "other.pub").read_text(encoding="ascii")

    with pytest.raises(HostKeyChanged), LINUX.open(replace(node.target, host_key=other)):
        pass


@pytest.mark.lab
def test_a_wrong_login_is_refused(node: LinuxNode) -> None:
    with pytest.raises(LoginRefused), LINUX.open(replace(node.target, key_file="", password="wrong")):
        pass


@pytest.mark.lab
def test_who_is_not_called_root_works_through_sudo(node: LinuxNode) -> None:
    node.run(
        "useradd -o -u 0 -g 0 -d /root -s /bin/sh netops; usermod -p '*' netops; "
        "printf '%s\\n' '#!/bin/sh' 'echo \"got $1\" >> /root/sudo.calls' 'shift' 'exec \"$@\"' > /usr/local/bin/sudo; "
        "chmod 755 /usr/local/bin/sudo"
    )

    with LINUX.open(replace(node.target, username="netops")) as driver:
        driver.stage("new", old_text(node))
        driver.commit("new", undo_after=None)

        assert driver.verdict("new") is Verdict.KEPT
    assert set((node.read("/root/sudo.calls") or "").split()) == {"got", "-n"}


@pytest.mark.lab
def test_a_command_that_ends_without_reading_its_input_still_tells_how_it_ended(node: LinuxNode) -> None:
    with connected(node.target) as shell:
        ended = {shell.run("exit 77", text="x" * size).status for size in (1, 1000, 5_000_000) for _ in range(5)}

    assert ended == {77}


@pytest.mark.lab
def test_a_command_that_says_too_little_is_given_up(node: LinuxNode) -> None:
    with connected(node.target) as shell, pytest.raises(Unreachable, match="in time"):
        shell.run("sleep 5", silence=0.5)
