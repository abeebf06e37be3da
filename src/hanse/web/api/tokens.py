"""Tokens for this API: made for oneself, shown once, ended."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import tokens
from hanse.actions.rights import Right
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token for the API, without its text. `key`: its first characters."""

    url: str
    display: str
    key: str
    name: str
    user: str
    may_write: bool
    networks: list[str]
    created: datetime
    expiry: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAsked(Exact):
    """A token for oneself. `networks`: prefixes that it may come from; none: anywhere."""

    name: str
    may_write: bool = False
    networks: tuple[str, ...] = ()
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade:
    """A new token. Its text is shown once."""

    name: str
    token: str


def tokens_listed() -> Operation:
    """Return the operation that gives one's own tokens; everybody's to whoever may administer."""

    def rows(asked: Asked) -> list[Row]:
        return [_token(asked, one) for one in _tokens(asked)]

    return listed_rows(TokenRow, rows, "List tokens, without their texts")


def token_made() -> Operation:
    """Return the operation that makes a token for whoever asks."""

    def answer(asked: Asked) -> Response:
        new: TokenAsked = asked.body(TokenAsked)
        text = tokens.make(
            name=new.name,
            may_write=new.may_write,
            networks=new.networks,
            expires=new.expires,
            person=asked.person,
            clock=asked.world.clock,
        )
        headers = {"Cache-Control": "no-store"}
        return Response({"name": new.name, "token": text}, status=HTTPStatus.CREATED, headers=headers)

    return Operation(
        answer=answer,
        summary="Make a token for oneself; its text is shown once",
        takes=taken(TokenAsked),
        gives=given(TokenMade),
        status=HTTPStatus.CREATED,
        failures=MEND,
    )


def token_shown() -> Operation:
    """Return the operation that gives one token, without its text."""

    def answer(asked: Asked, key: str) -> Response:
        for one in _tokens(asked):
            if one.token_key == key:
                return Response(_token(asked, one))
        raise Http404

    return Operation(answer=answer, summary="Show a token, without its text", gives=given(TokenRow), failures=NOT_HERE)


def token_revoked() -> Operation:
    """Return the operation that ends a token."""

    def answer(asked: Asked, key: str) -> Response:
        try:
            tokens.revoke(key=key, person=asked.person, clock=asked.world.clock)
        except tokens.NotAToken as error:
            raise Http404 from error
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(answer=answer, summary="End a token", status=HTTPStatus.NO_CONTENT, failures=NOT_HERE)


def _tokens(asked: Asked) -> list[Any]:
    return list(tokens.token_list(asked.person, of_everybody=asked.person.may(Right.ADMINISTER)))


def _token(asked: Asked, token: Any) -> Row:
    return {
        "url": asked.url("api-token", token.token_key),
        "display": token.name,
        "key": token.token_key,
        "name": token.name,
        "user": token.user.username,
        "may_write": token.may_write,
        "networks": token.networks,
        "created": token.created,
        "expiry": token.expiry,
        "used_at": token.used_at,
    }
