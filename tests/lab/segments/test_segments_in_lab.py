"""Segments over three routers: hosts at both ends are on one wire; README.md says what is proved."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.plan import Place
from hanse_lab.requirements import lacks
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.places import Standing, lab_in, restarted

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
FULL_SIZE: Final = str(1500 - 28)  # octets of a ping's payload: IPv4 takes 20 and ICMP 8
ASKS: Final = HERE / "ask_for_address.py"


@pytest.fixture(scope="module", params=each_dialect("frr", "mixed"))
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that scenarios may edit.

    Where all are FRR they are told of hosts by BGP; otherwise frames are copied to a list.
    """
    files = tmp_path_factory.mktemp("segments")
    shutil.copy(HERE / "outside.yml", files)
    text = in_dialect((HERE / "network.yml").read_text(), request.param)
    if request.param == "frr":
        text = text.replace("1, nodes", "1, flooding: evpn, nodes").replace(
            "kind: access", "kind: access\n    flooding: evpn"
        )
    (files / "network.yml").write_text(text)
    return files


@pytest.fixture(scope="module")
def segments(files: Path) -> Iterator[Standing]:
    """Give a lab of three routers and five hosts, converged."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    with lab_in(Place.HOST, "segments", files) as made:
        made.install(files)
        made.converges()
        yield made


def reaches(segments: Standing, host: str, goal: str, *words: str) -> bool:
    """Say whether a host gets an answer within five tries."""
    return "bytes from" in segments.shell(host, "ping", "-n", "-c", "5", "-i", "0.2", "-W", "1", *words, goal)


def test_hosts_of_a_segment_reach_each_other_with_packets_of_full_size(segments: Standing) -> None:
    assert reaches(segments, "alice", "192.168.7.2", "-M", "do", "-s", FULL_SIZE)


def asked_anew(segments: Standing, host: str, gateway: str) -> str:
    """Return what a host knows of the gateway after it has asked for it, with nothing remembered."""
    segments.shell(host, "ip", "neighbour", "flush", "dev", "eth0")
    return segments.shell(host, "ip", "neighbour", "show", gateway) if reaches(segments, host, gateway) else ""


def test_hosts_of_another_segment_hear_nothing(segments: Standing) -> None:
    assert not reaches(segments, "alice", "10.60.0.1")
    assert "192.168.7" not in segments.shell("carol", "ip", "neighbour")


def test_every_host_has_a_gateway_next_door_and_the_segment_is_told_to_all(segments: Standing) -> None:
    gateways = {
        host: segments.shell(node, "cat", "/sys/class/net/br-guests/address").strip()
        for host, node in (("carol", "left"), ("dave", "right"))
    }
    segments.shell("dave", "ip", "address", "replace", "10.60.0.202/24", "dev", "eth0")

    wait_until(
        "each is answered by the router next door",
        lambda: all(mac in asked_anew(segments, host, "10.60.0.1") for host, mac in gateways.items()),
        within=timedelta(seconds=90),
    )
    assert reaches(segments, "carol", "10.20.0.3", "-I", "10.60.0.201")
    assert reaches(segments, "carol", "10.60.0.202")


def test_a_host_is_lent_an_address_of_the_share_of_its_router(segments: Standing) -> None:
    dave = segments.node("dave")
    dave.write("/root/ask.py", ASKS.read_text())

    lent, gateway = dave.run("python3", "/root/ask.py", "eth0").split()

    assert IPv4Address("10.60.0.70") <= IPv4Address(lent) <= IPv4Address("10.60.0.99")
    assert gateway == "10.60.0.1"


def test_hosts_are_advertised_to_by_the_router_next_door_alone(segments: Standing) -> None:
    def own_address() -> bool:
        return "2001:db8:500:60:" in segments.shell(
            "dave", "ip", "-6", "address", "show", "dev", "eth0", "scope", "global"
        )

    wait_until("dave has an IPv6 address", own_address, within=timedelta(seconds=90))

    ways = segments.shell("dave", "ip", "-6", "route", "show", "default")
    assert ways.count("via") == 1


def test_a_segment_that_is_taken_away_leaves_nothing_and_harms_no_other(segments: Standing, files: Path) -> None:
    begun = segments.begun()
    text = (files / "network.yml").read_text()
    without = re.sub(r"  office: .*\n", "", text).replace("{untagged: office}", "{}")
    try:
        segments.wants(files, without)
        for node in ("left", "right"):
            there = segments.shell(node, "ip", "-o", "link") + segments.shell(node, "nft", "list", "ruleset")
            assert "office" not in there.replace("office0", "")
            assert "master" not in segments.shell(node, "ip", "-o", "link", "show", "office0")
        assert not restarted(begun, segments.begun())
        assert reaches(segments, "carol", "10.60.0.1")
    finally:
        segments.wants(files, text)
    assert reaches(segments, "alice", "192.168.7.2")
