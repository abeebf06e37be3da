"""A border is drained and restored: traffic moves away and back, and no packet is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest

from hanse_lab import lab
from hanse_lab.waiting import wait_until
from lab.city import City
from lab.traffic import A_SECOND, packets_a_second, way, without_loss

pytestmark = pytest.mark.lab

MOVES_WITHIN: Final = timedelta(seconds=20)
START: Final = "core2"
GOALS: Final = ("198.51.100.65", "2001:db8:f00::1")  # the test destination, behind both upstreams
BORDERS: Final = {"border1": {"203.0.113.7", "2001:db8:500::7"}, "border2": {"203.0.113.8", "2001:db8:500::8"}}
PACKETS: Final = 2 * A_SECOND  # one sender a family
OURS: Final = "203.0.113.0/24"
FORGETFUL: Final = "pix_pader"  # ExaBGP does not send its routes again when asked: BIRD begins the session anew


@pytest.fixture(autouse=True)
def left_in_service(city: City) -> Iterator[None]:
    """Leave the border as it was found, whatever the scenario came to."""
    yield

    if city.hanse.outcome("restore", "border1").returncode == 0:
        city.hanse.say("apply", "--yes", "--limit", "border1")


def leaves_by(city: City, border: str) -> bool:
    """Say whether both families reach the test destination, over that border."""
    hops = [way(lab.node(city.folder, START), goal) for goal in GOALS]
    return all(found[-1] == goal and BORDERS[border] & set(found) for found, goal in zip(hops, GOALS, strict=True))


def heard_upstream(city: City) -> str:
    """Return what the drained border's upstream hears of our own space."""
    return city.shell("westnet", "vtysh", "-c", f"show bgp ipv4 unicast {OURS}")


def steady(ages: dict[str, str]) -> dict[str, str]:
    """Return the ages of sessions with neighbours that send their routes again when asked."""
    return {name: age for name, age in ages.items() if FORGETFUL not in name}


def test_a_border_is_drained_and_restored_and_no_packet_is_lost(city: City) -> None:
    assert leaves_by(city, "border1")
    before = steady(city.ages())
    border = lab.node(city.folder, "border1")

    with without_loss(lab.node(city.folder, START), GOALS):
        busy = packets_a_second(border, "up0")
        city.hanse.say("drain", "border1")
        city.hanse.say("apply", "--yes", "--limit", "border1")
        wait_until("traffic leaves by the other border", lambda: leaves_by(city, "border2"), within=MOVES_WITHIN)
        empty = packets_a_second(border, "up0")
        heard = heard_upstream(city)
        well = city.status()["well"]
        city.hanse.say("restore", "border1")
        city.hanse.say("apply", "--yes", "--limit", "border1")
        wait_until("traffic is back", lambda: leaves_by(city, "border1"), within=MOVES_WITHIN)

    assert busy > PACKETS * 0.6  # a busy machine counts late
    assert empty < PACKETS * 0.1
    assert "graceful-shutdown" in heard
    assert "graceful-shutdown" not in heard_upstream(city)
    assert well
    assert steady(city.ages()) == before
