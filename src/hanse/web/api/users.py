"""Who may log in."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import accounts
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import UserRow
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows

FAILURES: Final = {**MEND, **NOT_HERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMade(Exact):
    """Somebody new. Without a password one is made, and given in the answer, once."""

    username: str
    email: str = ""
    password: str = ""
    administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange(Exact):
    """What is left out stays."""

    email: str | None = None
    is_active: bool | None = None
    is_superuser: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordAsked(Exact):
    """A new password; empty: one is made."""

    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordMade:
    """The password that was made here, shown once; empty: it was given."""

    username: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAdded(UserRow):
    """Somebody new, with the password if it was made here: it is shown once."""

    password: str


def users_listed() -> Operation:
    """Return the operation that gives the users."""

    def rows(asked: Asked) -> list[Row]:
        return [_user(asked, one) for one in accounts.user_list(asked.person)]

    return listed_rows(UserRow, rows, "List users")


def user_added() -> Operation:
    """Return the operation that makes somebody who can log in."""

    def answer(asked: Asked) -> Response:
        new: UserMade = asked.body(UserMade)
        made = accounts.add_user(
            username=new.username,
            password=new.password,
            email=new.email,
            administrator=new.administrator,
            person=asked.person,
            clock=asked.world.clock,
        )
        row = _user(asked, accounts.user(made.username, asked.person))
        shown = "" if new.password else made.password
        return Response({**row, "password": shown}, status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Make somebody who can log in",
        takes=taken(UserMade),
        gives=given(UserAdded),
        status=HTTPStatus.CREATED,
        failures=MEND,
    )


def user_shown() -> Operation:
    """Return the operation that gives one user."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_user(asked, _user_of(asked, number)))

    return Operation(answer=answer, summary="Show one user", gives=given(UserRow), failures=NOT_HERE)


def user_changed() -> Operation:
    """Return the operation that changes somebody."""

    def answer(asked: Asked, number: int) -> Response:
        found = _user_of(asked, number)
        change: UserChange = asked.body(UserChange)
        accounts.change_user(
            username=found.username,
            email=change.email,
            active=change.is_active,
            administrator=change.is_superuser,
            person=asked.person,
            clock=asked.world.clock,
        )
        return Response(_user(asked, _user_of(asked, number)))

    return Operation(
        answer=answer, summary="Change somebody", takes=taken(UserChange), gives=given(UserRow), failures=FAILURES
    )


def user_removed() -> Operation:
    """Return the operation that removes somebody."""

    def answer(asked: Asked, number: int) -> Response:
        found = _user_of(asked, number)
        accounts.remove_user(username=found.username, person=asked.person, clock=asked.world.clock)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(answer=answer, summary="Remove somebody", status=HTTPStatus.NO_CONTENT, failures=FAILURES)


def password_set() -> Operation:
    """Return the operation that gives somebody another password."""

    def answer(asked: Asked, number: int) -> Response:
        found = _user_of(asked, number)
        wish: PasswordAsked = asked.body(PasswordAsked)
        made = accounts.set_password(
            username=found.username, password=wish.password, person=asked.person, clock=asked.world.clock
        )
        shown = "" if wish.password else made.password
        return Response({"username": made.username, "password": shown}, headers={"Cache-Control": "no-store"})

    return Operation(
        answer=answer,
        summary="Give somebody another password; all their sessions end",
        takes=taken(PasswordAsked),
        gives=given(PasswordMade),
        failures=FAILURES,
    )


def second_factor_forgotten() -> Operation:
    """Return the operation that lets somebody log in without the second factor that they lost."""

    def answer(asked: Asked, number: int) -> Response:
        found = _user_of(asked, number)
        accounts.forget_second_factor(username=found.username, person=asked.person, clock=asked.world.clock)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer, summary="Forget somebody's second factor", status=HTTPStatus.NO_CONTENT, failures=FAILURES
    )


def _user_of(asked: Asked, number: int) -> Any:
    found = accounts.user_list(asked.person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _user(asked: Asked, user: Any) -> Row:
    return {
        "id": user.pk,
        "url": asked.url("api-user", user.pk),
        "display": user.username,
        "username": user.username,
        "email": user.email,
        "is_active": user.is_active,
        "is_superuser": user.is_superuser,
        "last_login": user.last_login,
        "date_joined": user.date_joined,
        "groups": sorted(group.name for group in user.groups.all()),
    }
