"""Who may log in: people are made, changed, switched off and removed. No password is ever put down in the open."""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from hanse.actions.people import granted_to
from hanse.actions.rights import EVERYTHING, Person, Right
from hanse.actions.roles import ROLES
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.store import people
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.models import User

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
FIRST: Final = "admin"
LONGEST: Final = 150  # characters of a name
STARTER: Final = Author(who="hanse", door="job")


class NoSuchUser(WantedError):
    """Nobody has that name."""


class NotAUser(WantedError):
    """The name, mail address or password cannot be somebody's."""


class LastAdministrator(WantedError):
    """Nobody would be left who can do everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPassword:
    """A password that was made here, to be shown once."""

    username: str
    password: str


def ensure_administrator(*, clock: Clock) -> FirstPassword | None:
    """Make the first administrator, and the roles to start from, if nobody is there who can do everything.

    Of two processes that start together one makes it; the other gets None.
    """
    try:
        with transaction.atomic():
            if people.administrators().exists():
                return None
            made = FirstPassword(username=people.free_name(FIRST), password=new_password())
            people.make_user(made.username, password=made.password, is_superuser=True)
            for name, granted in ROLES.items() if people.is_without_roles() else ():
                people.make_role(name, granted.as_row())
            _audit("make the first administrator", made.username, None, {"administrator": True}, STARTER, clock)
    except IntegrityError:
        return None
    return made


def new_password() -> str:
    """Return a password of 79 bits that can be read out and typed."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def add_user(
    *, username: str, password: str = "", email: str = "", administrator: bool = False, person: Person, clock: Clock
) -> FirstPassword:
    """Make somebody who can log in, with the password given or a new one; they have no rights before any are granted.

    :raises NotAUser:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    person.insist(Right.ADMINISTER)
    if administrator:
        person.insist_on_having((EVERYTHING,), "make an administrator")
    _insist_on_name(username)
    made = FirstPassword(username=username, password=password or new_password())
    with transaction.atomic():
        if people.user_named(username) is not None:
            raise NotAUser(f"somebody is called {username!r} already")
        _insist_on_email(email)
        _insist_on_password(made.password, User(username=username, email=email))
        people.make_user(username, password=made.password, email=email, is_superuser=administrator)
        after = {"email": email, "administrator": administrator, "active": True}
        _audit("add user", username, None, after, person.author, clock)
    return made


def set_password(*, username: str, password: str = "", person: Person, clock: Clock) -> FirstPassword:
    """Give somebody the password given, or a new one. All their sessions end.

    :raises NoSuchUser:
    :raises NotAUser:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        user = _user_in_reach(username, person)
        made = FirstPassword(username=user.username, password=password or new_password())
        _insist_on_password(made.password, user)
        people.write_password(user, made.password)
        _audit("set password", user.username, "(hidden)", "(hidden)", person.author, clock)
    return made


def change_user(
    *,
    username: str,
    email: str | None = None,
    active: bool | None = None,
    administrator: bool | None = None,
    person: Person,
    clock: Clock,
) -> None:
    """Change what is given; what is None stays. Whoever is switched off loses every session and token at once.

    :raises NoSuchUser:
    :raises NotAUser:
    :raises LastAdministrator:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        user = _user_in_reach(username, person)
        if administrator:
            person.insist_on_having((EVERYTHING,), "make an administrator")
        before = _shown(user)
        if email is not None:
            _insist_on_email(email, user)
            user.email = email
        user.is_active = user.is_active if active is None else active
        user.is_superuser = user.is_superuser if administrator is None else administrator
        if _shown(user) != before:
            people.write_user(user)
            _insist_on_somebody_left()
            _audit("change user", user.username, before, _shown(user), person.author, clock)


def forget_second_factor(*, username: str, person: Person, clock: Clock) -> None:
    """Let somebody who lost their second factor log in with the password alone.

    :raises NoSuchUser:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        user = _user_in_reach(username, person)
        people.forget_second_factor(user)
        _audit("forget second factor", user.username, "(hidden)", None, person.author, clock)


def remove_user(*, username: str, person: Person, clock: Clock) -> None:
    """Remove somebody, with their sessions and tokens. What they did stays in the record under their name.

    :raises NoSuchUser:
    :raises LastAdministrator:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        user = _user_in_reach(username, person)
        before = _shown(user)
        people.remove_user(user)
        _insist_on_somebody_left()
        _audit("remove user", username, before, None, person.author, clock)


def user_list(person: Person) -> Any:
    """Return all users with the names of their groups, to be narrowed, sorted and cut into pages.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return people.users()


def user(username: str, person: Person) -> User:
    """Return one.

    :raises NoSuchUser:
    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return _user(username)


def _user(username: str) -> User:
    found = people.user_named(username)
    if found is None:
        raise NoSuchUser(f"nobody is called {username!r}: {one_of(people.usernames(), username)}")
    return found


def _user_in_reach(username: str, person: Person) -> User:
    """Return somebody whom `person` may change: whoever may do more than they do is out of their reach."""
    person.insist(Right.ADMINISTER)
    found = _user(username)
    person.insist_on_having(granted_to(found), f"change {found.username}")
    return found


def _insist_on_somebody_left() -> None:
    if not people.administrators().exists():
        raise LastAdministrator("nobody would be left who can do everything: make another administrator first")


def _insist_on_name(username: str) -> None:
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as error:
        raise NotAUser(f"{username!r} is no name: letters, digits and @ . + - _ only") from error
    if len(username) > LONGEST or "@" in username:
        raise NotAUser(f"{username!r} is no name: at most {LONGEST} characters, and no @, which mail addresses have")


def _insist_on_email(email: str, user: User | None = None) -> None:
    """Insist on a mail address, if any, that nobody else has: one can log in with it."""
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotAUser(f"{email!r} is no mail address") from error
    if people.has_email(email, but=user):
        raise NotAUser(f"somebody has the mail address {email} already")


def _insist_on_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise NotAUser(" ".join(error.messages)) from error


def _shown(user: User) -> dict[str, Any]:
    return {"email": user.email, "administrator": user.is_superuser, "active": user.is_active}


def _audit(action: str, name: str, before: Any, after: Any, author: Author, clock: Clock) -> None:
    change = ObjectChange(kind="user", name=name, before=before, after=after)
    write_entries([change], action=action, author=author, at=clock.now())
