"""Faults injected into deployments."""

import pytest

from hanse_lab.faults.campaign import Campaign, prepared, try_fault
from hanse_lab.faults.catalogue import Fault, drawn
from lab.city import City

pytestmark = [pytest.mark.lab, pytest.mark.timeout(240)]

SEED = 2026
COUNT = 12
VICTIM = "border1"


@pytest.fixture(scope="module")
def campaign(started_city: City) -> Campaign:
    """Give a campaign against one border of the city."""
    return prepared(started_city.folder, VICTIM)


@pytest.mark.parametrize("fault", drawn(seed=SEED, count=COUNT), ids=str)
@pytest.mark.usefixtures("city")
def test_a_router_ends_entirely_old_or_new_and_the_record_says_which(campaign: Campaign, fault: Fault) -> None:
    result = try_fault(campaign, fault)

    assert not result.wrong, str(result)
