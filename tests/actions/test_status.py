"""How the network stands: what looking at it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.small_city import FILE, Town
from hanse.actions.status import status

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
