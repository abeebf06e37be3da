"""Discovery, from the list to what is wanted, as somebody clicks through it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from actions.by_hand import VENDORS, configure_by_hand
from actions.small_city import Town, town
from hanse.actions.polling import poll
from hanse.store import snapshot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Town]:
    """Put the town on the desk, with sessions by hand on alpha."""
    with town(VENDORS) as found:
        configure_by_hand(found)
        poll(world=found.world)
        yield found


def test_two_sessions_are_ticked_and_wanted(seen: Page, complaints: list[str]) -> None:
    seen.goto("/discovery/")
    seen.get_by_role("link", name="alpha").first.click()
    seen.get_by_label("Choose 198.51.100.2 in global").check()
    seen.get_by_label("Choose 198.51.100.2 in blue").check()
    seen.get_by_label("Relationship of 198.51.100.2 in blue").select_option("customer")
    seen.get_by_role("button", name="Make them wanted at once").click()

    expect(seen.get_by_text("2 sessions of alpha are wanted now")).to_be_visible()
    assert snapshot.load().sessions["neighbour-2-blue"].relationship == "customer"
    assert complaints == []


def test_ticked_sessions_of_the_list_are_put_into_maintenance(seen: Page, complaints: list[str]) -> None:
    seen.goto("/sessions/?q=bob")
    seen.get_by_label("Choose bob, 192.0.2.11").check()
    seen.get_by_role("button", name="Maintenance for the ticked ones").click()
    expect(seen.get_by_label("Change status")).to_be_checked()
    seen.get_by_role("button", name="Look at what it does").click()

    expect(seen.get_by_text("maintenance").first).to_be_visible()
    seen.get_by_role("button", name="Take").first.click()

    expect(seen.get_by_text("taken").first).to_be_visible()
    assert snapshot.load().sessions["bob"].status == "maintenance"
    assert complaints == []
