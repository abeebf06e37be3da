"""Secrets, by name. A value goes in; it is shown by a request of its own, which is put on record."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import secrets
from hanse.actions.secrets import NoSuchSecret
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRow:
    """A secret by its name. Its value is not shown here."""

    url: str
    display: str
    name: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretValue(Exact):
    """A secret's value."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretShown:
    """A secret's value."""

    name: str
    value: str


def secrets_listed() -> Operation:
    """Return the operation that gives the names of all secrets."""

    def rows(asked: Asked) -> list[Row]:
        return [_secret(asked, one) for one in secrets.secret_names(asked.person)]

    return listed_rows(SecretRow, rows, "List secrets, by name only")


def secret_shown() -> Operation:
    """Return the operation that tells of a secret when it was changed."""

    def answer(asked: Asked, name: str) -> Response:
        return Response(_named(asked, name))

    return Operation(
        answer=answer, summary="Show a secret, without its value", gives=given(SecretRow), failures=NOT_HERE
    )


def secret_set() -> Operation:
    """Return the operation that puts a secret down."""

    def answer(asked: Asked, name: str) -> Response:
        value = asked.body(SecretValue).value
        secrets.set_secret(name, value, person=asked.person, clock=asked.world.clock)
        return Response(_named(asked, name))

    return Operation(
        answer=answer,
        summary="Put a secret down under its name",
        takes=taken(SecretValue),
        gives=given(SecretRow),
        failures=MEND,
    )


def secret_removed() -> Operation:
    """Return the operation that forgets a secret."""

    def answer(asked: Asked, name: str) -> Response:
        try:
            secrets.remove_secret(name, person=asked.person, clock=asked.world.clock)
        except NoSuchSecret as error:
            raise Http404 from error
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer, summary="Forget a secret", status=HTTPStatus.NO_CONTENT, failures={**MEND, **NOT_HERE}
    )


def secret_revealed() -> Operation:
    """Return the operation that shows a secret's value. It is a POST, for it is put on record who looked."""

    def answer(asked: Asked, name: str) -> Response:
        try:
            value = secrets.reveal(name, person=asked.person, clock=asked.world.clock)
        except NoSuchSecret as error:
            raise Http404 from error
        return Response({"name": name, "value": value}, headers={"Cache-Control": "no-store"})

    return Operation(
        answer=answer,
        summary="Show a secret's value; who looked is on record",
        gives=given(SecretShown),
        failures=NOT_HERE,
    )


def _named(asked: Asked, name: str) -> Row:
    for one in secrets.secret_names(asked.person):
        if one.name == name:
            return _secret(asked, one)
    raise Http404


def _secret(asked: Asked, one: secrets.SecretName) -> Row:
    return {
        "url": asked.url("api-secret", one.name),
        "display": one.name,
        "name": one.name,
        "changed_at": one.changed_at,
    }
