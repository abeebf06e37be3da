"""Bond, VLANs and tables between two routers, with BIRD and FRR; README.md says what is proved."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab import lab
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.places import Standing, lab_in, restarted
from samples.layers import layers_text

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
FULL_SIZE: Final = ("-M", "do", "-s", str(1500 - 28))  # octets of a ping's payload: IPv4 takes 20 and ICMP 8
LEAK: Final = "    leaks: {printers: {source: works, prefixes: [10.99.1.0/24]}}\n"


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the network, which scenarios may edit."""
    files = tmp_path_factory.mktemp("layers")
    shutil.copy(HERE / "outside.yml", files)
    (files / "network.yml").write_text(in_dialect(layers_text(), request.param))
    return files


@pytest.fixture(scope="module")
def two(files: Path) -> Iterator[Standing]:
    """Give the two routers with their hosts, as wanted."""
    with lab_in(None, "layers", files) as standing:
        standing.install(files)
        standing.converges()
        yield standing


def reaches(two: Standing, host: str, goal: str, *words: str) -> bool:
    """Say whether a host gets an answer within five tries."""
    return "bytes from" in two.shell(host, "ping", "-n", "-c", "5", "-i", "0.2", "-W", "1", *words, goal)


def test_hosts_of_a_vlan_hear_each_other_over_the_trunk_and_no_others(two: Standing) -> None:
    assert reaches(two, "lab-west", "192.168.10.2", *FULL_SIZE)
    assert not reaches(two, "lab-west", "192.168.10.3")


def is_of_both_fibres(two: Standing, router: str) -> bool:
    """Say whether LACP has made one bond of them."""
    return "Number of ports: 2" in two.shell(router, "cat", "/proc/net/bonding/bond0")


def test_both_ends_of_the_bond_agree_on_both_fibres(two: Standing) -> None:
    wait_until("west has both in it", lambda: is_of_both_fibres(two, "west"), within=timedelta(seconds=90))
    wait_until("east has both in it", lambda: is_of_both_fibres(two, "east"), within=timedelta(seconds=90))


def test_a_bond_goes_on_when_one_of_its_fibres_is_cut(two: Standing) -> None:
    lab.cut(two.folder, "first")

    try:
        wait_until(
            "the other fibre carries it",
            lambda: reaches(two, "lab-west", "192.168.10.2"),
            within=timedelta(seconds=90),
        )
    finally:
        lab.mend(two.folder, "first")


def test_hosts_with_one_address_in_two_tables_reach_their_own_kind_only(two: Standing) -> None:
    assert reaches(two, "guest-west", "10.88.1.10", *FULL_SIZE)
    assert not reaches(two, "worker-west", "10.88.1.10")
    assert not reaches(two, "guest-west", "10.40.0.2"), "the global table is not behind the others"


def test_a_leak_lets_its_prefix_through_until_it_is_taken_away(two: Standing, files: Path) -> None:
    assert reaches(two, "visitor", "10.99.1.10")
    assert not reaches(two, "visitor", "10.99.2.1")
    assert "10.99.1.0/24" in two.shell("west", "ip", "route", "show", "table", "main"), "it is shared"
    before = two.begun()

    two.wants(files, (files / "network.yml").read_text().replace(LEAK, ""))

    assert not reaches(two, "visitor", "10.99.1.10")
    assert "10.99.1.0/24" not in two.shell("west", "ip", "route", "show", "vrf", "vrf-guests")
    assert restarted(before, two.begun()) == []
