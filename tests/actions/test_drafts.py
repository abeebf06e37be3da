"""Drafts: thought about, looked at, taken; two people on one object; and the way back."""

import pytest

from actions.small_city import FILE, Town
from hanse.actions import change_sets
from hanse.actions.drafts import (
    Choice,
    Conflicting,
    NoMerge,
    NothingToTake,
    begin,
    draft,
    draft_list,
    drop,
    operations,
    put,
    reopen,
    retitle,
    save_now,
    settle,
    take,
    title_of,
    withdraw,
)
from hanse.actions.planning import plan
from hanse.actions.previewing import Preview, preview
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.problem import Contradictory
from hanse.render.text import TemplateBroken, template_text
from hanse.store import access, snapshot
from hanse.store.change_sets import NoSuchChangeSet
from hanse.store.draft_states import NotOpen
from hanse.store.drafts import NoSuchDraft
from hanse.store.models import AuditEntry, ChangeSet
from hanse.store.snapshot import ChangedMeanwhile

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "page")
DORA = operator("dora", "page")
BIRD = "bird2/bird.conf.j2"
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
SLOWER = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 20})


def limited(**within: frozenset[str] | frozenset[int]) -> Person:
    """Return Carol, who may change what is hers."""
    return Person(who="carol", door="page", granted=(Granted(rights=frozenset({Right.CHANGE}), **within),))  # type: ignore[arg-type]


def drafted(place: Town, *edits: Edit, person: Person = ALICE) -> int:
    """Return a draft with `edits` in it."""
    number = begin(title="", person=person, world=place.world)
    put(draft=number, edits=edits, person=person, world=place.world)
    return number


def shown(place: Town, number: int, person: Person = ALICE) -> Preview:
    return preview(draft=number, person=person, world=place.world)


def test_a_draft_changes_nothing_until_it_is_taken(place: Town) -> None:
    number = drafted(place, SLOWER)
    before = snapshot.load().link_classes["fibre"].cost

    taken = take(draft=number, person=ALICE, world=place.world)

    assert before == 10
    assert snapshot.load().link_classes["fibre"].cost == 20
    assert [(entry.kind, entry.name) for entry in AuditEntry.objects.filter(change_set=taken.number)] == [
        ("link_classes", "fibre")
    ]


def test_a_preview_shows_both_ends_of_the_links_of_a_class(place: Town) -> None:
    found = shown(place, drafted(place, SLOWER))

    assert found.can_be_taken
    assert [one.node for one in found.routers] == ["alpha", "beta"]
    assert "+            cost 20;" in found.routers[0].diff
    assert all(one.added == one.removed == 2 for one in found.routers)  # OSPFv2 and OSPFv3


def test_a_preview_says_what_the_plan_says_after_taking(place: Town) -> None:
    number = drafted(place, SLOWER)
    foreseen = shown(place, number)
    for device in plan(world=place.world).plan.devices:
        place.devices[device.node].running_text = device.text

    take(draft=number, person=ALICE, world=place.world)
    planned = plan(world=place.world).plan

    assert {one.node for one in planned.changed} == {one.node for one in foreseen.routers}
    assert {one.node: (one.lines_added, one.lines_removed) for one in planned.changed} == {
        one.node: (one.added, one.removed) for one in foreseen.routers
    }


def test_problems_of_a_draft_stand_against_taking_it(place: Town) -> None:
    number = drafted(place, Edit(kind="sites", name="hall", body=None))

    found = shown(place, number)

    assert not found.can_be_taken
    assert [problem.path for problem in found.problems] == [("nodes", "alpha", "site"), ("nodes", "beta", "site")]
    with pytest.raises(Contradictory):
        take(draft=number, person=ALICE, world=place.world)
    assert "hall" in snapshot.load().sites


def test_what_cannot_be_read_is_not_put(place: Town) -> None:
    number = drafted(place)

    with pytest.raises(Contradictory) as caught:
        put(
            draft=number,
            edits=[
                Edit(kind="link_classes", name="fibre", body={"medium": "silk", "cost": 0}),
                Edit(kind="sites", name="two words", body={}),
            ],
            person=ALICE,
            world=place.world,
        )

    assert sorted(problem.path for problem in caught.value.problems) == [
        ("link_classes", "fibre", "cost"),
        ("link_classes", "fibre", "medium"),
        ("sites", "two words"),
    ]
    assert operations(number, ALICE) == ()


def test_an_edit_that_changes_nothing_leaves_no_trace(place: Town) -> None:
    number = drafted(place, SLOWER)

    put(
        draft=number,
        edits=[Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": "10", "mtu": 1500})],
        person=ALICE,
        world=place.world,
    )

    assert operations(number, ALICE) == ()
    with pytest.raises(NothingToTake):
        take(draft=number, person=ALICE, world=place.world)


def test_two_drafts_of_one_object_do_not_overwrite_each_other(place: Town) -> None:
    mine = drafted(place, SLOWER)
    theirs = drafted(place, Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 30}), person=DORA)
    take(draft=theirs, person=DORA, world=place.world)

    found = shown(place, mine)

    assert [(one.mine["cost"], one.theirs["cost"], one.merged) for one in found.conflicts] == [(20, 30, None)]
    with pytest.raises(Conflicting, match=r"link_classes\.fibre"):
        take(draft=mine, person=ALICE, world=place.world)
    assert snapshot.load().link_classes["fibre"].cost == 30


@pytest.mark.parametrize(("choice", "cost", "hello"), [("mine", 20, 10), ("theirs", 10, 5), ("both", 20, 5)])
def test_a_conflict_is_settled_by_either_side_or_both(place: Town, choice: str, cost: int, hello: int) -> None:
    mine = drafted(place, SLOWER, Edit(kind="sites", name="yard", body={}))
    theirs = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 10, "hello": 5})
    save_now(edits=[theirs], person=DORA, world=place.world)

    settle(draft=mine, kind="link_classes", name="fibre", choice=Choice(choice), person=ALICE, world=place.world)
    take(draft=mine, person=ALICE, world=place.world)

    after = snapshot.load()
    assert (after.link_classes["fibre"].cost, after.link_classes["fibre"].hello) == (cost, hello)
    assert "yard" in after.sites


def test_one_field_changed_by_both_cannot_be_merged(place: Town) -> None:
    mine = drafted(place, SLOWER)
    save_now(
        edits=[Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 30})],
        person=DORA,
        world=place.world,
    )

    with pytest.raises(NoMerge):
        settle(draft=mine, kind="link_classes", name="fibre", choice=Choice.BOTH, person=ALICE, world=place.world)


def test_two_drafts_that_contradict_each_other_are_not_both_taken(place: Town) -> None:
    body = {"number": 3, "site": "hall", "platform": "fake", "management": {"address": "198.18.0.3/24"}}
    mine = drafted(place, Edit(kind="nodes", name="gamma", body=body))
    theirs = drafted(place, Edit(kind="nodes", name="delta", body={**body, "management": {"address": "198.18.0.4/24"}}))
    take(draft=theirs, person=DORA, world=place.world)

    with pytest.raises(Contradictory, match="3 is the number of"):
        take(draft=mine, person=ALICE, world=place.world)


def test_taking_and_undoing_is_where_one_began(place: Town) -> None:
    before = tree_of(snapshot.load())
    taken = take(
        draft=drafted(
            place,
            SLOWER,
            Edit(kind="sites", name="yard", body={"region": "north"}),
            Edit(kind="sessions", name="bob", body=None),
        ),
        person=ALICE,
        world=place.world,
    )

    back = change_sets.undo(number=taken.number, person=ALICE, world=place.world)
    foreseen = shown(place, back)
    undone = take(draft=back, person=ALICE, world=place.world)

    assert {one.node for one in foreseen.routers} == {"alpha", "beta"}
    assert tree_of(snapshot.load()) == before
    assert change_sets.change_set(undone.number, ALICE).undoes_id == taken.number


def test_undoing_what_somebody_edited_since_is_a_conflict(place: Town) -> None:
    taken = take(draft=drafted(place, SLOWER), person=ALICE, world=place.world)
    save_now(
        edits=[Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 40})],
        person=DORA,
        world=place.world,
    )

    back = change_sets.undo(number=taken.number, person=ALICE, world=place.world)

    assert [(one.base["cost"], one.mine["cost"], one.theirs["cost"]) for one in shown(place, back).conflicts] == [
        (20, 10, 40)
    ]


def test_an_import_is_a_change_set_that_can_be_undone(place: Town) -> None:
    before = tree_of(snapshot.load())
    place.wants(FILE.replace("cost: 10", "cost: 50"))
    imported = change_sets.change_set_list(ALICE)[0]

    back = change_sets.undo(number=imported.pk, person=ALICE, world=place.world)
    take(draft=back, person=ALICE, world=place.world)

    assert imported.title == "import"
    assert tree_of(snapshot.load()) == before


def test_a_direct_edit_goes_the_way_of_a_draft(place: Town) -> None:
    taken = save_now(edits=[SLOWER], person=ALICE, world=place.world)

    assert taken is not None
    assert draft(taken.draft, ALICE).state == "taken"
    assert ChangeSet.objects.get(pk=taken.number).title == "change link_classes.fibre"
    assert save_now(edits=[SLOWER], person=ALICE, world=place.world) is None


def test_a_direct_edit_of_another_version_is_refused(place: Town) -> None:
    save_now(edits=[SLOWER], person=ALICE, world=place.world)

    with pytest.raises(ChangedMeanwhile):
        save_now(
            edits=[Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 5})],
            person=ALICE,
            world=place.world,
            versions={("link_classes", "fibre"): 1},
        )

    assert snapshot.load().link_classes["fibre"].cost == 20


def test_a_draft_is_withdrawn_and_opened_again(place: Town) -> None:
    number = drafted(place, SLOWER)
    withdraw(draft=number, person=ALICE, world=place.world)
    with pytest.raises(NotOpen):
        take(draft=number, person=ALICE, world=place.world)

    reopen(draft=number, person=ALICE, world=place.world)
    retitle(draft=number, title="Slower fibre", person=ALICE, world=place.world)
    take(draft=number, person=ALICE, world=place.world)

    assert ChangeSet.objects.latest("pk").title == "Slower fibre"
    with pytest.raises(NotOpen):
        reopen(draft=number, person=ALICE, world=place.world)


def test_an_operation_is_dropped(place: Town) -> None:
    number = drafted(place, SLOWER, Edit(kind="sites", name="yard", body={}))

    drop(draft=number, kind="sites", name="yard", person=ALICE, world=place.world)

    assert title_of(operations(number, ALICE)) == "change link_classes.fibre"


def test_who_may_only_look_makes_no_draft(place: Town) -> None:
    number = drafted(place, SLOWER)

    with pytest.raises(NotAllowed):
        begin(title="", person=BOB, world=place.world)
    with pytest.raises(NotAllowed):
        take(draft=number, person=BOB, world=place.world)
    assert shown(place, number, BOB).routers


def test_a_grant_within_an_as_covers_its_sessions_only(place: Town) -> None:
    carol = limited(asns=frozenset({64501}))
    quiet = {**tree_of(place.network)["sessions"]["bob"], "status": "disabled"}
    number = drafted(place, Edit(kind="sessions", name="bob", body=quiet), person=carol)

    with pytest.raises(NotAllowed):
        put(draft=number, edits=[SLOWER], person=carol, world=place.world)
    with pytest.raises(NotAllowed):
        put(
            draft=number,
            edits=[Edit(kind="sessions", name="bob", body={**quiet, "asn": 64999})],
            person=carol,
            world=place.world,
        )
    take(draft=number, person=carol, world=place.world)

    assert snapshot.load().sessions["bob"].status == "disabled"


def test_who_sees_a_part_sees_neither_others_drafts_nor_others_routers(place: Town) -> None:
    carol = limited(asns=frozenset({64501}))
    number = drafted(place, SLOWER)
    quiet = {**tree_of(place.network)["sessions"]["bob"], "status": "disabled"}
    own = drafted(place, Edit(kind="sessions", name="bob", body=quiet), person=carol)

    found = shown(place, own, carol)

    assert (found.routers, found.hidden) == ((), 1)
    assert [one.pk for one in draft_list(carol)] == [own]
    with pytest.raises(NoSuchDraft):
        draft(number, carol)
    taken = take(draft=number, person=ALICE, world=place.world)
    with pytest.raises(NoSuchChangeSet):
        change_sets.change_set(taken.number, carol)


def test_a_site_cannot_be_left_with_a_grant_within_it(place: Town) -> None:
    save_now(edits=[Edit(kind="sites", name="yard", body={})], person=ALICE, world=place.world)
    carol = limited(sites=frozenset({"yard"}))
    body = {"number": 3, "site": "yard", "platform": "fake", "management": {"address": "198.18.0.3/24"}}
    number = drafted(place, Edit(kind="nodes", name="gamma", body=body), person=carol)

    with pytest.raises(NotAllowed):
        put(
            draft=number,
            edits=[Edit(kind="nodes", name="gamma", body={**body, "site": "hall"})],
            person=carol,
            world=place.world,
        )

    assert [one.after["site"] for one in operations(number, carol)] == ["yard"]


def test_nobody_puts_a_draft_aside_that_they_could_not_have_made(place: Town) -> None:
    eve = Person(
        who="eve",
        door="page",
        granted=(
            Granted(rights=frozenset({Right.VIEW})),
            Granted(rights=frozenset({Right.CHANGE}), kinds=frozenset({"sessions"})),
        ),
    )
    number = drafted(place, SLOWER)

    with pytest.raises(NotAllowed):
        withdraw(draft=number, person=eve, world=place.world)
    with pytest.raises(NotAllowed):
        put(draft=number, edits=[Edit(kind="sessions", name="bob", body=None)], person=eve, world=place.world)
    assert draft(number, eve).state == "open"


def test_a_template_that_fails_on_a_router_stands_against_its_draft(place: Town) -> None:
    number = drafted(place, Edit(kind="template", name=BIRD, body="{{ spec.nothing }}\n"))

    with pytest.raises(TemplateBroken):
        take(draft=number, person=ALICE, world=place.world)

    assert draft(number, ALICE).state == "open"
    assert access.templates() == {}


def test_two_drafts_of_one_template_do_not_overwrite_each_other(place: Town) -> None:
    theirs, mine = (Edit(kind="template", name=BIRD, body=template_text(BIRD) + word) for word in ("# a\n", "# b\n"))
    number = drafted(place, mine)
    take(draft=drafted(place, theirs, person=DORA), person=DORA, world=place.world)

    with pytest.raises(Conflicting, match=r"template\.bird2"):
        take(draft=number, person=ALICE, world=place.world)

    assert access.templates()[BIRD].endswith("# a\n")


def test_somebody_elses_draft_is_not_previewed(place: Town) -> None:
    number = drafted(place, SLOWER)

    with pytest.raises(NoSuchDraft):
        shown(place, number, limited(sites=frozenset({"hall"})))
