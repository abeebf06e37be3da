"""IPsec and GRE between two routers across an Internet that others read along; README.md says what is proved."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.waiting import wait_until
from lab.places import Standing, lab_in

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
NEAR: Final = "10.20.16.3"  # west's end of the IPsec tunnel, seen from east
FAR: Final = "10.20.16.5"  # of the GRE tunnel
PROGRAMS: Final = {
    "/usr/sbin/charon-systemd": "charon-systemd",
    "swanctl": "strongswan-swanctl",
    "tcpdump": "tcpdump",
}
WORD: Final = "HanseHanse"
PATTERN: Final = "48616e7365"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that scenarios may edit."""
    files = tmp_path_factory.mktemp("wrapped")
    shutil.copy(HERE / "network.yml", files)
    return files


@pytest.fixture(scope="module")
def two(files: Path) -> Iterator[Standing]:
    """Give two routers that Hanse has configured, where the kernel has GRE and ESP."""
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if absent:
        pytest.skip(f"Debian packages are missing: {' '.join(absent)}")
    with lab_in(None, "wrapped", files) as made:
        made.install(files)
        converges(made, 4)
        yield made


def say(two: Standing, node: str, command: str) -> str:
    """Return what a shell command on a router prints, on both channels."""
    return two.shell(node, "/bin/sh", "-c", f"{{ {command} ; }} 2>&1")


def converges(two: Standing, wanted: int) -> None:
    """Wait until both routers have so many neighbours, of both versions of OSPF together."""
    wait_until(
        f"{wanted} neighbours are Full",
        lambda: all(say(two, node, "birdc show ospf neighbors").count("Full/") == wanted for node in ("east", "west")),
        within=timedelta(seconds=60),
    )


def heard(two: Standing, port: str, address: str) -> str:
    """Return what somebody on the wire reads while the pattern goes through a tunnel."""
    listen = f"timeout 4 tcpdump -Z root -i {port} -U -w /run/seen.pcap >/dev/null 2>&1 & sleep 1.5"
    ping = f"ping -c 10 -i 0.1 -W 1 -s 400 -p {PATTERN} {address}; wait; tcpdump -r /run/seen.pcap -A"
    return say(two, "east", f"{listen}; {ping}")


def test_what_goes_through_ipsec_is_not_to_be_read_on_the_wire(two: Standing) -> None:
    said = heard(two, "wan", NEAR)

    assert "10 received" in said
    assert said.count("ESP(") >= 20
    assert WORD not in said


def test_what_goes_through_gre_is(two: Standing) -> None:
    said = heard(two, "way", FAR)

    assert "10 received" in said
    assert said.count(WORD) >= 20
