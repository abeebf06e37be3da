"""`hanse run` from an empty store: one command, a log-in, health, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from hanse.cli.say import Exit
from samples.blank_store import put_blank_store

SOURCES: Final = Path(__file__).resolve().parents[2] / "src"
pytestmark = pytest.mark.timeout(120)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def begin(data: Path, port: int, *words: str) -> subprocess.Popen[str]:
    environment = {
        "PYTHONPATH": str(SOURCES),
        "HANSE_DATA": str(data),
        "HANSE_LISTEN": f"127.0.0.1:{port}",
        "PATH": os.environ["PATH"],
    }
    return subprocess.Popen(
        [sys.executable, "-m", "hanse.cli.main", "run", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def status_at(port: int, path: str) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            status: int = answer.status
            return status
    except HTTPError as refused:
        return refused.code
    except (URLError, OSError):
        return 0


def wait_for(port: int, path: str, wanted: int) -> None:
    until = time.monotonic() + 60
    while status_at(port, path) != wanted:
        assert time.monotonic() < until, f"{path} does not become {wanted}: {status_at(port, path)}"
        time.sleep(0.2)


def children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    put_blank_store(tmp_path / "data")
    port = free_port()
    process = begin(tmp_path / "data", port)
    try:
        wait_for(port, "/healthz", 200)
        yield process, port, tmp_path / "data"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_without_leaving_anybody(
    served: tuple[subprocess.Popen[str], int, Path], number: signal.Signals
) -> None:
    process, port, _ = served
    (worker,) = children_of(process.pid)

    process.send_signal(number)
    out, err = process.communicate(timeout=60)

    assert process.returncode == Exit.FINE, err
    assert out.startswith(f"Hanse serves http://127.0.0.1:{port}. Ctrl-C ends it.\n")
    assert "Log in as admin with the password " in out
    assert not Path(f"/proc/{worker}").exists()
    assert status_at(port, "/healthz") == 0


def test_a_second_one_on_the_same_folder_is_refused(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, _, data = served

    second = begin(data, free_port())
    out, err = second.communicate(timeout=60)

    assert (second.returncode, out) == (Exit.WANTED, "")
    assert err == f"Hanse runs on {data} already: process {process.pid}\n"


def test_a_worker_that_dies_is_started_again(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, _ = served
    (worker,) = children_of(process.pid)

    os.kill(worker, signal.SIGKILL)
    wait_for(port, "/healthz", 503)
    wait_for(port, "/healthz", 200)

    assert children_of(process.pid) != [worker]
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert "The worker ended (SIGKILL); it is started again." in err


def test_without_hanse_its_worker_ends_too(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, _, _ = served
    (worker,) = children_of(process.pid)

    process.kill()
    process.communicate()

    until = time.monotonic() + 30
    while Path(f"/proc/{worker}").exists():
        assert time.monotonic() < until, "the worker lives on"
        time.sleep(0.2)


def test_the_password_is_shown_once_and_a_taken_port_is_a_sentence(
    served: tuple[subprocess.Popen[str], int, Path], tmp_path: Path
) -> None:
    process, port, data = served

    other = begin(tmp_path / "other", port)
    _, err = other.communicate(timeout=60)
    assert other.returncode == Exit.OUTSIDE
    assert err.startswith(f"cannot listen at 127.0.0.1 port {port} (HANSE_LISTEN):")

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    again = begin(data, port, "--no-worker")
    wait_for(port, "/healthz", 503)
    again.send_signal(signal.SIGTERM)
    out, _ = again.communicate(timeout=60)
    assert "password" not in out
