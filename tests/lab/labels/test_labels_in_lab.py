"""Label paths, LDP and VPNs on FRR and BIRD; README.md says what is proved."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse.devices.linux.facts.known import LABELS
from hanse.network.seen.device import SeenLabel
from hanse.network.wanted.label_paths import FIRST_LABEL
from hanse_lab import lab
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect
from lab.places import Standing, lab_in
from lab.words import introduce, wait_until_well
from samples.labels import LABELS_TEXT

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]

HERE: Final = Path(__file__).parent
ROUTERS: Final = ("west", "core", "east", "south")
HALVES: Final = ("core,east", "south,west")
ALL: Final = ",".join(ROUTERS)
SOON: Final = timedelta(minutes=2)  # most of it on a machine that has much else to do
AS_WANTED: Final = timedelta(minutes=4)
# The session between west and east is to be their VPNs' alone, so core reflects; without the long path,
# by which LDP's own packets between core and west would go.
ACROSS: Final = "  across: {number: 0, start: west, links: [west-south, east-south]}\n"
LONG: Final = "  long: {number: 2, start: core, links: [core-east, east-south, west-south]}\n"
PATHS: Final = LABELS_TEXT[LABELS_TEXT.index("label_paths:\n") : LABELS_TEXT.index("vrfs:\n")]
REFLECTED: Final = LABELS_TEXT.replace("    number: 2\n", "    number: 2\n    roles: [route-reflector]\n")
BOTH: Final = REFLECTED.replace(LONG, "")
BY_LDP: Final = BOTH.replace(ACROSS, "")
ALONE: Final = REFLECTED.replace(", ldp: true", "").replace(", vpn: true", "")  # paths without LDP and VPNs
GONE: Final = ALONE.replace(PATHS, "")
WITH_LDP: Final = each_dialect("mixed", but={"bird2": "BIRD knows neither LDP nor VPNs: hanse check says so"})


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def dialect(request: pytest.FixtureRequest) -> str:
    """Give the dialect of the routers; where it is both in turn, only south speaks bird2."""
    return str(request.param)


@pytest.fixture(scope="module")
def files(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the network, which scenarios may edit."""
    files = tmp_path_factory.mktemp("labels")
    shutil.copy(HERE / "outside.yml", files)
    (files / "network.yml").write_text(said_in(dialect, BOTH))
    return files


def said_in(dialect: str, text: str) -> str:
    """Return a network in a dialect; on BIRD alone without LDP and VPNs."""
    if dialect == "bird2":
        text = text.replace(", ldp: true", "").replace(", vpn: true", "")
    return (
        text
        if dialect == "mixed"
        else text.replace("dialect: bird2" if dialect == "frr" else "dialect: frr", f"dialect: {dialect}")
    )


@pytest.fixture(scope="module")
def ring(files: Path) -> Iterator[Standing]:
    """Give the four routers with their hosts, as wanted."""
    with lab_in(None, "labels", files) as standing:
        introduce(standing.hanse, files)
        yield standing


def has(ring: Standing, files: Path, dialect: str, text: str) -> None:
    """See to it that a network is what is wanted, and on all routers, however much that takes away."""
    text = said_in(dialect, text)
    installed = files.parent / "installed"
    if not installed.exists() or installed.read_text() != text:
        (files / "network.yml").write_text(text)
        ring.hanse.say("import", str(files))
        # The guest has one processor, and FRR takes long to start; later changes concern both ends of a link.
        for some in (ALL,) if installed.exists() else HALVES:
            ring.hanse.say("apply", "--yes", "--force", "--limit", some)
        installed.write_text(text)
    wait_until_well(ring.hanse, within=AS_WANTED)


def reaches(ring: Standing, who: str, goal: str, *words: str) -> bool:
    """Say whether somebody gets an answer within five tries."""
    return "bytes from" in ring.shell(who, "ping", "-n", "-c", "5", "-i", "0.2", "-W", "1", *words, goal)


def will_reach(ring: Standing, who: str, goal: str, *words: str) -> None:
    """Wait until somebody gets an answer."""
    wait_until(f"{who} reaches {goal}", lambda: reaches(ring, who, goal, *words), within=SOON)


def labels_of(ring: Standing, router: str) -> tuple[SeenLabel, ...]:
    """Return what the kernel does with labels."""
    return LABELS.read(ring.shell(router, "sh", "-c", LABELS.command))


def steps_of(ring: Standing, router: str) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Return what the kernel does with the labels of paths: out of which port, with which others."""
    return {one.label: (one.interface, one.out) for one in labels_of(ring, router) if one.label >= FIRST_LABEL}


def will_do(ring: Standing, router: str, steps: dict[int, tuple[str, tuple[int, ...]]]) -> None:
    """Wait until the kernel does this with the labels of paths and nothing else: a link takes its time to come back."""
    wait_until(f"{router} does {steps}", lambda: steps_of(ring, router) == steps, within=SOON)


def way(ring: Standing, router: str, goal: str, *words: str) -> str:
    """Return the route that the kernel has for somewhere."""
    return ring.shell(router, "ip", "route", "show", goal, *words)


def will_go(ring: Standing, router: str, goal: str, seen: str, *words: str) -> None:
    """Wait until the route that the kernel has for somewhere shows something."""
    what = f"{router} goes to {goal} with {seen!r}"
    wait_until(what, lambda: bool(re.search(seen, way(ring, router, goal, *words))), within=SOON)


def heard_with(ring: Standing, label: int, router: str, port: str, who: str, goal: str, *words: str) -> None:
    """Wait until somebody's question is heard at a port of a router with a label on it."""
    listen = f"tcpdump -Z root -nli {port} mpls >/tmp/heard 2>/tmp/listens & echo $!"
    process = ring.shell(router, "sh", "-c", listen).strip()

    def is_heard() -> bool:
        ring.shell(who, "ping", "-n", "-c", "4", "-i", "0.2", "-W", "1", *words, goal)
        heard = ring.shell(router, "cat", "/tmp/heard").splitlines()
        return any(f"MPLS (label {label}, " in line and f"> {goal}: ICMP echo request" in line for line in heard)

    try:
        wait_until("somebody listens", lambda: "listening" in ring.shell(router, "cat", "/tmp/listens"), within=SOON)
        wait_until(f"{router} hears label {label} at {port}", is_heard, within=SOON)
    finally:
        ring.shell(router, "kill", process)


class TestPathsBesideLdpAndVpns:
    """Together, so that their network is installed once: in a guest that takes a minute."""

    def test_the_labels_of_paths_are_in_kernels_and_on_the_wire(
        self, ring: Standing, files: Path, dialect: str
    ) -> None:
        has(ring, files, dialect, BOTH)

        will_go(ring, "west", "10.20.0.3", "encap mpls  100000 via 10.20.8.5 dev south0")
        will_go(ring, "south", "10.20.0.3", "encap mpls  100002 via 10.20.8.4 dev west0")
        will_do(ring, "south", {100000: ("east0", ()), 100001: ("west0", ())})
        will_do(ring, "west", {100002: ("core0", (100002,)), 100003: ("south0", ())})
        heard_with(ring, 100000, "south", "west0", "west", "10.20.0.3", "-I", "10.20.0.1")
        heard_with(ring, 100002, "core", "west0", "south", "10.20.0.3", "-I", "10.20.0.4")
        will_reach(ring, "west", "10.20.0.3", "-I", "10.20.0.1")
        will_reach(ring, "south", "10.20.0.3", "-I", "10.20.0.4")

    def test_routing_takes_over_while_the_first_link_of_a_path_is_cut(
        self, ring: Standing, files: Path, dialect: str
    ) -> None:
        has(ring, files, dialect, BOTH)
        will_go(ring, "west", "10.20.0.3", "100000")

        lab.cut(ring.folder, "west-south")

        try:
            will_go(ring, "west", "10.20.0.3", "dev core0")
            will_go(ring, "south", "10.20.0.3", "via 10.20.8.6 dev east0")
            will_reach(ring, "west", "10.20.0.3", "-I", "10.20.8.0")  # asked from a port: the way back is no path's
            will_reach(ring, "south", "10.20.0.3", "-I", "10.20.8.7")
        finally:
            lab.mend(ring.folder, "west-south")
        will_go(ring, "west", "10.20.0.3", "100000")
        will_do(ring, "west", {100002: ("core0", (100002,)), 100003: ("south0", ())})
        will_reach(ring, "west", "10.20.0.3", "-I", "10.20.0.1")

    @pytest.mark.parametrize("dialect", WITH_LDP, indirect=True)
    def test_hosts_of_a_vpn_reach_each_other_over_the_path_and_nobody_else(
        self, ring: Standing, files: Path, dialect: str
    ) -> None:
        has(ring, files, dialect, BOTH)

        will_go(ring, "west", "10.88.3.0/24", "100000/", "vrf", "vrf-guests")
        will_go(ring, "west", "10.88.4.0/24", "100000/", "vrf", "vrf-works")

        heard_with(ring, 100000, "south", "west0", "guest-west", "10.88.3.10")
        will_reach(ring, "guest-west", "10.88.3.10")
        will_reach(ring, "worker-west", "10.88.4.10")
        assert not reaches(ring, "guest-west", "10.88.4.10")
        assert not reaches(ring, "worker-west", "10.88.3.10")


@pytest.mark.parametrize("dialect", each_dialect(but={"mixed": "seen there beside LDP"}), indirect=True)
def test_paths_alone_put_labels_on_change_them_and_take_them_off(ring: Standing, files: Path, dialect: str) -> None:
    has(ring, files, dialect, ALONE)

    will_go(ring, "core", "10.20.0.1", "encap mpls  100004 via 10.20.8.3 dev east0")
    will_go(ring, "west", "10.20.0.2", "encap mpls  100005 via 10.20.8.5 dev south0")
    will_do(ring, "east", {100004: ("south0", (100004,)), 100005: ("core0", ())})
    will_do(
        ring,
        "south",
        {100000: ("east0", ()), 100001: ("west0", ()), 100004: ("west0", ()), 100005: ("east0", (100005,))},
    )
    heard_with(ring, 100005, "east", "south0", "west", "10.20.0.2", "-I", "10.20.0.1")
    will_reach(ring, "west", "10.20.0.2", "-I", "10.20.0.1")


@pytest.mark.parametrize("dialect", WITH_LDP, indirect=True)
def test_without_the_path_the_vpn_goes_by_the_labels_of_ldp(ring: Standing, files: Path, dialect: str) -> None:
    has(ring, files, dialect, BY_LDP)

    will_go(ring, "west", "10.20.0.3", r"encap mpls +\d+ via 10.20.8.1 dev core0")
    will_go(ring, "east", "10.20.0.1", r"encap mpls +\d+ via 10.20.8.2 dev core0")
    will_go(ring, "west", "10.88.3.0/24", r"encap mpls +\d+/\d+ via 10.20.8.1 dev core0", "vrf", "vrf-guests")

    told = {(one.interface, one.out) for one in labels_of(ring, "core") if one.protocol == "ldp"}
    assert {("west0", ()), ("east0", ())} <= told  # the last but one takes the label off
    assert 100000 not in steps_of(ring, "south")
    will_reach(ring, "guest-west", "10.88.3.10")
    will_reach(ring, "worker-west", "10.88.4.10")
    assert not reaches(ring, "guest-west", "10.88.4.10")
    assert not reaches(ring, "worker-west", "10.88.3.10")


def test_what_is_taken_away_leaves_nothing(ring: Standing, files: Path, dialect: str) -> None:
    has(ring, files, dialect, GONE)

    for router in ROUTERS:
        assert ring.shell(router, "ip", "-family", "mpls", "route", "show") == "", router
        assert ring.shell(router, "cat", "/proc/sys/net/mpls/platform_labels").strip() == "0", router
        assert "1" not in ring.shell(router, "sh", "-c", "cat /proc/sys/net/mpls/conf/*/input"), router
        assert "mpls" not in ring.shell(router, "ip", "route", "show", "table", "all"), router
        assert "ldpd" not in ring.shell(router, "ps", "-e", "-o", "comm="), router
        assert not ring.node(router).found("/etc/modules-load.d/hanse.conf"), router
    assert way(ring, "west", "10.88.3.0/24", "vrf", "vrf-guests") == ""
    assert not reaches(ring, "guest-west", "10.88.3.10")
