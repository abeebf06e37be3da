"""Which routers there are to plan for once a change set is taken."""

import pytest

from actions.small_city import Town
from hanse.actions.drafts import begin, put, save_now, take
from hanse.actions.reach import routers_of
from hanse.actions.rights import Granted, Person, Right, operator
from hanse.network.wanted.edits import Edit
from hanse.store.models import ChangeSet, WantedObject

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "page")
SLOWER = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 20})


def taken(place: Town, *edits: Edit) -> int:
    """Return the change set of edits that were taken."""
    draft = begin(title="", person=ALICE, world=place.world)
    put(draft=draft, edits=edits, person=ALICE, world=place.world)
    return take(draft=draft, person=ALICE, world=place.world).number


def test_both_ends_of_a_link_are_planned_for_when_its_class_changes(place: Town) -> None:
    number = taken(place, SLOWER)

    assert routers_of(number, ALICE, place.world) == ("alpha", "beta")


def test_a_router_whose_text_stays_is_left_out(place: Town) -> None:
    body = WantedObject.objects.get(kind="sessions", name="bob").body

    number = taken(place, Edit(kind="sessions", name="bob", body={**body, "addresses": ["192.0.2.12"]}))

    assert routers_of(number, ALICE, place.world) == ("alpha",)


def test_nothing_is_planned_for_what_was_taken_back_since(place: Town) -> None:
    before = WantedObject.objects.get(kind="link_classes", name="fibre").body
    number = taken(place, SLOWER)

    save_now(edits=[Edit(kind="link_classes", name="fibre", body=before)], person=ALICE, world=place.world)

    assert routers_of(number, ALICE, place.world) == ()


def test_every_router_counts_where_the_network_cannot_be_without_the_change(place: Town) -> None:
    first = ChangeSet.objects.earliest("pk").pk  # the whole network came with it

    assert routers_of(first, ALICE, place.world) == ("alpha", "beta")


def test_only_routers_that_somebody_may_deploy_to_are_named(place: Town) -> None:
    number = taken(place, SLOWER)
    rights = (
        Granted(rights=frozenset({Right.VIEW})),
        Granted(rights=frozenset({Right.DEPLOY}), sites=frozenset({"elsewhere"})),
    )

    found = routers_of(number, Person(who="carol", door="page", granted=rights), place.world)

    assert found == ()
