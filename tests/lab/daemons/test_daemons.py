"""The same ring on FRR, and on FRR and BIRD in turn; README.md says what is proved."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from hanse.devices.driver import Driver, Verdict
from hanse.devices.linux.driver import open_linux
from hanse.network.seen.device import OspfState
from hanse_lab import lab
from hanse_lab.requirements import lacks
from hanse_lab.waiting import wait_until
from lab.ring import ROUTERS, Ring, ring_up

pytestmark = [pytest.mark.lab, pytest.mark.timeout(480)]

FAR = ("198.51.100.65", "2001:db8:f00::1")
LEARNED = "198.51.100.64/28"
BOGON = "10.9.9.0/24"
SAME_MOMENT = timedelta(seconds=4)  # FRR counts uptimes back in whole seconds
ALIKE = ("frr", "frr")
IN_TURN = ("bird2", "frr")
in_turn = pytest.mark.parametrize("ring", [IN_TURN], ids=["mixed"], indirect=True)


@pytest.fixture(scope="module", params=[ALIKE, IN_TURN], ids=["frr", "mixed"])
def ring(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ring]:
    """Give the ring, up and configured; its borders are on FRR, its reflectors on the one or the other."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    with ring_up(tmp_path_factory.mktemp("ring"), *request.param) as found:
        yield found


def test_every_wanted_neighbour_and_session_is_up(ring: Ring) -> None:
    status = ring.status()

    for router in status["routers"]:
        assert router["reachable"], router["node"]
        assert router["ospf"]["wanted"] == router["ospf"]["seen"] == 4, router["node"]
        assert router["bgp"]["wanted"] == router["bgp"]["seen"] == 6, router["node"]


@pytest.mark.parametrize("far", FAR)
def test_the_far_network_is_reached_from_everywhere(ring: Ring, far: str) -> None:
    wait_until(
        f"all routers reach {far}",
        lambda: all(ring.reaches(router, far) for router in ROUTERS),
        within=timedelta(seconds=90),
    )


def test_a_route_carries_the_same_marks_to_the_other_border(ring: Ring) -> None:
    route = ring.bgp_route("east", LEARNED)["paths"][0]

    assert set(route["largeCommunity"]["string"].split()) == {"64500:1:4", "64500:100:1"}
    assert route["community"]["string"] == "64500:1001"
    assert not ring.bgp_route("east", BOGON)


@in_turn
def test_a_customer_hears_everything_without_our_marks(ring: Ring) -> None:
    heard = json.loads(ring.shell("buchladen", "vtysh", "-c", f"show bgp ipv4 unicast {LEARNED} json"))
    all_heard = json.loads(ring.shell("buchladen", "vtysh", "-c", "show bgp ipv4 unicast json"))["routes"]

    marks = heard["paths"][0].get("largeCommunity", {"string": ""})["string"].split()
    assert marks == ["64500:100:1"]
    assert {"0.0.0.0/0", LEARNED, "203.0.113.0/24"} <= set(all_heard)


def test_edits_restart_nothing(ring: Ring) -> None:
    before = ring.begun()

    ring.edit(
        ("south-east: {number: 2, link_class: fibre", "south-east: {number: 2, link_class: radio"),
        ("local_preference: 90, prefixes: [198.51.100.64/28]", "local_preference: 80"),
        ("prefixes: [198.51.100.128/26,", "prefixes: [198.51.100.128/26, 198.51.100.16/28,"),
    )
    changed = ring.applied()

    assert changed == {"south", "east", "west"}
    after = ring.begun()
    assert after.keys() == before.keys()
    assert not [who for who, began in after.items() if began and began - (before[who] or began) > SAME_MOMENT]
    wait_until(
        "the far border hears of the new preference",
        lambda: {path.get("locPrf") for path in ring.bgp_route("east", LEARNED).get("paths", [])} == {80},
        within=timedelta(seconds=90),
    )


@in_turn
def test_a_cut_fibre_is_gone_round(ring: Ring) -> None:
    lab.cut(ring.folder, "north-west")
    took = wait_until(
        "north reaches the far network round the ring",
        lambda: all(ring.reaches("north", far) for far in FAR),
        within=timedelta(seconds=60),
    )
    lab.mend(ring.folder, "north-west")

    ring.converges()

    assert took < timedelta(seconds=20)


@in_turn
def test_another_daemon_is_put_back_when_nobody_confirms(ring: Ring) -> None:
    old = ring.hanse.say("render", "north")
    here, there = "odd: {driver: linux, dialect: bird2}", "odd: {driver: linux, dialect: frr}"
    ring.edit((here, there))
    new = ring.hanse.say("render", "north")
    ring.edit((there, here))

    with open_linux(ring.target("north")) as router:
        router.stage("switched", new)
        router.commit("switched", undo_after=timedelta(seconds=120))
        on_trial = router.verdict("switched"), daemons(ring)
        wait_until("FRR has all its neighbours", lambda: has_all(router), within=timedelta(seconds=90))
        router.undo("switched")
        text = router.running()
        wait_until("BIRD has all its neighbours again", lambda: has_all(router), within=timedelta(seconds=90))

    assert on_trial == (Verdict.TRIAL, {"zebra", "staticd", "bgpd", "ospfd", "ospf6d", "watchfrr"})
    assert text == old
    assert daemons(ring) == {"bird"}
    assert "proto ospf" not in ring.shell("north", "ip", "route")


def daemons(ring: Ring) -> set[str]:
    """Return the routing daemons that run on the router that changes."""
    known = {"bird", "zebra", "staticd", "bgpd", "ospfd", "ospf6d", "bfdd", "watchfrr"}
    return known & set(ring.shell("north", "ps", "-eo", "comm").split())


def has_all(router: Driver) -> bool:
    """Say whether it has its six sessions and four adjacencies."""
    sessions = [seen for seen in router.bgp_sessions() if seen.state.carries_routes]
    return len(sessions) == 6 and [seen.state for seen in router.ospf_neighbours()] == [OspfState.FULL] * 4
