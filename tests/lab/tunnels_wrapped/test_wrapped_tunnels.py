"""IPsec, GRE, and tunnels by a table of their own, with somebody on the wire; README.md says what is proved."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.places import Standing, lab_in
from lab.wire import PATTERN, WORD, overheard, read_in, wait_until_heard

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
NEAR: Final = "10.20.16.3"  # west's end of the IPsec tunnel, seen from east
FAR: Final = "10.20.16.5"  # of the GRE tunnel
PROGRAMS: Final = {
    "/usr/sbin/charon-systemd": "charon-systemd",
    "wg": "wireguard-tools",
    "wireguard-go": "wireguard-go",
    "openvpn": "openvpn",
    "swanctl": "strongswan-swanctl",
    "tcpdump": "tcpdump",
}
ALL: Final = 10  # neighbours of a router: each of five tunnels, both versions of OSPF
HIDDEN: Final = {"wireguard": "10.20.16.7", "openvpn": "10.20.16.9"}  # west's ends of tunnels by the table transit
PLAIN: Final = "10.20.16.11"  # of the GRE tunnel by it
MARKED: Final = "{east: {address: 203.0.113.0, vrf: transit}, west: {vrf: transit}}}\n  four"
UNMARKED: Final = "{east: {address: 198.51.100.1}, west: }}\n  four"
KEY: Final = "tunnel.one.ike-psk"
EACH: Final = 0.1  # seconds between two of them
REKEY: Final = 5.0  # seconds
ONE: Final = (
    "\n  one: {number: 1, kind: ipsec, link_class: near, "
    "ends: {east: {address: 198.51.100.1}, west: {address: 198.51.100.2}}}"
)


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that scenarios may edit."""
    files = tmp_path_factory.mktemp("wrapped")
    shutil.copy(HERE / "outside.yml", files)
    (files / "network.yml").write_text(in_dialect((HERE / "network.yml").read_text(), request.param))
    return files


@pytest.fixture(scope="module")
def two(files: Path) -> Iterator[Standing]:
    """Give two routers that Hanse has configured, where the kernel has GRE and ESP."""
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if absent:
        pytest.skip(f"Debian packages are missing: {' '.join(absent)}")
    with lab_in(None, "wrapped", files) as made:
        made.install(files)
        converges(made, ALL)
        yield made


def say(two: Standing, node: str, command: str) -> str:
    """Return what a shell command on a router prints, on both channels."""
    return two.shell(node, "/bin/sh", "-c", f"{{ {command} ; }} 2>&1")


def converges(two: Standing, wanted: int) -> None:
    """Wait until both routers have so many neighbours, of both versions of OSPF together."""
    wait_until(
        f"{wanted} neighbours are Full",
        lambda: all(len(two.adjacencies(node)) == wanted for node in ("east", "west")),
        within=timedelta(seconds=60),
    )


def heard(two: Standing, port: str, address: str, sign: str) -> str:
    """Return what ping says of a pattern that goes through a tunnel, and what somebody on the wire reads meanwhile.

    Each of the twenty packets bears the sign there.
    """
    with overheard(two, "east", port):
        said = say(two, "east", f"ping -c 10 -i 0.1 -W 1 -s 400 -p {PATTERN} {address}")
        wait_until_heard(two, "east", sign)
    return f"{said}\n{read_in(two, 'east')}"


def test_what_goes_through_ipsec_is_not_to_be_read_on_the_wire(two: Standing) -> None:
    said = heard(two, "wan", NEAR, "ESP(")

    assert "10 received" in said
    assert WORD not in said


def test_what_goes_through_gre_is(two: Standing) -> None:
    assert "10 received" in heard(two, "way", FAR, WORD)


def test_tunnels_by_a_table_of_their_own_go_by_its_wire_and_are_not_to_be_read_there(two: Standing) -> None:
    for address in HIDDEN.values():
        said = heard(two, "back0", address, "UDP, length")
        assert "10 received" in said, address
        assert WORD not in said, address

    assert "10 received" in heard(two, "back0", PLAIN, WORD)
    assert "203.0.113" not in say(two, "east", "ip route show table main")


@dataclass(frozen=True)
class Pings:
    """Pings from east, ten a second until they are stopped."""

    two: Standing
    address: str

    def __post_init__(self) -> None:
        ping = f"ping -q -i {EACH} -W 1 {self.address} >{self._said} 2>&1 </dev/null & echo $! >{self._said}.pid"
        say(self.two, "east", ping)

    @property
    def _said(self) -> str:
        return f"/run/ping-{self.address}"

    def lost(self) -> int:
        """Stop, and return how many packets were lost."""
        said = say(self.two, "east", f"kill -INT $(cat {self._said}.pid); sleep 0.5; cat {self._said}")
        found = re.search(r"(\d+) packets transmitted, (\d+) received", said)
        assert found, said
        assert int(found[2]) > 0
        return int(found[1]) - int(found[2])


def numbers(two: Standing) -> set[str]:
    """Return the numbers of east's associations that carry packets (SPIs)."""
    return set(re.findall(r"spi (0x[0-9a-f]+)", say(two, "east", "ip xfrm state")))


def test_a_new_key_costs_nothing_and_counts_from_the_next_association(two: Standing) -> None:
    before = two.hanse.tree("secret", "show", KEY)["value"]
    one, other = Pings(two, NEAR), Pings(two, FAR)

    two.hanse.say("keys", "rotate", "one")
    two.hanse.say("apply", "--yes")

    assert (one.lost(), other.lost()) == (0, 0)
    after = two.hanse.tree("secret", "show", KEY)["value"]
    assert after != before
    assert all(after in say(two, node, "cat /etc/swanctl/conf.d/ip-one.conf") for node in ("east", "west"))

    first = numbers(two)
    say(two, "east", "swanctl --terminate --ike ip-one")
    one = Pings(two, NEAR)
    wait_until(
        "there is another association",
        lambda: bool(numbers(two)) and not numbers(two) & first,
        within=timedelta(seconds=90),
    )
    assert one.lost() * EACH <= REKEY
    converges(two, ALL)


def test_the_way_goes_by_the_other_tunnel_when_one_dies_and_comes_back(two: Standing) -> None:
    def goes_by(tunnel: str) -> bool:
        return tunnel in say(two, "east", "ip route get 10.20.0.2")

    wait_until("the way is the first tunnel", lambda: goes_by("ip-one"), within=timedelta(seconds=60))

    say(two, "west", "ip link set wan down")
    wait_until("the way is the other tunnel", lambda: goes_by("gre-two"), within=timedelta(seconds=60))

    say(two, "west", "ip link set wan up; ifup wan")
    converges(two, ALL)
    wait_until("the way is the first tunnel again", lambda: goes_by("ip-one"), within=timedelta(seconds=60))


def test_tunnels_that_end_or_leave_their_table_leave_nothing_and_the_others_go_on(two: Standing, files: Path) -> None:
    traces = "ip -br link; ip xfrm state; ip xfrm policy; pgrep -a charon; ls /etc/swanctl/conf.d"
    marks = "ip rule show | grep fwmark; wg show wg-three fwmark"
    text = (files / "network.yml").read_text()
    before, marked = say(two, "east", traces), say(two, "east", marks)
    other = Pings(two, FAR)

    two.wants(files, text.replace(ONE, "").replace(MARKED, UNMARKED), force=True)

    after = say(two, "east", traces)
    assert other.lost() == 0
    assert [word for word in ("ip-one", "198.51.100.2", "charon") if word not in before] == []
    assert [line for line in after.splitlines() if re.search(r"ip-one|198[.]51[.]100[.]2|charon", line)] == []
    assert "ip-one" not in say(two, "west", traces)
    converges(two, ALL - 2)
    assert "fwmark 0xca6f lookup" in marked
    assert [say(two, node, marks).strip() for node in ("east", "west")] == ["off", "off"]
    assert "198.51.100.2:" in say(two, "east", "wg show wg-three endpoints")

    two.wants(files, text)
    converges(two, ALL)
    assert say(two, "east", marks) == marked
