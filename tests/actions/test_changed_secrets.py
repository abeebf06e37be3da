"""Which secrets have another value than when a router was last installed: what cannot be read back is judged by it."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.small_city import ALICE, Town
from hanse.actions.applying import apply
from hanse.actions.planning import plan
from hanse.actions.world import doors
from hanse.store import access

pytestmark = pytest.mark.django_db(transaction=True)


def changed(place: Town, node: str) -> frozenset[str]:
    return doors(place.network, place.world).target(node).changed_secrets


def test_a_router_that_was_never_installed_knows_no_secret(place: Town) -> None:
    access.put_secret("bob", "Strandkorb-7", at=place.clock.now())

    assert changed(place, "alpha") == {"bob"}


def test_only_a_secret_that_was_changed_since_counts(place: Town) -> None:
    for name in ("bob", "carol"):
        access.put_secret(name, "Strandkorb-7", at=place.clock.now() - timedelta(hours=1))
    apply(plan(world=place.world, limit=["alpha"]), world=place.world, author=ALICE)
    access.put_secret("bob", "Leuchtturm-8", at=place.clock.now())

    assert changed(place, "alpha") == {"bob"}
    assert changed(place, "beta") == {"bob", "carol"}


def test_the_way_in_costs_four_queries_whatever_the_number_of_routers(
    place: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        ways = doors(place.network, place.world)
        for node in place.network.nodes:
            ways.target(node)
