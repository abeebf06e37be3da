"""Faults injected into deployments on a router with all that a kernel can have; README.md says what is proved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.faults.campaign import Campaign, prepared, try_until_struck
from hanse_lab.faults.catalogue import Kind
from lab.places import lab_in

pytestmark = [pytest.mark.lab, pytest.mark.long, pytest.mark.timeout(1200)]

HERE: Final = Path(__file__).parent
VICTIM: Final = "hub"
SEED: Final = 5
KINDS: Final = (Kind.POWER_LOST, Kind.HARMFUL)  # each takes one to two minutes in a guest


@pytest.fixture(scope="module")
def campaign() -> Iterator[Campaign]:
    """Give a campaign against the router that has the most."""
    with lab_in(None, "faulted-layers", HERE) as made:
        made.install(HERE)
        struck = prepared(made.folder, VICTIM)
        struck.gets_well()
        yield struck


@pytest.mark.parametrize("kind", KINDS)
def test_a_router_with_all_layers_ends_entirely_old_or_new_and_the_record_says_which(
    campaign: Campaign, kind: Kind
) -> None:
    faults = {fault.kind: fault for fault in campaign.drawn(seed=SEED, count=len(Kind))}
    campaign.gets_well()

    result = try_until_struck(campaign, faults[kind])

    assert not result.wrong, str(result)
