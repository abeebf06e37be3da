"""How the network stands: what looking at it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.small_city import EVERY_KIND, FILE, Town
from hanse.actions.polling import poll
from hanse.actions.status import RouterStatus, status
from hanse.network.seen.device import SeenLabel

pytestmark = pytest.mark.django_db(transaction=True)


def test_status_costs_the_same_for_one_router_and_for_many(place: Town) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            status()
        return len(captured)

    before = cost()
    node = "  r{0}: {{number: {0}, site: hall, platform: fake, management: {{address: 198.18.1.{0}/24}}}}\n"
    more = "".join(node.format(number) for number in range(3, 23))
    place.wants(FILE.replace("links: {", more + "links: {"))

    assert len(status().routers) == 22
    assert cost() == before


def test_labels_of_paths_that_a_router_lacks_are_told_until_it_has_them(place: Town) -> None:
    def looked_at() -> RouterStatus:
        poll(world=place.world, limit=["beta"])
        (found,) = status(limit=["beta"]).routers
        return found

    place.wants(EVERY_KIND)
    lacking = looked_at().labels_lacking
    place.devices["beta"].labels = tuple(
        SeenLabel(label=one.label, out=(), via=one.via, interface=one.interface, protocol="static") for one in lacking
    )
    has_them = looked_at().labels_lacking
    place.devices["beta"].labels = ()

    assert [(one.label, one.interface, one.out) for one in lacking] == [
        (100000, "to-gamma", None),
        (100001, "to-alpha", None),
    ]
    assert has_them == ()
    assert looked_at().labels_lacking == lacking
    told = [str(one) for one in status(limit=["beta"]).changes]
    assert {"beta: label 100000 appeared", "beta: label 100000 vanished"} <= set(told)
