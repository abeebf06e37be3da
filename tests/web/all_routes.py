"""Every address there is, read from Django, and what each answers to whom."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from web.example_bodies import BODIES
from web.five_people import client_in

PAGE_METHODS: Final = ("GET", "POST")
API_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
BULK_METHODS: Final = ("POST", "PUT", "PATCH", "DELETE")
PART: Final = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
MEND: Final = frozenset({400, 409, 412, 422, 502})
LOG_IN: Final = "/accounts/login/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One way to call one address: `many` sends a list where one object would be sent."""

    route: str  # as Django has it: /users/<str:username>/
    method: str
    many: bool = False

    @property
    def key(self) -> str:
        """Return what the table calls it."""
        return f"{self.method}{' many' if self.many else ''} {self.route}"


def routes() -> tuple[str, ...]:
    """Return every address, in order."""
    return tuple(sorted(set(_below("/", get_resolver().url_patterns))))


def _below(start: str, patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = start + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLResolver):
            yield from _below(route, pattern.url_patterns)
        else:
            yield re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", route)


def calls(route: str) -> tuple[Call, ...]:
    """Return every way to call one address."""
    if not route.startswith("/api/"):
        return tuple(Call(route=route, method=method) for method in PAGE_METHODS)
    single = (Call(route=route, method=method) for method in API_METHODS)
    bulk = BULK_METHODS if not parts(route) else ()  # many objects are sent to the address of their list only
    return (*single, *(Call(route=route, method=method, many=True) for method in bulk))


def parts(route: str) -> tuple[str, ...]:
    """Return the names of what stands in an address, in order."""
    return tuple(one or other for one, other in PART.findall(route))


def address(route: str, values: dict[str, Any]) -> str:
    """Return the address with its parts filled in."""
    return PART.sub(lambda part: str(values[part.group(1) or part.group(2)]), route)


def answer(call: Call, where: str, session: str) -> tuple[str, str]:
    """Call it, and return what came of it in the table's words, and all that was said. What it wrote is taken back."""
    with transaction.atomic():
        response: Any = _sent(client_in(session), call, where)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return said(response), body.decode(errors="replace")


def _sent(client: Client, call: Call, where: str) -> HttpResponseBase:
    if call.method in {"GET", "OPTIONS"}:
        return client.generic(call.method, where)
    if not call.route.startswith("/api/"):
        return client.post(where, BODIES.get(call.key, {}))
    body = json.dumps(BODIES.get(call.key, [] if call.many else {}))
    return client.generic(call.method, where, body, content_type="application/json")


def said(response: HttpResponseBase) -> str:
    """Return what an answer means to whoever knocks.

    `ok`: it is done or shown; `mend`: past the door, but what was sent makes no sense there; `login`: led to log in.
    """
    status = response.status_code
    if status in MEND:
        return "mend"
    if status == 302 and response.headers["Location"].startswith(LOG_IN):
        return "login"
    return "ok" if status < 400 else str(status)
