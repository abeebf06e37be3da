"""A service at three routers: the nearest answers, and the next one when it fails; README.md says what is proved."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.plan import Place
from hanse_lab.waiting import wait_until
from lab.places import Standing, lab_in, restarted

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
HELLO: Final = ("192.0.2.80", "[2001:db8:53::80]")  # told by BIRD at west and south, by FRR at east
WORLD: Final = ("192.0.2.90", "[2001:db8:53::90]")  # told by ExaBGP at west and south
AT_ONCE: Final = timedelta(seconds=3)
SOON: Final = timedelta(seconds=60)  # holds grow as tests go on
ASKED_FOR: Final = timedelta(seconds=90)
HOLD: Final = 4.0  # seconds, as in network.yml
SERVERS: Final = ("west", "east", "south")
PROCESSES: Final = "router.pyz health|exabgp|services.py"
FILES: Final = r"health|exabgp\.(?!env)|services"  # exabgp.env comes with Debian's package


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that tests may edit."""
    files = tmp_path_factory.mktemp("anycast")
    shutil.copy(HERE / "network.yml", files)
    return files


@pytest.fixture(scope="module")
def anycast(files: Path) -> Iterator[Standing]:
    """Give a lab of four routers with the services running at three of them, told to all."""
    if not shutil.which("exabgp", path="/usr/sbin:/usr/bin"):
        pytest.skip("there is no ExaBGP on this machine: apt-get install exabgp")
    with lab_in(Place.HOST, "anycast", files) as made:
        made.install(files)
        made.converges()
        made.node("middle").write("/root/ask.py", (HERE / "ask.py").read_text())
        for name in SERVERS:
            made.node(name).write("/root/hello.py", (HERE / "hello.py").read_text())
            starts(made, name)
        yield made


def starts(anycast: Standing, name: str) -> None:
    """Start both services on a router."""
    node = anycast.node(name)
    node.launch(node.inside("python3", "/root/hello.py", "8080", name), anycast.folder.path / f"hello-{name}.log")


def stops(anycast: Standing, name: str) -> float:
    """Stop both services on a router, and return when that began."""
    began = time.monotonic()
    anycast.node(name).run("pkill", "-f", "^python3 /root/hello.py")
    return began


def url(goal: str) -> str:
    """Return what is asked for at a service's address."""
    return f"http://{goal}:8080/"


def is_answered(anycast: Standing, goal: str, name: str) -> bool:
    """Say whether this router answers at a service's address, seen from the middle."""
    return f" {name}\n" in anycast.shell("middle", "python3", "-I", "/root/ask.py", "0.05", url(goal))


def answers(anycast: Standing, name: str, *goals: str) -> None:
    """Wait until a router answers at these addresses."""
    wait_until(f"{name} answers", lambda: all(is_answered(anycast, goal, name) for goal in goals), within=SOON)


def asks(anycast: Standing, *goals: str) -> Path:
    """Begin to ask at these addresses from the middle without a pause, and return where what is said is written."""
    log = anycast.folder.path / "asked.log"
    log.unlink(missing_ok=True)
    middle, words = anycast.node("middle"), map(url, goals)
    middle.launch(middle.inside("python3", "/root/ask.py", f"{ASKED_FOR.total_seconds()}", *words), log)
    wait_until("questions are asked", lambda: all(url(goal) in log.read_text() for goal in goals), within=SOON)
    return log


def first_answers(log: Path, name: str, since: float) -> dict[str, float]:
    """Return how many seconds after `since` a router first answered, by what was asked for."""
    told = [line.split() for line in log.read_text().splitlines() if line.strip()]
    late = [(at, float(when) - since) for when, at, who in told if who == name and float(when) > since]
    return dict(reversed(late))


def falls_to(anycast: Standing, fallen: str, heirs: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Stop the services on a router, and return after how many seconds its heirs have answered at all addresses."""
    log = asks(anycast, *(goal for goals in heirs.values() for goal in goals))
    began = stops(anycast, fallen)

    def took() -> dict[str, float]:
        return {
            goal: seconds
            for heir, goals in heirs.items()
            for goal, seconds in first_answers(log, heir, began).items()
            if goal in map(url, goals)
        }

    wait_until("others answer", lambda: len(took()) == sum(map(len, heirs.values())), within=SOON)
    anycast.shell("middle", "pkill", "-f", "^python3 /root/ask.py")
    return took()


def test_the_nearest_router_answers_and_the_next_one_within_three_seconds_of_its_failure(anycast: Standing) -> None:
    answers(anycast, "west", *HELLO, *WORLD)
    begun = anycast.begun()
    try:
        by_bird_and_exabgp = falls_to(anycast, "west", {"east": HELLO, "south": WORLD})
        by_frr = falls_to(anycast, "east", {"south": HELLO})

        assert max(by_bird_and_exabgp.values()) < AT_ONCE.total_seconds(), by_bird_and_exabgp
        assert max(by_frr.values()) < AT_ONCE.total_seconds(), by_frr
        assert not restarted(begun, anycast.begun())
        for name in ("west", "east"):
            assert "192.0.2." not in anycast.shell(name, "ip", "address", "show", "dev", "anycast")
    finally:
        starts(anycast, "west")
        starts(anycast, "east")
    answers(anycast, "west", *HELLO, *WORLD)


def test_a_service_that_comes_and_goes_is_told_again_only_after_its_hold(anycast: Standing) -> None:
    answers(anycast, "west", *HELLO, *WORLD)

    fell = time.monotonic()
    stops(anycast, "west")
    answers(anycast, "east", *HELLO)
    answers(anycast, "south", *WORLD)
    starts(anycast, "west")
    answers(anycast, "west", *HELLO, *WORLD)

    assert time.monotonic() - fell > HOLD


def test_other_services_come_and_go_and_leave_a_service_alone(anycast: Standing, files: Path) -> None:
    text = (files / "network.yml").read_text()
    answers(anycast, "west", *HELLO, *WORLD)
    before = told_since(anycast)
    others = """
  other: {addresses: [192.0.2.81], nodes: [west], check: {port: 8080}}
  another: {addresses: [192.0.2.91], nodes: [west], speaker: exabgp, check: {port: 8080}}
"""
    try:
        anycast.wants(files, text.replace("anycasts:\n", f"anycasts:{others}"))
        wait_until("the others are told", lambda: {"192.0.2.81", "192.0.2.91"} <= ways(anycast), within=SOON)
        assert told_since(anycast) == before
    finally:
        anycast.wants(files, text)
    wait_until("the others are gone", lambda: not {"192.0.2.81", "192.0.2.91"} & ways(anycast), within=SOON)
    assert told_since(anycast) == before
    assert {"192.0.2.80", "192.0.2.90"} <= ways(anycast)


def told_since(anycast: Standing) -> object:
    """Return since when each service is told at west, as its own watch has it, and since when ExaBGP speaks there."""
    found = json.loads(anycast.shell("west", "cat", "/run/hanse/health.json"))["services"]
    began = {str(who[1]): since for who, since in anycast.begun().items() if who[0] == "west"}
    return {name: found[name][:2] for name in ("hello", "world")}, began["127.0.0.2"]


def ways(anycast: Standing) -> set[str]:
    """Return where the middle knows a way to."""
    return {line.split()[0] for line in anycast.shell("middle", "ip", "route").splitlines() if line.strip()}


def test_nothing_is_left_of_services_that_nobody_wants(anycast: Standing, files: Path) -> None:
    text = (files / "network.yml").read_text()
    begun = {who: since for who, since in anycast.begun().items() if str(who[1]) != "127.0.0.2"}
    try:
        anycast.wants(files, text.partition("anycasts:")[0], force=True)

        for name in SERVERS:
            assert "anycast" not in anycast.shell(name, "ip", "-o", "link")
            assert not anycast.shell(name, "pgrep", "-a", "-f", PROCESSES)
            assert not re.search(FILES, anycast.shell(name, "ls", "/etc/exabgp/", "/etc/hanse/", "/run/hanse/"))
        wait_until("nobody knows them", lambda: not [way for way in ways(anycast) if "192.0.2." in way], within=SOON)
        assert not restarted(begun, anycast.begun())
    finally:
        anycast.wants(files, text, force=True)
    answers(anycast, "west", *HELLO, *WORLD)
