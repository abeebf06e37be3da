"""What all rooms' tests share: golden files, no network, and the lab's tests only where a lab can be."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# A busy machine is no failure, and each run draws anew: many short runs see more than one long one.
settings.register_profile("house", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=1000)  # --hypothesis-profile=thorough
settings.load_profile("house")

PBKDF2PasswordHasher.iterations = 1000  # of a million: no test guesses a password

LAB_PROGRAMS: Final = ("bird", "ifup", "ip", "nft", "tini", "unshare", "/usr/sbin/sshd")


class Dialled(AssertionError):
    """A test that is not marked `lab` tried to reach something that is not this machine."""


class Network:
    """Whether the running test may reach more than this machine."""

    is_off = True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write golden files anew; read their diff")
    parser.addoption(
        "--every-dialect", action="store_true", help="run each of the lab's scenarios with BIRD, FRR, and both in turn"
    )
    parser.addoption("--long", action="store_true", help="run scenarios that take many minutes, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the lab's tests, each with the reason, where routers cannot be started, and what nobody asked for."""
    searched = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    lacking = [program for program in LAB_PROGRAMS if not shutil.which(program, path=searched)]
    why = ""
    if os.geteuid() != 0:
        why = "starts real routers on this machine: run ./hanse test as root"
    elif lacking:
        why = f"starts real routers on this machine and finds no {', '.join(lacking)}: see script/debian-packages.txt"
    unasked = {
        marker: option
        for marker, option in (("every_dialect", "--every-dialect"), ("long", "--long"))
        if not config.getoption(option)
    }
    for item in items:
        if why and item.get_closest_marker("lab"):
            item.add_marker(pytest.mark.skip(reason=why))
        for option in (option for marker, option in unasked.items() if item.get_closest_marker(marker)):
            item.add_marker(pytest.mark.skip(reason=f"runs with {option}"))


class WholeFolders(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types
    """Gives each process of tests whole folders of scenarios, so that no two start the same routers.

    One of them has all that share the city. Two have all that need a kernel of their own: each such guest keeps one
    processor to itself, for protocols that count in seconds. What takes longest begins first.
    """

    SHARED: Final = {"lab.city": "city", "lab_in(None": "guest", "Place.UML": "guest"}
    LONGEST: Final = ("guest 0", "guest 1", "city", "tests/lab/soak", "tests/lab/faulted")

    def __init__(self, config: pytest.Config, log: Producer | None) -> None:
        super().__init__(config, log)
        scenarios = Path(__file__).with_name("lab").glob("*/test_*.py")
        self._shared = {
            path.parent.name: next(one for sign, one in self.SHARED.items() if sign in path.read_text())
            for path in scenarios
            if any(sign in path.read_text() for sign in self.SHARED)
        }
        guests = sorted(name for name, shared in self._shared.items() if shared == "guest")
        self._shared |= {name: f"guest {number % 2}" for number, name in enumerate(guests)}

    def _split_scope(self, nodeid: str) -> str:
        folder = Path(nodeid.partition("::")[0]).parent
        return self._shared.get(folder.name, str(folder))

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = next((scope for scope in self.LONGEST if scope in self.workqueue), None)
        if first:
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Let `--dist loadscope` mean whole folders."""
    return WholeFolders(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Open the network for the lab's own routers only."""
    Network.is_off = item.get_closest_marker("lab") is None
    result = yield
    Network.is_off = True
    return result


def _refuse_to_dial(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and Network.is_off:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            raise Dialled(f"a test dials {address}")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_refuse_to_dial)


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `golden/NAME` beside the test file; `--renew-golden` writes it instead."""

    def compare(text: str, name: str) -> None:
        golden: Path = request.path.parent / "golden" / name
        if request.config.getoption("--renew-golden"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert golden.exists(), f"{golden} is not there: run with --renew-golden and read it"
        assert text == golden.read_text(encoding="utf-8"), f"not what {golden.name} holds"

    return compare
