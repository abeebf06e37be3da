"""A neighbour stops and starts; a router loses its power."""

from datetime import timedelta
from typing import Any

import pytest

from hanse_lab import lab
from hanse_lab.waiting import wait_until
from lab.city import City

pytestmark = pytest.mark.lab

ALME = ("192.0.2.11", "2001:db8:100::11")
NOTICED_WITHIN = timedelta(seconds=40)


def sessions_with(router: Any, addresses: tuple[str, ...]) -> list[Any]:
    """Return what is known of the sessions with these addresses."""
    return [session for session in router["sessions"] if session["remote_address"] in addresses]


def changes_of(city: City, node: str, address: str) -> list[Any]:
    """Return the changes told of one session, the latest last."""
    told = city.hanse.tree("status")["changes"]
    mine = [change for change in told if change["node"] == node and address in change["name"]]
    return sorted(mine, key=lambda change: str(change["at"]))


def test_a_neighbour_that_stops_and_starts_is_told_with_time_and_cause(city: City) -> None:
    lab.stop(city.folder, "alme")
    wait_until(
        "both sessions with the stopped neighbour are down",
        lambda: {one["condition"] for one in sessions_with(city.router("border1"), ALME)} == {"down"},
        within=NOTICED_WITHIN,
    )
    down = changes_of(city, "border1", ALME[0])[-1]
    lab.start(city.folder, "alme")

    city.converges()

    assert down["change"] == "went down"
    assert down["since"]
    assert down["why"]
    assert changes_of(city, "border1", ALME[0])[-1]["change"] == "came up"


def test_a_router_without_power_is_unreachable_and_its_sessions_unknown(city: City) -> None:
    lab.power_cut(city.folder, "spur2")

    router = city.router("spur2")

    assert router["reachable"] is False
    assert {session["condition"] for session in router["sessions"]} == {"unknown"}
    assert {neighbour["condition"] for neighbour in router["neighbours"]} == {"unknown"}
