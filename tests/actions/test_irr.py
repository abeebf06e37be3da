"""What the IRR says is kept when it is good, refused when too much is gone, and used wherever texts are written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.small_city import FILE, QuietWorld, Town, town
from fakes.irr import FakeIrr, expansion
from hanse.actions import irr, jobs
from hanse.actions.irr import LookedUp, NoSuchExpansion, Outcome
from hanse.actions.looking.written import written
from hanse.actions.planning import plan
from hanse.actions.reading import text_of
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.running_jobs import run
from hanse.network.known.irr import losses
from hanse.network.known.known import NOTHING_KNOWN
from hanse.registries.irr.registry import IrrMeans, IrrSilent
from hanse.render.text import NeverTold
from hanse.store import known, snapshot
from hanse.store.models import AuditEntry, IrrChange, IrrExpansion, Job

ALICE = operator("alice")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
BOUNDED = FILE.replace("64501: {name: Bob}", "64501: {name: Bob, as_set: AS-BOB, irr_filter: both}")
MANY = " ".join(f"10.0.{number}.0/24" for number in range(10))
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Desk:
    """The town, and the IRR it asks."""

    place: Town
    irr: FakeIrr

    def update(self, *names: str, accept: bool = False) -> LookedUp:
        """Ask, and return what came of the only name."""
        (found,) = irr.update(person=ALICE, world=self.world, names=names, accept=accept)
        return found

    @property
    def world(self) -> QuietWorld:
        return replace(self.place.world, irr=IrrMeans(irr=self.irr))


@pytest.fixture
def desk() -> Iterator[Desk]:
    with town(BOUNDED) as place:
        yield Desk(place, FakeIrr())


def test_a_good_answer_is_kept_with_its_date_and_what_it_changed(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24 2001:db8::/32", "64501 64502")

    found = desk.update()

    assert (found.outcome, found.sentence) == (Outcome.CHANGED, "+2 prefixes, +2 origins")
    kept = known.expansion("AS-BOB")
    assert kept == replace(expansion("AS-BOB", "192.0.2.0/24 2001:db8::/32", "64501 64502"), at=desk.world.clock.now())
    (change,) = irr.history(ALICE)
    assert change.sentence == "+2 prefixes, +2 origins (told first)"


def test_the_same_answer_again_sets_the_date_and_changes_nothing(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    desk.update()
    before = known.all_known()
    desk.place.clock.sleep(timedelta(hours=5))

    found = desk.update()

    assert found.outcome is Outcome.SAME
    assert IrrExpansion.objects.get().at == desk.world.clock.now()
    assert IrrChange.objects.count() == 1
    assert known.all_known() is before


def test_what_became_different_is_on_record(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24 198.51.100.0/24", "64501 64502")
    desk.update()
    desk.irr.tell("AS-BOB", "192.0.2.0/24 203.0.113.0/24", "64501 64503")

    desk.update()

    latest = irr.history(ALICE, "AS-BOB")[0]
    assert (latest.added_prefixes, latest.removed_prefixes) == (["203.0.113.0/24"], ["198.51.100.0/24"])
    assert (latest.added_origins, latest.removed_origins) == ([64503], [64502])
    assert latest.sentence == "+1 prefixes, -1 prefixes, +1 origins, -1 origins"


def test_an_answer_that_lost_too_much_is_refused_with_numbers(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", MANY, "64501")
    desk.update()
    desk.irr.tell("AS-BOB", "10.0.1.0/24", "64501")

    found = desk.update()

    assert found.outcome is Outcome.REFUSED
    assert found.sentence == "1 of 10 IPv4 prefixes is left: refused, until somebody takes it on purpose"
    (standing,) = irr.standing_of_names(ALICE, desk.world)
    assert (standing.ipv4, standing.is_refused, standing.sentence) == (10, True, found.sentence)


def test_somebody_may_take_what_was_refused_and_it_is_on_record(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", MANY, "64501")
    desk.update()
    desk.irr.tell("AS-BOB", "10.0.1.0/24", "64501")

    found = desk.update(accept=True)

    assert found.outcome is Outcome.CHANGED
    assert irr.history(ALICE)[0].was_accepted
    assert AuditEntry.objects.filter(action="accept irr answer", who="alice", name="AS-BOB").count() == 1
    assert not irr.standing_of_names(ALICE, desk.world)[0].is_refused


@pytest.mark.parametrize("accept", [False, True])
def test_an_empty_answer_never_replaces_a_good_one(desk: Desk, accept: bool) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    desk.update()
    desk.irr.answers.clear()

    found = desk.update(accept=accept)

    assert (found.outcome, found.sentence) == (
        Outcome.REFUSED,
        f"the IRR has nothing registered for AS-BOB; the answer of {desk.world.clock.now():%Y-%m-%d} stays",
    )
    assert IrrExpansion.objects.get().prefixes == ["192.0.2.0/24"]


def test_a_family_that_is_gone_is_noticed_among_many_prefixes_of_the_other() -> None:
    before = expansion("AS-BOB", f"{MANY} 2001:db8::/32", "64501")

    for most in (0.5, 1.0):
        assert losses(before, expansion("AS-BOB", MANY, "64501"), most) == ("0 of 1 IPv6 prefixes are left",)


def test_an_irr_that_is_down_leaves_what_it_said_before(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    desk.update()
    before = text_of("alpha", ALICE, desk.world)
    desk.irr.answers["AS-BOB"] = IrrSilent("the IRR does not answer: refused")

    found = desk.update()

    assert (found.outcome, found.sentence) == (Outcome.FAILED, "the IRR does not answer: refused")
    assert text_of("alpha", ALICE, desk.world) == before
    assert irr.standing_of_names(ALICE, desk.world)[0].sentence == "the IRR does not answer: refused"


def test_an_old_answer_is_marked_and_used_all_the_same(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    desk.update()
    desk.place.clock.sleep(timedelta(days=4))

    (standing,) = irr.standing_of_names(ALICE, desk.world)

    assert (standing.is_old, standing.sentence) == (True, "its answer is old")
    assert "192.0.2.0/24" in text_of("alpha", ALICE, desk.world)[1]


def test_a_name_that_bounds_nobody_any_more_is_not_called_old(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    desk.update()
    desk.place.wants(FILE)
    desk.place.clock.sleep(timedelta(days=4))

    (standing,) = irr.standing_of_names(ALICE, desk.world)

    assert (standing.bounds, standing.is_old) == (False, False)


def test_a_router_whose_filter_was_never_told_is_left_out_of_a_plan_with_the_reason_and_others_are_not(
    desk: Desk,
) -> None:
    reviewed = plan(world=desk.world)

    assert [device.node for device in reviewed.plan.devices] == ["beta"]
    (missed,) = reviewed.missed
    assert missed.node == "alpha"
    assert "AS64501 is bounded by the IRR, and AS-BOB was never looked up" in missed.why
    with pytest.raises(NeverTold):
        text_of("alpha", ALICE, desk.world)


def test_what_was_told_is_in_the_plan(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "203.0.113.64/26", "64501 64510")
    desk.update()

    reviewed = plan(world=desk.world)

    assert reviewed.missed == ()
    assert "203.0.113.64/26" in next(device.text for device in reviewed.plan.devices if device.node == "alpha")


def test_the_page_of_a_router_follows_what_is_told(desk: Desk) -> None:
    network = snapshot.load()
    assert "never looked up" in written(network, "alpha", {}, known.known(network)).unwritten
    desk.irr.tell("AS-BOB", "203.0.113.64/26", "64501")

    desk.update()

    found = written(network, "alpha", {}, known.known(network))
    assert any("203.0.113.64/26" in file.text for file in found.files)


def test_where_nobody_is_bounded_nobody_asks_the_store(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.place.wants(FILE)
    network = snapshot.load()

    with django_assert_num_queries(0):
        assert known.known(network) is NOTHING_KNOWN


def test_what_is_known_takes_one_query_and_what_did_not_change_is_the_same_object(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.place.wants(BOUNDED.replace("irr_filter: both}}", "irr_filter: both}, 64502: {irr_filter: both}}"))
    for name in ("AS-BOB", "AS64502"):
        desk.irr.tell(name, "192.0.2.0/24", "64501")
    irr.update(person=ALICE, world=desk.world)
    before = known.all_known()
    with django_assert_num_queries(1):
        assert known.all_known() is before

    desk.irr.tell("AS64502", "192.0.2.0/24 203.0.113.0/24", "64501")
    irr.update(person=ALICE, world=desk.world)

    assert known.all_known().expansions["AS-BOB"] is before.expansions["AS-BOB"]
    assert len(known.all_known().expansions["AS64502"].prefixes) == 2


def test_only_names_that_some_as_has_are_asked_for(desk: Desk) -> None:
    with pytest.raises(NoSuchExpansion, match="AS-BOB"):
        desk.update("AS-BOP")
    assert desk.irr.asked == []


def test_an_as_set_may_be_asked_for_before_it_bounds_anybody(desk: Desk) -> None:
    desk.place.wants(BOUNDED.replace("both", "none"))
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")

    assert desk.update("as-bob").outcome is Outcome.CHANGED


def test_who_may_only_look_may_not_ask(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        irr.update(person=BOB, world=desk.world)

    assert irr.standing_of_names(BOB, desk.world)[0].name == "AS-BOB"


def test_a_job_asks_and_says_what_it_did_not_take(desk: Desk) -> None:
    desk.irr.tell("AS-BOB", "192.0.2.0/24", "64501")
    run(jobs.ask(kind="irr", person=ALICE, world=desk.world), world=desk.world)
    desk.irr.answers.clear()
    number = jobs.ask(kind="irr", person=ALICE, world=desk.world)

    run(number, world=desk.world)

    row = Job.objects.get(pk=number)
    assert row.state == "failed"
    assert row.result is not None
    assert "AS-BOB" in row.result["not taken"]
