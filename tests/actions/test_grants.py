"""Groups and grants: given by those who have them, put down in the record, said in words."""

import pytest

from fakes.clock import FakeClock
from hanse.actions.accounts import add_user
from hanse.actions.grant_words import in_words
from hanse.actions.grants import (
    Given,
    NoSuchGrant,
    NoSuchGroup,
    NotAGrant,
    granted_from,
    put_grant,
    put_group,
    remove_grant,
    remove_group,
)
from hanse.actions.people import person_for
from hanse.actions.rights import GivesTooMuch, Granted, NotAllowed, Person, Right, operator
from hanse.store.models import AuditEntry, Grant, User

ALICE = operator("alice")
CLOCK = FakeClock()
LOOKING = Granted(rights=frozenset({Right.VIEW}))
ALL = Granted(rights=frozenset(Right))
ADMINISTERING = Granted(rights=frozenset({Right.ADMINISTER, Right.VIEW}))

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol() -> User:
    add_user(username="carol", person=ALICE, clock=CLOCK)
    return User.objects.get(username="carol")


def clerk() -> Person:
    """Return somebody who may administer and look only."""
    return Person(who="bob", door="page", granted=(ADMINISTERING,))


def test_a_member_of_a_group_may_what_the_group_may(carol: User) -> None:
    put_group(name="noc", members=["carol"], person=ALICE, clock=CLOCK)

    put_grant(given=Given(name="look", granted=LOOKING, groups=("noc",)), person=ALICE, clock=CLOCK)

    assert person_for(carol, "page").may(Right.VIEW)


def test_whoever_leaves_a_group_loses_what_it_may(carol: User) -> None:
    put_group(name="noc", members=["carol"], person=ALICE, clock=CLOCK)
    put_grant(given=Given(name="look", granted=LOOKING, groups=("noc",)), person=ALICE, clock=CLOCK)

    put_group(name="noc", members=[], person=ALICE, clock=CLOCK)

    assert not person_for(carol, "page").may(Right.VIEW)


def test_a_grant_that_is_removed_is_gone_for_everybody(carol: User) -> None:
    put_grant(given=Given(name="look", granted=LOOKING, users=("carol",)), person=ALICE, clock=CLOCK)

    remove_grant(name="look", person=ALICE, clock=CLOCK)

    assert person_for(carol, "page").granted == ()


def test_a_group_that_is_removed_takes_its_rights_along(carol: User) -> None:
    put_group(name="noc", members=["carol"], person=ALICE, clock=CLOCK)
    put_grant(given=Given(name="look", granted=LOOKING, groups=("noc",)), person=ALICE, clock=CLOCK)

    remove_group(name="noc", person=ALICE, clock=CLOCK)

    assert person_for(carol, "page").granted == ()


def test_somebody_switched_off_may_nothing(carol: User) -> None:
    put_grant(given=Given(name="look", granted=LOOKING, users=("carol",)), person=ALICE, clock=CLOCK)
    carol.is_active = False

    assert person_for(carol, "page").granted == ()


def test_nobody_gives_what_they_do_not_have(carol: User) -> None:
    with pytest.raises(GivesTooMuch):
        put_grant(given=Given(name="all", granted=ALL, users=("carol",)), person=clerk(), clock=CLOCK)

    assert not Grant.objects.exists()


def test_nobody_joins_a_group_that_may_more_than_they(carol: User) -> None:
    put_group(name="root", members=[], person=ALICE, clock=CLOCK)
    put_grant(given=Given(name="all", granted=ALL, groups=("root",)), person=ALICE, clock=CLOCK)

    with pytest.raises(GivesTooMuch):
        put_group(name="root", members=["carol"], person=clerk(), clock=CLOCK)
    with pytest.raises(GivesTooMuch):
        remove_group(name="root", person=clerk(), clock=CLOCK)


def test_a_grant_beyond_ones_own_rights_can_neither_be_narrowed_nor_removed(carol: User) -> None:
    put_grant(given=Given(name="all", granted=ALL, users=("carol",)), person=ALICE, clock=CLOCK)

    with pytest.raises(GivesTooMuch):
        put_grant(given=Given(name="all", granted=LOOKING, users=()), person=clerk(), clock=CLOCK)
    with pytest.raises(GivesTooMuch):
        remove_grant(name="all", person=clerk(), clock=CLOCK)


def test_the_record_says_what_was_granted_to_whom_before_and_after(carol: User) -> None:
    put_grant(given=Given(name="look", granted=LOOKING, users=("carol",)), person=ALICE, clock=CLOCK)

    put_grant(given=Given(name="look", granted=ADMINISTERING, users=()), person=ALICE, clock=CLOCK)

    entry = AuditEntry.objects.filter(kind="grant").last()
    assert entry is not None
    assert (entry.before["rights"], entry.before["users"]) == (["view"], ["carol"])
    assert (entry.after["rights"], entry.after["users"]) == (["administer", "view"], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"rights": ["fly"]}, "no right 'fly'"),
        ({"rights": []}, "grants nothing"),
        ({"rights": ["view"], "kinds": ["castles"]}, "no kind 'castles'"),
        ({"rights": ["view"], "asns": [0]}, "no AS number"),
    ],
)
def test_a_grant_of_unknown_words_is_refused(words: dict[str, list[str]], said: str) -> None:
    with pytest.raises(NotAGrant, match=said):
        granted_from(**words)  # type: ignore[arg-type]


def test_what_is_not_there_is_named(carol: User) -> None:
    with pytest.raises(NoSuchGrant):
        remove_grant(name="look", person=ALICE, clock=CLOCK)
    with pytest.raises(NoSuchGroup):
        remove_group(name="noc", person=ALICE, clock=CLOCK)
    with pytest.raises(NotAGrant, match="nobody is called 'eve'"):
        put_group(name="noc", members=["eve"], person=ALICE, clock=CLOCK)


def test_whoever_may_not_administer_grants_nothing(carol: User) -> None:
    reader = Person(who="bob", door="page", granted=(LOOKING,))

    with pytest.raises(NotAllowed):
        put_grant(given=Given(name="look", granted=LOOKING, users=("bob",)), person=reader, clock=CLOCK)
    with pytest.raises(NotAllowed):
        put_group(name="noc", members=["bob"], person=reader, clock=CLOCK)


def test_a_grant_is_said_in_words() -> None:
    granted = granted_from(rights=["view", "deploy"], kinds=["nodes"], sites=["hall"], asns=[64500])

    assert in_words(granted) == "May look at and deploy nodes at hall or of AS64500."
