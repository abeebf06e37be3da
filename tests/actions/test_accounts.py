"""Users are made, changed and removed by those who may; somebody who can do everything is always left."""

import threading

import pytest
from django.db import connection

from fakes.clock import FakeClock
from hanse.actions.accounts import (
    LastAdministrator,
    NoSuchUser,
    NotAUser,
    add_user,
    change_user,
    ensure_administrator,
    forget_second_factor,
    remove_user,
    set_password,
    user_list,
)
from hanse.actions.grants import Given, put_grant
from hanse.actions.people import person_for
from hanse.actions.rights import GivesTooMuch, Granted, NotAllowed, Person, Right, operator
from hanse.actions.roles import ROLES
from hanse.store.models import AuditEntry, Grant, User

ALICE = operator("alice")
NOBODY = Person(who="bob", door="page")
CLOCK = FakeClock()
PASSWORD = "seven-lamps-burn-late"

pytestmark = pytest.mark.django_db


def administrator_of_little() -> Person:
    """Return somebody who may administer, look and change, and nothing else."""
    add_user(username="bob", person=ALICE, clock=CLOCK)
    granted = Granted(rights=frozenset({Right.ADMINISTER, Right.VIEW, Right.CHANGE}))
    put_grant(given=Given(name="bobs", granted=granted, users=("bob",)), person=ALICE, clock=CLOCK)
    return person_for(User.objects.get(username="bob"), "page")


def test_an_empty_store_gets_an_administrator_and_the_roles_to_start_from() -> None:
    made = ensure_administrator(clock=CLOCK)

    assert made is not None
    found = User.objects.get(username="admin")
    assert found.is_superuser
    assert found.check_password(made.password)
    assert set(Grant.objects.values_list("name", flat=True)) == set(ROLES)


def test_the_first_password_is_told_once() -> None:
    ensure_administrator(clock=CLOCK)

    assert ensure_administrator(clock=CLOCK) is None


def test_where_every_administrator_is_switched_off_a_new_one_is_made_and_no_role_comes_back() -> None:
    ensure_administrator(clock=CLOCK)
    User.objects.update(is_active=False)
    Grant.objects.filter(name="editors").delete()

    made = ensure_administrator(clock=CLOCK)

    assert made is not None
    assert made.username == "admin2"
    assert not Grant.objects.filter(name="editors").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_start_together_one_makes_the_administrator() -> None:
    made = []

    def start() -> None:
        made.append(ensure_administrator(clock=CLOCK))
        connection.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([one for one in made if one]) == 1
    assert User.objects.count() == 1


def test_no_password_stands_in_the_record() -> None:
    made = add_user(username="bob", email="bob@example.net", person=ALICE, clock=CLOCK)
    again = set_password(username="bob", password=PASSWORD, person=ALICE, clock=CLOCK)

    record = str([(entry.before, entry.after) for entry in AuditEntry.objects.all()])
    assert made.password not in record
    assert again.password not in record
    assert User.objects.get(username="bob").check_password(PASSWORD)


@pytest.mark.parametrize("name", ["", "a b", "bob@example.net", "x" * 151, "bob/../alice"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(NotAUser):
        add_user(username=name, person=ALICE, clock=CLOCK)


def test_two_names_that_differ_in_their_capitals_only_are_the_same() -> None:
    add_user(username="bob", person=ALICE, clock=CLOCK)

    with pytest.raises(NotAUser):
        add_user(username="Bob", person=ALICE, clock=CLOCK)


def test_nobody_gets_the_mail_address_of_somebody_else() -> None:
    add_user(username="bob", email="bob@example.net", person=ALICE, clock=CLOCK)
    add_user(username="carol", person=ALICE, clock=CLOCK)

    with pytest.raises(NotAUser):
        change_user(username="carol", email="BOB@example.net", person=ALICE, clock=CLOCK)


def test_a_password_that_anybody_guesses_is_refused() -> None:
    add_user(username="bob", person=ALICE, clock=CLOCK)

    with pytest.raises(NotAUser):
        set_password(username="bob", password="password12", person=ALICE, clock=CLOCK)


def test_the_last_administrator_stays() -> None:
    ensure_administrator(clock=CLOCK)

    with pytest.raises(LastAdministrator):
        remove_user(username="admin", person=ALICE, clock=CLOCK)
    with pytest.raises(LastAdministrator):
        change_user(username="admin", active=False, person=ALICE, clock=CLOCK)
    with pytest.raises(LastAdministrator):
        change_user(username="admin", administrator=False, person=ALICE, clock=CLOCK)

    assert User.objects.get(username="admin").is_active


def test_of_two_administrators_one_can_go() -> None:
    ensure_administrator(clock=CLOCK)
    add_user(username="bob", administrator=True, person=ALICE, clock=CLOCK)

    remove_user(username="admin", person=ALICE, clock=CLOCK)

    assert list(User.objects.values_list("username", flat=True)) == ["bob"]


def test_an_administrator_of_little_cannot_reach_for_more() -> None:
    ensure_administrator(clock=CLOCK)
    bob = administrator_of_little()

    with pytest.raises(GivesTooMuch):
        add_user(username="eve", administrator=True, person=bob, clock=CLOCK)
    with pytest.raises(GivesTooMuch):
        change_user(username="bob", administrator=True, person=bob, clock=CLOCK)
    with pytest.raises(GivesTooMuch):
        set_password(username="admin", password=PASSWORD, person=bob, clock=CLOCK)
    with pytest.raises(GivesTooMuch):
        forget_second_factor(username="admin", person=bob, clock=CLOCK)


def test_an_administrator_of_little_makes_people_who_may_nothing() -> None:
    bob = administrator_of_little()

    add_user(username="carol", person=bob, clock=CLOCK)

    assert person_for(User.objects.get(username="carol"), "page").granted == ()


def test_whoever_may_not_administer_is_told_no_name() -> None:
    for ask in (
        lambda: user_list(NOBODY),
        lambda: add_user(username="eve", person=NOBODY, clock=CLOCK),
        lambda: set_password(username="eve", person=NOBODY, clock=CLOCK),
        lambda: change_user(username="eve", active=True, person=NOBODY, clock=CLOCK),
        lambda: remove_user(username="eve", person=NOBODY, clock=CLOCK),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_somebody_who_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchUser, match="nobody is called 'carol'"):
        remove_user(username="carol", person=ALICE, clock=CLOCK)


def test_a_change_that_changes_nothing_leaves_no_entry() -> None:
    ensure_administrator(clock=CLOCK)
    before = AuditEntry.objects.count()

    change_user(username="admin", active=True, person=ALICE, clock=CLOCK)

    assert AuditEntry.objects.count() == before
