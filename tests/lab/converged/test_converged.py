"""The city works, and goes on when a fibre is cut."""

from datetime import timedelta

import pytest

from hanse_lab import lab
from hanse_lab.waiting import wait_until
from lab.city import City

pytestmark = pytest.mark.lab

FAR = ("198.51.100.65", "2001:db8:f00::1")
CHEAP = ("core2", "core1", "border1")  # two fibres and a radio link less than the other way round the ring
OTHER = ("core2", "core3", "core4", "core1", "border1")


def routers_on(city: City, way: tuple[str, ...]) -> tuple[str, ...]:
    """Return the routers that answer on a way, by the number at the end of their public address."""
    names = {"1": "core1", "2": "core2", "3": "core3", "4": "core4", "5": "spur1", "7": "border1", "8": "border2"}
    return tuple(names.get(hop.replace(":", ".").rpartition(".")[2], hop) for hop in way[:-1])


def test_every_wanted_neighbour_and_session_is_up(city: City) -> None:
    status = city.status()

    for router in status["routers"]:
        assert router["reachable"], router["node"]
        assert router["ospf"]["wanted"] == router["ospf"]["seen"] > 0, router["node"]
        assert router["bgp"]["wanted"] == router["bgp"]["seen"] > 0, router["node"]


@pytest.mark.parametrize("far", FAR)
def test_a_spur_reaches_the_far_network_the_cheap_way(city: City, far: str) -> None:
    def takes_it() -> bool:
        way = city.way("spur2", far)
        return way[-1:] == (far,) and routers_on(city, way) == ("spur1", *CHEAP)

    wait_until("the spur takes the cheap way", takes_it, within=timedelta(seconds=90))


def test_a_cut_fibre_is_gone_round_and_told(city: City) -> None:
    lab.cut(city.folder, "ring-rathaus-dom")
    wait_until(
        "the spur reaches the far network round the ring",
        lambda: routers_on(city, city.way("spur2", FAR[0])) == ("spur1", *OTHER),
        within=timedelta(seconds=90),
    )

    status = city.status()

    assert [link["name"] for link in status["links"] if link["condition"] != "up"] == ["ring-rathaus-dom"]
    told = {(change["node"], change["change"]) for change in status["changes"] if "ring" in change["name"]}
    assert {("core1", "went down"), ("core2", "went down")} <= told
