"""A route server with three members, a collector and an announcer with two routers; README.md says what is proved."""

import json
import shutil
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
SOON: Final = timedelta(seconds=60)
LISTED: Final = ["198.51.100.64/28", "2001:db8:a000::/48"]
NOT_LISTED: Final = "198.51.100.80/28"
REFUSED: Final = "198.51.100.96/28"
OF_EAST: Final = ["198.51.100.112/28", "2001:db8:b000::/48"]
OF_UPSTREAM: Final = ["198.51.100.176/28", "2001:db8:c000::/48"]
PRINTERS: Final = {"203.0.113.128/28", "2001:db8:500:8::/64"}  # behind core
CAMERAS: Final = {"203.0.113.144/28", "2001:db8:500:9::/64"}  # behind border
MORE: Final = "203.0.113.160/28"
MADE_UP: Final = "198.51.100.208/28"
LATER: Final = "192.0.2.14"  # a member that nobody has seen yet
OTHERS: Final = ("192.0.2.11", "192.0.2.12")  # members whom nobody asks what they hear
ROUTERS: Final = {"border": "198.18.23.23", "core": "198.18.23.24"}
STAY: Final = {ROUTERS["border"], "198.18.23.22", "198.18.23.25", "198.51.100.248", "2001:db8:ff:1::"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that scenarios may edit."""
    files = tmp_path_factory.mktemp("speakers")
    for file in HERE.glob("*.yml"):
        shutil.copy(file, files)
    return files


@pytest.fixture(scope="module")
def speakers(files: Path) -> Iterator[Standing]:
    """Give a lab of a route server and its members, converged."""
    if not shutil.which("exabgp", path="/usr/sbin:/usr/bin"):
        pytest.skip("there is no ExaBGP on this machine: apt-get install exabgp")
    with lab_in(Place.HOST, "speakers", files) as made:
        made.install(files)
        made.converges()
        yield made


def heard(speakers: Standing, member: str, family: str) -> dict[str, str]:
    """Return prefix and path of all that a member with FRR hears."""
    told = json.loads(speakers.shell(member, "vtysh", "-c", f"show bgp {family} unicast json") or "{}")
    return {prefix: ways[0]["path"] for prefix, ways in told.get("routes", {}).items() if ways[0]["path"]}


def all_heard(speakers: Standing, member: str) -> dict[str, str]:
    """Return what a member hears in both families."""
    return heard(speakers, member, "ipv4") | heard(speakers, member, "ipv6")


def test_members_hear_each_other_with_the_servers_as_in_no_path(speakers: Standing) -> None:
    wait_until("routes came", lambda: {*LISTED, *OF_EAST} <= all_heard(speakers, "nordnet").keys(), within=SOON)

    paths = all_heard(speakers, "nordnet")

    assert {prefix: paths[prefix] for prefix in LISTED} == dict.fromkeys(LISTED, "64496")
    assert {prefix: paths[prefix] for prefix in OF_EAST} == dict.fromkeys(OF_EAST, "64497")


def test_next_hops_are_the_members_own_and_communities_are_put_on(speakers: Standing) -> None:
    wait_until("routes came", lambda: OF_EAST[0] in all_heard(speakers, "nordnet"), within=SOON)

    said = speakers.shell("nordnet", "vtysh", "-c", f"show bgp ipv4 unicast {OF_EAST[0]}")

    assert "192.0.2.12 from 192.0.2.1" in said
    assert "64500:1:2" in said


def test_what_is_not_listed_or_refused_reaches_nobody(speakers: Standing) -> None:
    wait_until("the server hears all", lambda: {NOT_LISTED, REFUSED} <= heard_by_server(speakers), within=SOON)
    wait_until("routes came", lambda: {*LISTED, *OF_EAST} <= all_heard(speakers, "nordnet").keys(), within=SOON)

    reached = [all_heard(speakers, "nordnet"), *(told_by_server(speakers, address) for address in OTHERS)]

    assert not [refused for refused in (NOT_LISTED, REFUSED) for routes in reached if refused in routes]


def heard_by_server(speakers: Standing) -> set[str]:
    """Return all that members tell the route server, before it refuses anything."""
    return prefixes(speakers.shell("rs1", "bgpctl", "-j", "show", "rib", "in"))


def told_by_server(speakers: Standing, member: str) -> set[str]:
    """Return what the route server tells a member."""
    return prefixes(speakers.shell("rs1", "bgpctl", "-j", "show", "rib", "neighbor", member, "out"))


def prefixes(told: str) -> set[str]:
    """Return the prefixes that OpenBGPD lists."""
    return {one["prefix"] for one in json.loads(told or "{}").get("rib", ())}


def collected(speakers: Standing, *words: str) -> dict[str, int]:
    """Return how many ways the collector has to each prefix, in a table of GoBGP's."""
    found: dict[str, int] = {}
    for family in ("ipv4", "ipv6"):
        told = json.loads(speakers.shell("ear1", "gobgp", "-j", *words, "-a", family) or "{}")
        found |= {prefix: len(ways) for prefix, ways in told.items()}
    return found


def test_the_collector_hears_what_every_router_hears_and_nobody_hears_it(speakers: Standing) -> None:
    both = dict.fromkeys(OF_UPSTREAM, len(ROUTERS))

    wait_until("routes came", lambda: both.items() <= collected(speakers, "global", "rib").items(), within=SOON)
    speakers.shell("ear1", "gobgp", "global", "rib", "add", MADE_UP, "nexthop", "198.18.23.22")

    assert MADE_UP in collected(speakers, "global", "rib")
    assert [collected(speakers, "neighbor", router, "adj-out") for router in ROUTERS.values()] == [{}, {}]
    speakers.shell("ear1", "gobgp", "global", "rib", "del", MADE_UP)


def taken(speakers: Standing) -> dict[str, set[str]]:
    """Return what each router has taken from the announcer."""
    bird = speakers.shell("border", "birdc", "-r", "show", "route", "protocol", "announcer_5")
    found = {"border": {word for word in bird.split() if "/" in word and word[0].isdigit()}, "core": set[str]()}
    for family in ("ipv4", "ipv6"):
        words = f"show bgp {family} unicast neighbors 198.18.23.25 routes json"
        told = json.loads(speakers.shell("core", "vtysh", "-c", words) or "{}")
        found["core"] |= set(told.get("routes", ()))
    return found


def test_routers_take_what_an_announcer_is_there_for_but_for_what_lies_behind_themselves(speakers: Standing) -> None:
    wait_until("routes came", lambda: taken(speakers) == {"border": PRINTERS, "core": CAMERAS}, within=SOON)

    assert "203.0.113.128/28 via 10.23.8." in speakers.shell("border", "ip", "route")
    assert "203.0.113.144/28" in speakers.shell("core", "ip", "route")


def test_an_edit_of_one_session_restarts_none(speakers: Standing, files: Path) -> None:
    text = (files / "network.yml").read_text()
    begun = speakers.begun()
    more = (
        text.replace("prefixes: [198.51.100.64/28, ", "prefixes: [198.51.100.64/27, ")
        .replace("    routes:\n", f"    routes:\n      more: {{prefix: {MORE}, via: 10.23.0.4}}\n")
        .replace(
            "sessions:\n",
            f"sessions:\n  later: {{connection: rs1-pix, asn: 64499, relationship: peer, addresses: [{LATER}]}}\n",
        )
    )
    try:
        speakers.wants(files, more)
        wait_until("it is handed on", lambda: NOT_LISTED in all_heard(speakers, "nordnet"), within=SOON)
        wait_until("it is told", lambda: MORE in taken(speakers)["border"], within=SOON)
        assert LATER in members(speakers)
        assert not restarted(begun, speakers.begun())
    finally:
        speakers.wants(files, text)
    wait_until("it is gone", lambda: NOT_LISTED not in all_heard(speakers, "nordnet"), within=SOON)
    wait_until("it is told no more", lambda: MORE not in taken(speakers)["border"], within=SOON)
    assert LATER not in members(speakers)
    assert not restarted(begun, speakers.begun())


def members(speakers: Standing) -> set[str]:
    """Return with whom the route server would speak."""
    told = json.loads(speakers.shell("rs1", "bgpctl", "-j", "show", "neighbor"))
    return {one["remote_addr"] for one in told["neighbors"]}


def test_speakers_let_a_router_go_and_have_it_back_when_that_is_undone(speakers: Standing, files: Path) -> None:
    text = (files / "network.yml").read_text()
    begun = {who: since for who, since in speakers.begun().items() if who[0] != "core" and str(who[1]) in STAY}
    without = text.replace("    platform: second\n", "    platform: second\n    status: planned\n")
    asks = ("ear1", "gobgp", "-j", "neighbor")
    try:
        speakers.wants(files, without, force=True)
        assert ROUTERS["core"] not in speakers.shell(*asks) + speakers.node("mouth1").read("/etc/exabgp/exabgp.conf")
        assert not restarted(begun, speakers.begun())
    finally:
        for name in ("ear1", "mouth1", "border"):
            speakers.hanse.say("undo", "--yes", "--force", name)
        (files / "network.yml").write_text(text)
        speakers.hanse.say("import", str(files))
    speakers.converges()
    assert ROUTERS["core"] in speakers.shell(*asks)
    assert not restarted(begun, speakers.begun())
