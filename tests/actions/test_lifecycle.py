"""Draining and restoring are one edit of a status; what a step would change is told before anybody takes it."""

import pytest

from actions.small_city import FILE, Town, quiet_world
from hanse.actions.drafts import operations, take
from hanse.actions.lifecycle import (
    NoSuchStatus,
    NoSuchThing,
    NotFromThere,
    Stepped,
    Way,
    as_if,
    step,
)
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.nodes import NodeStatus
from hanse.store import snapshot
from hanse.store.models import AuditEntry, ChangeSet, Draft
from hanse.store.snapshot import NothingWanted

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "cli")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
NOBODY = Person(who="eve", door="page")
STAGED = FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: staged,")


def drain(place: Town, thing: str, person: Person = ALICE) -> Stepped:
    """Drain a router or a link at once."""
    return step(way=Way.DRAIN, thing=thing, at_once=True, person=person, world=place.world)


def restore(place: Town, thing: str) -> Stepped:
    """Restore a router or a link at once."""
    return step(way=Way.RESTORE, thing=thing, at_once=True, person=ALICE, world=place.world)


def test_a_drained_router_is_in_maintenance_by_one_change_set(place: Town) -> None:
    done = drain(place, "alpha")

    assert (done.kind, done.name, done.status, done.routers) == ("nodes", "alpha", "maintenance", ("alpha",))
    assert snapshot.load().nodes["alpha"].status is NodeStatus.MAINTENANCE
    assert done.change_set is not None
    assert ChangeSet.objects.get(pk=done.change_set).title == "drain alpha"
    assert AuditEntry.objects.filter(kind="nodes", name="alpha", who="alice").latest("pk").after == {
        **AuditEntry.objects.filter(kind="nodes", name="alpha").earliest("pk").after,
        "status": "maintenance",
    }


def test_a_drained_link_concerns_the_routers_at_both_its_ends(place: Town) -> None:
    done = drain(place, "middle")

    assert (done.kind, done.routers) == ("links", ("alpha", "beta"))
    assert snapshot.load().links["middle"].status is LinkStatus.MAINTENANCE


def test_what_was_drained_is_restored_to_what_it_was(place: Town) -> None:
    before = snapshot.load()
    drain(place, "alpha")

    done = restore(place, "alpha")

    assert done.status == "active"
    assert snapshot.load() == before


def test_what_a_drain_would_change_is_that_router_alone(place: Town) -> None:
    found = as_if(statuses={"alpha": "maintenance"}, person=BOB, world=place.world)

    assert [one.node for one in found.routers] == ["alpha"]
    assert "+            cost 65535;" in found.routers[0].diff
    assert found.can_be_taken


def test_a_drain_can_wait_in_a_draft(place: Town) -> None:
    done = step(way=Way.DRAIN, thing="alpha", at_once=False, person=ALICE, world=place.world)

    assert done.draft is not None
    assert (done.change_set, Draft.objects.get(pk=done.draft).title) == (None, "drain alpha")
    assert snapshot.load().nodes["alpha"].status is NodeStatus.ACTIVE
    again = step(way=Way.DRAIN, thing="middle", draft=done.draft, at_once=False, person=ALICE, world=place.world)
    assert [one.name for one in operations(done.draft, ALICE)] == ["alpha", "middle"]
    assert again.draft == done.draft
    take(draft=done.draft, person=ALICE, world=place.world)
    assert snapshot.load().nodes["alpha"].status is NodeStatus.MAINTENANCE


@pytest.mark.parametrize(
    ("way", "status", "sentence"),
    [
        (Way.DRAIN, "maintenance", "alpha is maintenance: drain is for what is active or offline"),
        (Way.DRAIN, "planned", "alpha is planned: drain is for what is active or offline"),
        (Way.RESTORE, "active", "alpha is active: restore is for what is maintenance or offline"),
        (Way.RESTORE, "staged", "alpha is staged: restore is for what is maintenance or offline"),
    ],
)
def test_what_was_never_in_service_is_not_put_there_by_a_slip(
    place: Town, way: Way, status: str, sentence: str
) -> None:
    place.wants(FILE.replace("{number: 1,", f"{{number: 1, status: {status},"))

    with pytest.raises(NotFromThere, match=sentence):
        step(way=way, thing="alpha", at_once=True, person=ALICE, world=place.world)


def test_a_name_that_is_no_router_and_no_link_is_told_with_the_nearest(place: Town) -> None:
    with pytest.raises(NoSuchThing, match=r"no router and no link is called 'alfa'.*alpha"):
        drain(place, "alfa")


def test_a_name_of_both_is_told_apart_by_its_kind(place: Town) -> None:
    place.wants(FILE.replace("{middle:", "{alpha:"))

    with pytest.raises(NoSuchThing, match=r"write nodes\.alpha or links\.alpha"):
        drain(place, "alpha")

    assert (drain(place, "links.alpha").kind, drain(place, "nodes.alpha").kind) == ("links", "nodes")


def test_who_may_not_change_a_router_does_not_drain_it(place: Town) -> None:
    elsewhere = Granted(rights=frozenset({Right.CHANGE}), sites=frozenset({"tower"}))

    both = Person(who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW})), elsewhere))

    for person in (BOB, both):
        with pytest.raises(NotAllowed):
            drain(place, "alpha", person=person)

    assert snapshot.load().nodes["alpha"].status is NodeStatus.ACTIVE


def test_what_a_staged_router_would_change_is_told_and_nothing_is_kept(place: Town) -> None:
    place.wants(STAGED)
    drafts = Draft.objects.count()

    found = as_if(statuses={"beta": "active"}, person=BOB, world=place.world)

    assert [(one.kind, one.name) for one in found.changes] == [("nodes", "beta")]
    assert {one.node for one in found.routers} == {"alpha", "beta"}
    assert "+protocol bgp ibgp_beta_ipv4" in {one.node: one.diff for one in found.routers}["alpha"]
    assert (snapshot.load().nodes["beta"].status, Draft.objects.count()) == (NodeStatus.STAGED, drafts)


def test_several_steps_are_told_together(place: Town) -> None:
    found = as_if(statuses={"beta": "staged", "middle": "planned"}, person=BOB, world=place.world)

    assert {one.name for one in found.changes} == {"beta", "middle"}


def test_a_status_as_it_is_changes_nothing(place: Town) -> None:
    found = as_if(statuses={"alpha": "active"}, person=BOB, world=place.world)

    assert (found.changes, found.routers, found.more) == ((), (), ())


@pytest.mark.parametrize(("thing", "status"), [("alpha", "asleep"), ("middle", "staged")])
def test_a_status_that_nobody_has_is_told(place: Town, thing: str, status: str) -> None:
    with pytest.raises(NoSuchStatus, match=f"is '{status}'"):
        as_if(statuses={thing: status}, person=BOB, world=place.world)


def test_who_may_see_nothing_is_told_nothing(place: Town) -> None:
    with pytest.raises(NotAllowed):
        as_if(statuses={"alpha": "planned"}, person=NOBODY, world=place.world)


def test_who_may_see_one_site_is_not_shown_routers_of_another(place: Town) -> None:
    near = Person(who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW}), sites=frozenset({"a"})),))
    place.wants(
        FILE.replace("sites: {hall: }", "sites: {hall: , a: }").replace("{number: 1, site: hall", "{number: 1, site: a")
    )

    found = as_if(statuses={"middle": "planned"}, person=near, world=place.world)

    assert ([one.node for one in found.routers], found.hidden) == (["alpha"], 1)


def test_what_somebody_may_not_look_at_is_not_there(place: Town) -> None:
    far = Person(who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW}), sites=frozenset({"a"})),))

    with pytest.raises(NoSuchThing):
        as_if(statuses={"alpha": "planned"}, person=far, world=place.world)


def test_before_anything_is_wanted_there_is_nothing_to_drain() -> None:
    with pytest.raises(NothingWanted):
        step(way=Way.DRAIN, thing="alpha", at_once=True, person=ALICE, world=quiet_world())
