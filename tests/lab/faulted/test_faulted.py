"""Faults injected into deployments on a router that has everything; README.md says what is proved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.faults.campaign import Campaign, prepared, try_until_struck
from hanse_lab.faults.catalogue import Kind
from hanse_lab.plan import Place
from lab.places import lab_in

pytestmark = [pytest.mark.lab, pytest.mark.timeout(400)]

HERE: Final = Path(__file__).parent
VICTIM: Final = "hub"
SEED: Final = 2026


@pytest.fixture(scope="module")
def campaign() -> Iterator[Campaign]:
    """Give a campaign against the router that has the most."""
    with lab_in(Place.HOST, "faulted", HERE) as made:
        made.install(HERE)
        made.converges()
        yield prepared(made.folder, VICTIM)


@pytest.mark.parametrize("kind", Kind)
def test_a_router_with_everything_ends_entirely_old_or_new_and_the_record_says_which(
    campaign: Campaign, kind: Kind
) -> None:
    faults = {fault.kind: fault for fault in campaign.drawn(seed=SEED, count=len(Kind))}
    campaign.gets_well()

    result = try_until_struck(campaign, faults[kind])

    assert not result.wrong, str(result)
