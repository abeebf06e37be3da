"""Faults injected into deployments."""

from typing import Final

import pytest

from hanse_lab.faults import marks
from hanse_lab.faults.campaign import Campaign, prepared, try_until_struck
from hanse_lab.faults.catalogue import Fault, drawn
from hanse_lab.faults.marks import marks_of
from lab.city import City

pytestmark = [pytest.mark.lab, pytest.mark.timeout(240)]

SEED: Final = 2026
COUNT: Final = 12
VICTIM: Final = "border1"
FILES: Final = (
    "/etc/bird/bird.conf",
    "/etc/network/interfaces",
    "/etc/nftables.conf",
    "/etc/sysctl.d/90-hanse.conf",
)


@pytest.fixture(scope="module")
def campaign(started_city: City) -> Campaign:
    """Give a campaign against one border of the city."""
    made = prepared(started_city.folder, VICTIM)
    assert tuple(mark.file for mark in made.marked) == FILES
    return made


@pytest.mark.parametrize("fault", drawn(marks_of(dict.fromkeys(FILES, marks.TABLE)), seed=SEED, count=COUNT), ids=str)
@pytest.mark.usefixtures("city")
def test_a_router_ends_entirely_old_or_new_and_the_record_says_which(campaign: Campaign, fault: Fault) -> None:
    result = try_until_struck(campaign, fault)

    assert not result.wrong, str(result)
