"""Closed routers on a real kernel: what comes in, what does not, and the way back from a lock-out."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from hanse_lab import lab
from hanse_lab.folder import Folder
from hanse_lab.product import Hanse
from hanse_lab.requirements import lacks
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.words import install, wait_until_well

pytestmark = [pytest.mark.lab, pytest.mark.timeout(480)]

HERE: Final = Path(__file__).parent
EDGE: Final = "192.0.2.1"
EDGE_LOOPBACK: Final = "10.20.0.1"
CORE_LOOPBACK: Final = "10.20.0.2"
IMPATIENT: Final = (("HANSE_UNDO_AFTER", "12"), ("HANSE_SETTLE", "5"), ("NAPALM_TIMEOUT", "4"))
# Answers on TCP and UDP ports 8080 and 8443 until somebody ends it.
PROGRAM: Final = """
import selectors, socket
ready = selectors.DefaultSelector()
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    for port in (8080, 8443):
        one = socket.socket(socket.AF_INET, kind)
        one.bind(("0.0.0.0", port))
        if kind == socket.SOCK_STREAM:
            one.listen()
        ready.register(one, selectors.EVENT_READ, kind)
while True:
    for key, _ in ready.select():
        if key.data == socket.SOCK_STREAM:
            key.fileobj.accept()[0].close()
        else:
            key.fileobj.sendto(b"here", key.fileobj.recvfrom(100)[1])
"""
# Says whether a port answers within a second: KIND SOURCE ADDRESS PORT.
CALL: Final = """
import socket, sys
kind, source, address, port = sys.argv[1:]
with socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as one:
    one.settimeout(1)
    one.bind((source, 0))
    try:
        one.connect((address, int(port)))
        if kind == "udp":
            one.send(b"?")
            one.recv(100)
    except OSError:
        print("silence")
    else:
        print("answer")
"""


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network's files."""
    place = tmp_path_factory.mktemp("firewall")
    shutil.copy(HERE / "outside.yml", place)
    (place / "network.yml").write_text(in_dialect((HERE / "network.yml").read_text(), request.param))
    return place


@pytest.fixture(scope="module")
def closed(files: Path) -> Iterator[Hanse]:
    """Give Hanse for the network, up and as wanted, with a program on the border that answers everybody."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of("firewall")
    lab.down(folder)  # what a killed run may have left
    lab.up(files, folder, print)
    try:
        hanse = Hanse(folder)
        install(hanse, files)
        wait_until_well(hanse, within=timedelta(seconds=60))
        border = lab.node(folder, "edge")
        border.launch(border.inside("python3", "-c", PROGRAM), folder.path / "log" / "program.log")
        wait_until("it answers", lambda: answers(hanse, "edge", EDGE, EDGE, 8443, "udp"), within=timedelta(seconds=90))
        yield hanse
    finally:
        lab.down(folder)


def answers(hanse: Hanse, node: str, source: str, address: str, port: int, kind: str = "tcp") -> bool:
    """Say whether `address` answers `node`, which calls from `source`."""
    words = ("python3", "-c", CALL, kind, source, address, str(port))
    return lab.node(hanse.folder, node).run(*words).strip() == "answer"


def counted(hanse: Hanse, node: str, counter: str) -> int:
    """Return how many packets a router has dropped for one reason."""
    found = json.loads(lab.node(hanse.folder, node).run("nft", "-j", "list", "counter", "inet", "hanse", counter))
    return int(next(one["counter"]["packets"] for one in found["nftables"] if "counter" in one))


def ping(hanse: Hanse, node: str, source: str, goal: str) -> bool:
    """Say whether `goal` answers a ping of `node` from `source`."""
    words = ("ping", "-c", "1", "-W", "1", "-I", source, goal)
    return lab.node(hanse.folder, node).outcome(*words).returncode == 0


def test_every_wanted_neighbour_comes_up(closed: Hanse) -> None:
    status = closed.tree("status")

    assert status["well"]
    assert "policy drop" in lab.node(closed.folder, "edge").run("nft", "list", "chain", "inet", "hanse", "input")


def test_a_neighbour_reaches_bgp_and_a_stranger_does_not(closed: Hanse) -> None:
    before = counted(closed, "edge", "refused")

    assert answers(closed, "alme", "192.0.2.11", EDGE, 179)
    assert not answers(closed, "stranger", "192.0.2.12", EDGE, 179)
    assert counted(closed, "edge", "refused") > before


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_a_program_that_nobody_declared_is_not_reached(closed: Hanse, kind: str) -> None:
    assert answers(closed, "edge", EDGE, EDGE, 8080, kind)
    assert not answers(closed, "alme", "192.0.2.11", EDGE, 8080, kind)
    assert not answers(closed, "core", CORE_LOOPBACK, EDGE_LOOPBACK, 8080, kind)


def test_a_declared_service_answers_those_it_is_for(closed: Hanse) -> None:
    assert answers(closed, "core", CORE_LOOPBACK, EDGE_LOOPBACK, 8443)
    assert not answers(closed, "core", CORE_LOOPBACK, EDGE_LOOPBACK, 8443, "udp")
    assert not answers(closed, "alme", "192.0.2.11", EDGE, 8443)


def test_ssh_is_for_those_who_manage_the_routers(closed: Hanse) -> None:
    assert answers(closed, "core", "198.18.19.32", "198.18.19.31", 22)
    assert not answers(closed, "core", CORE_LOOPBACK, EDGE_LOOPBACK, 22)
    assert not answers(closed, "alme", "192.0.2.11", EDGE, 22)


def test_pings_and_the_last_step_of_a_traceroute_are_answered(closed: Hanse) -> None:
    assert ping(closed, "stranger", "192.0.2.12", EDGE)
    assert ping(closed, "stranger", "2001:db8:100::12", "2001:db8:100::1")
    assert ping(closed, "spur", "10.20.0.3", EDGE_LOOPBACK)
    traced = lab.node(closed.folder, "spur").run("traceroute", "-n", "-q", "1", "-w", "1", EDGE_LOOPBACK)
    assert EDGE_LOOPBACK in traced.splitlines()[-1]


def test_nobody_at_the_exchange_speaks_in_our_name(closed: Hanse) -> None:
    stranger = lab.node(closed.folder, "stranger")
    stranger.batch([f"address add {CORE_LOOPBACK}/32 dev lo", f"route add 203.0.113.2 via {EDGE}"])
    heard = counted(closed, "edge", "spoofed")

    here = ping(closed, "stranger", CORE_LOOPBACK, EDGE)
    beyond = ping(closed, "stranger", CORE_LOOPBACK, "203.0.113.2")

    assert not here
    assert not beyond
    assert counted(closed, "edge", "spoofed") == heard + 2


def test_a_router_behind_an_untrusted_link_speaks_for_itself_alone(closed: Hanse) -> None:
    spur = lab.node(closed.folder, "spur")
    spur.batch([f"address add {EDGE_LOOPBACK}/32 dev lo"])
    heard = counted(closed, "core", "spoofed")

    try:
        in_its_name = ping(closed, "spur", "10.20.0.3", CORE_LOOPBACK)
        in_ours = ping(closed, "spur", EDGE_LOOPBACK, CORE_LOOPBACK)
    finally:
        spur.batch([f"address delete {EDGE_LOOPBACK}/32 dev lo"])

    assert in_its_name
    assert not in_ours
    assert counted(closed, "core", "spoofed") == heard + 1


def test_a_change_that_locks_hanse_out_is_undone_and_says_so(closed: Hanse, files: Path) -> None:
    text = (files / "network.yml").read_text()
    before = lab.node(closed.folder, "core").read("/etc/nftables.conf")
    locked_out = text.replace("  firewall: closed\n", "  firewall: closed\n  management_sources: [192.0.2.0/24]\n")
    hanse = Hanse(closed.folder, IMPATIENT)

    (files / "network.yml").write_text(locked_out)
    try:
        hanse.say("import", str(files))
        applied = hanse.outcome("apply", "--limit", "core", "--yes", "--force")
        router = router_of(hanse, "core")
    finally:
        (files / "network.yml").write_text(text)
        hanse.say("import", str(files))

    assert applied.returncode not in {0, 10}
    assert router["deployment"]["stage"] == "reverted"
    assert lab.node(closed.folder, "core").read("/etc/nftables.conf") == before
    wait_until_well(closed, within=timedelta(seconds=90))


def router_of(hanse: Hanse, node: str) -> Any:
    """Poll, and return what `hanse status` says of one router."""
    hanse.tree("poll")
    return next(router for router in hanse.tree("status")["routers"] if router["node"] == node)
