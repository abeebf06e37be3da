"""What a router has and nobody wrote down: found by a look, and wanted once somebody accepts it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.by_hand import BY_HAND, VENDORS, configure_by_hand
from actions.small_city import Town, town
from hanse.actions import drafts, jobs
from hanse.actions.discovery import (
    Acceptance,
    LookIsOld,
    NeverSeen,
    NothingChosen,
    NotOnOffer,
    Result,
    accept,
    discover,
    result,
)
from hanse.actions.planning import plan
from hanse.actions.rights import EVERYTHING, Granted, NotAllowed, Person, Right
from hanse.actions.running_jobs import run
from hanse.monitor.discovery.findings import Sort
from hanse.network.values.asn import Asn
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.sessions import Relationship
from hanse.store import snapshot
from hanse.store.models import AuditEntry, ChangeSet, Job

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = Person(who="alice", door="page", granted=(EVERYTHING,))
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
CAROL = Person(who="carol", door="page", granted=(Granted(rights=frozenset(Right), sites=frozenset({"elsewhere"})),))


@pytest.fixture
def place() -> Iterator[Town]:
    with town(VENDORS) as found:
        configure_by_hand(found)
        yield found


def looked(place: Town) -> Result:
    discover(world=place.world, limit=["alpha"])
    return result(node="alpha", person=ALICE, now=place.clock.now())


def accepted(place: Town, acceptance: Acceptance, *, person: Person = ALICE) -> int | None:
    done = accept(node="alpha", acceptance=acceptance, at_once=True, person=person, world=place.world)
    return done.change_set


def test_thirty_sessions_in_two_vrfs_are_all_found_and_none_twice(place: Town) -> None:
    found = looked(place)

    assert len(found.of(Sort.NEW)) == BY_HAND
    assert len({one.place for one in found.findings}) == len(found.findings) == BY_HAND
    assert found.agreed == 3  # Bob, and beta over both families


def test_looking_changes_nothing_that_is_wanted(place: Town) -> None:
    before = snapshot.load()

    looked(place)

    assert snapshot.load() == before


def test_all_are_accepted_as_one_change_set_with_an_audit_entry_an_object(place: Town) -> None:
    looked(place)

    number = accepted(place, Acceptance())

    entries = AuditEntry.objects.filter(change_set=number)
    assert sorted(entries.values_list("kind", flat=True)) == [
        *["autonomous_systems"] * 3,
        "nodes",
        *["sessions"] * BY_HAND,
        "vrfs",
    ]
    assert ChangeSet.objects.values_list("title", flat=True).last() == "sessions found on alpha"
    assert looked(place).findings == ()


def test_a_plan_after_accepting_shows_each_session(place: Town) -> None:
    looked(place)
    accepted(place, Acceptance())

    (device,) = plan(world=place.world, limit=["alpha"]).plan.devices

    assert [device.diff.count(f"198.51.100.{number} ") > 0 for number in range(2, 17)] == [True] * 15
    assert "blue" in device.diff


def test_only_the_chosen_ones_are_accepted_each_with_its_relationship(place: Town) -> None:
    one, other = looked(place).of(Sort.NEW)[:2]
    chosen = Acceptance(keys=frozenset({one.key, other.key}), relationships={other.key: Relationship.CUSTOMER})

    accepted(place, chosen)

    sessions = snapshot.load().sessions
    assert (sessions[one.session].relationship, sessions[other.session].relationship) == ("peer", "customer")
    assert len(looked(place).of(Sort.NEW)) == BY_HAND - 2


def test_a_draft_holds_what_is_accepted_until_somebody_takes_it(place: Town) -> None:
    looked(place)

    done = accept(node="alpha", acceptance=Acceptance(), person=ALICE, world=place.world)

    assert done.draft is not None
    assert "blue" not in snapshot.load().vrfs
    drafts.take(draft=done.draft, person=ALICE, world=place.world)
    assert looked(place).findings == ()


def test_what_a_draft_has_already_is_not_put_there_again(place: Town) -> None:
    looked(place)
    done = accept(node="alpha", acceptance=Acceptance(), person=ALICE, world=place.world)

    with pytest.raises(NothingChosen):
        accept(node="alpha", acceptance=Acceptance(), draft=done.draft, person=ALICE, world=place.world)


def test_what_was_accepted_meanwhile_is_refused(place: Town) -> None:
    key = looked(place).of(Sort.NEW)[0].key
    accepted(place, Acceptance(keys=frozenset({key})))

    with pytest.raises(NotOnOffer, match=r"198\.51\.100\.2: alpha has it no more, or it is written down already"):
        accepted(place, Acceptance(keys=frozenset({key})))


def test_another_as_at_the_same_address_is_not_what_was_chosen(place: Town) -> None:
    key = looked(place).of(Sort.NEW)[0].key
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(
        replace(one, remote_asn=Asn(64511)) if one.description == "Neighbour 2" else one for one in alpha.sessions
    )
    place.clock.sleep(timedelta(seconds=5))
    discover(world=place.world, limit=["alpha"])

    with pytest.raises(NotOnOffer):
        accepted(place, Acceptance(keys=frozenset({key})))


def test_an_old_look_is_shown_and_not_accepted(place: Town) -> None:
    looked(place)
    place.clock.sleep(timedelta(hours=25))

    found = result(node="alpha", person=ALICE, now=place.clock.now())

    assert found.is_old
    with pytest.raises(LookIsOld, match="look again"):
        accepted(place, Acceptance())


def test_a_router_that_nobody_looked_at_has_no_result(place: Town) -> None:
    with pytest.raises(NeverSeen, match="nobody has looked at alpha yet"):
        result(node="alpha", person=ALICE, now=place.clock.now())


def test_a_router_that_falls_silent_keeps_its_last_result_and_says_so(place: Town) -> None:
    looked(place)
    place.devices["alpha"].reachable = False
    place.clock.sleep(timedelta(seconds=5))

    (silent,) = discover(world=place.world, limit=["alpha"])

    assert (silent.result, silent.error) == (None, "alpha does not answer")
    found = result(node="alpha", person=ALICE, now=place.clock.now())
    assert found.error == "alpha does not answer"
    assert len(found.of(Sort.NEW)) == BY_HAND


def test_bob_may_look_and_not_accept(place: Town) -> None:
    looked(place)

    found = result(node="alpha", person=BOB, now=place.clock.now())

    assert len(found.of(Sort.NEW)) == BY_HAND
    with pytest.raises(NotAllowed):
        accepted(place, Acceptance(), person=BOB)


def test_bob_is_refused_before_anything_is_looked_up(place: Town) -> None:
    with pytest.raises(NotAllowed):
        accept(node="nowhere", acceptance=Acceptance(), person=BOB, world=place.world)


def test_carol_does_not_see_the_routers_of_another_site(place: Town) -> None:
    looked(place)

    with pytest.raises(NoSuchNode):
        result(node="alpha", person=CAROL, now=place.clock.now())
    with pytest.raises(NoSuchNode):
        accepted(place, Acceptance(), person=CAROL)


def test_a_job_tells_how_many_are_new(place: Town) -> None:
    number = jobs.ask(kind="discover", person=ALICE, world=place.world, device="alpha")

    run(number, world=place.world)

    row = Job.objects.get(pk=number)
    assert row.result == {"asked": 1, "silent": {}, "new": {"alpha": BY_HAND}}
    assert f"alpha: {BY_HAND} new, 0 left out, 0 absent, 3 on both sides" in row.log


def test_a_silent_router_fails_its_job(place: Town) -> None:
    place.devices["alpha"].reachable = False
    number = jobs.ask(kind="discover", person=ALICE, world=place.world, device="alpha")

    run(number, world=place.world)

    assert Job.objects.get(pk=number).result == {"error": "alpha does not answer"}
