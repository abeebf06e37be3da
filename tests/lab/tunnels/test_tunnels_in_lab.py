"""WireGuard and OpenVPN between two routers across an Internet with listeners; README.md says what is proved."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab import lab
from hanse_lab.commands import SURROUNDINGS
from hanse_lab.plan import Place
from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.places import Standing, lab_in
from lab.wire import PATTERN, WORD, overheard, read_in, wait_until_heard

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
NEAR: Final = "10.20.16.3"  # west's end of the WireGuard tunnel, seen from east
FAR: Final = "10.20.16.5"  # of the OpenVPN tunnel
PROGRAMS: Final = {
    "wg": "wireguard-tools",
    "wireguard-go": "wireguard-go",
    "openvpn": "openvpn",
    "tcpdump": "tcpdump",
}
PINGS: Final = 220
EACH: Final = 0.05  # seconds between two of them
REKEY: Final = 5.0  # seconds: how long WireGuard waits for an answer before it asks again
INSIDE: Final = ("icmp",)
WIRE: Final = ("udp and net 198.51.100.0/24",)
SEEN_BY_NOBODY: Final = 0
THREE: Final = "\n  three: {number: 3, kind: openvpn, link_class: far, ends: {east: {address: 198.51.100.1}, west: }}"


@dataclass(frozen=True, slots=True)
class Two:
    """Two routers, and Hanse."""

    standing: Standing
    files: Path

    @property
    def hanse(self) -> Hanse:
        """Return Hanse for them."""
        return self.standing.hanse

    def shell(self, node: str, command: str) -> str:
        """Return what a shell command on a router prints, on both channels, whatever its exit code."""
        return self.standing.shell(node, "/bin/sh", "-c", f"{command} 2>&1")

    def neighbours(self, node: str) -> int:
        """Return how many OSPF neighbours, of both versions, are Full over the two tunnels that stay."""
        return sum(one in {"wg-one", "ov-two"} for one in self.standing.adjacencies(node))

    def pings(self, address: str) -> subprocess.Popen[str]:
        """Begin to ping from east, 20 times a second."""
        words = ("ping", "-c", str(PINGS), "-i", str(EACH), "-W", "1", address)
        command = self.standing.node("east").inside(*words)
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(SURROUNDINGS))

    def converges(self, wanted: int) -> None:
        """Wait until both routers have so many neighbours, of both versions together."""
        wait_until(
            f"{wanted} neighbours are Full",
            lambda: [self.neighbours(node) for node in ("east", "west")] == [wanted, wanted],
            within=timedelta(seconds=60),
        )

    def edit(self, old: str, new: str) -> None:
        """Change what is wanted, and have it applied."""
        file = self.files / "network.yml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        self.hanse.say("import", str(self.files))
        self.hanse.say("apply", "--yes", "--force")


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Give two routers that Hanse has configured."""
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if absent:
        pytest.skip(f"Debian packages are missing: {' '.join(absent)}")
    files = tmp_path_factory.mktemp("two")
    (files / "network.yml").write_text(in_dialect((HERE / "network.yml").read_text(), request.param))
    with lab_in(Place.HOST, "tunnels", files) as standing:
        standing.install(files)
        found = Two(standing, files)
        found.converges(4)
        yield found


def lost(said: str) -> int:
    """Return how many of a ping's packets were lost."""
    found = re.search(r"(\d+) packets transmitted, (\d+) received", said)
    assert found, said
    return int(found[1]) - int(found[2])


def traces(two: Two) -> str:
    """Return all that a router shows of the OpenVPN tunnel: interfaces, processes, files, sockets."""
    return two.shell(
        "east", "ip -br link; pgrep -a openvpn; ls /etc/openvpn /run/openvpn /run/hanse/openvpn; ss -lunp; ip rule"
    )


@pytest.mark.parametrize("address", [NEAR, FAR])
def test_what_goes_through_a_tunnel_is_not_to_be_read_on_the_wire(two: Two, address: str) -> None:
    with overheard(two.standing, "east", "any"):
        said = two.shell("east", f"ping -c 20 -i 0.05 -s 400 -p {PATTERN} {address}")
        for words in (INSIDE, WIRE):
            wait_until_heard(two.standing, "east", " > ", *words, times=40)

    assert lost(said) == 0
    assert WORD in read_in(two.standing, "east", *INSIDE)  # so it would be found
    assert read_in(two.standing, "east", *WIRE).count(WORD) == SEEN_BY_NOBODY


@pytest.mark.parametrize(("tunnel", "address", "other"), [("one", NEAR, FAR), ("two", FAR, NEAR)])
def test_new_keys_cost_less_than_a_rekeying_and_nothing_on_the_other_tunnel(
    two: Two, tunnel: str, address: str, other: str
) -> None:
    key = f"tunnel.{tunnel}.east.{'private' if tunnel == 'one' else 'fingerprint'}"
    before = two.hanse.tree("secret", "show", key)["value"]
    mine, theirs = two.pings(address), two.pings(other)

    two.hanse.say("keys", "rotate", tunnel)
    two.hanse.say("apply", "--yes")

    assert two.hanse.tree("secret", "show", key)["value"] != before
    assert lost(theirs.communicate()[0]) == 0
    assert lost(mine.communicate()[0]) * EACH <= REKEY
    two.converges(4)
    assert not any(router["changed"] for router in two.hanse.tree("plan")["routers"])


def test_the_way_goes_by_the_other_tunnel_when_one_dies_and_comes_back(two: Two) -> None:
    def goes_by(tunnel: str) -> bool:
        return tunnel in two.shell("east", "ip route get 10.20.0.2")

    wait_until("the way is the first tunnel", lambda: goes_by("wg-one"), within=timedelta(seconds=60))

    two.shell("west", "ip link set wg-one down")
    wait_until("the way is another tunnel", lambda: goes_by("ov-"), within=timedelta(seconds=60))

    two.shell("west", "ip link set wg-one up; ifup wg-one")
    two.converges(4)


def test_a_router_whose_power_comes_back_has_its_tunnels_again(two: Two) -> None:
    lab.power_cut(two.standing.folder, "west")
    lab.power_on(two.standing.folder, "west")

    two.converges(4)


def test_a_tunnel_that_is_wanted_no_more_leaves_nothing_and_the_others_go_on(two: Two) -> None:
    processes = "pgrep -a wireguard-go; cat /run/openvpn/ov-two.pid"
    before = two.shell("east", processes)
    assert "ov-three" in traces(two)

    two.edit(THREE, "")

    assert "ov-three" not in traces(two)
    assert "21197" not in traces(two)
    assert two.shell("east", processes) == before
    two.converges(4)
