"""The labels of paths on a router's page: absent, or there."""

import pytest
from django.test import Client

from actions.small_city import EVERY_KIND, Town
from hanse.actions.polling import poll
from hanse.actions.status import status
from hanse.network.seen.device import SeenLabel

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_label_that_a_router_lacks_stands_on_its_page_until_it_has_it(alice: Client, place: Town) -> None:
    def page() -> str:
        poll(world=place.world, limit=["beta"])
        return alice.get("/routers/beta/").content.decode()

    place.wants(EVERY_KIND)
    lacking = page()
    (beta,) = status(limit=["beta"]).routers
    place.devices["beta"].labels = tuple(
        SeenLabel(label=one.label, out=(), via=one.via, interface=one.interface, protocol="static")
        for one in beta.labels_lacking
    )

    assert "label_paths.across" in lacking
    assert lacking.count(">absent") >= 2
    there = page()
    assert "2 of 2 are there" in there
    assert "label_paths.across" not in there
