"""The asking of `desk.py`. Imported when Django is set up."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from table import show

from hanse.actions.drafts import begin, put
from hanse.actions.previewing import preview
from hanse.actions.rights import operator
from hanse.conf.outside import outside
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.network import KINDS
from hanse.store.models import User
from network import tree

QUERIES: Final = 20
LIMITS: Final = (("/search", 100), ("/api/search", 100))  # ms, by how the address begins
DASHBOARD: Final = 150
PREVIEW: Final = 300
LIST: Final = 200
NO_LIST: Final = (
    "/accounts",
    "/api/schema",
    "/api/docs",
    "/healthz",
    "/metrics",
    "/static",
    "/account",
    "/new-",
    "/api/export",
)
NO_PAGE: Final = frozenset({400, 405})  # it takes more than an address, or no GET
MORE: Final = (
    "/routers/r0010/",
    "/routers/r0001/",
    "/routers/?q=r05&sort=-sessions_up",
    "/sessions/?condition=down",
    "/sessions/?sort=-accepted&page=40",
    "/sessions/?q=Network",
    "/search/?q=r05",
    "/search/?q=ix",
    "/search/?q=Network 7",
    "/search/?q=198.19.3.17",
    "/search/?q=10.1.0.0/20",
    "/search/?q=AS64600",
    "/audit/?q=ix-r0010",
    "/changes/?node=r0100",
    "/api/seen/sessions/?limit=200&offset=15000",
    "/api/seen/changes/?limit=50&offset=5000",
    "/api/wanted/sessions/?limit=200",
    "/api/seen/samples/?node=r0010&address=198.19.0.1",
    "/exchanges/ix01/",
    "/exchanges/ix100/",
    "/exchanges/ix01/?hidden=1&policy=Open",
    "/exchanges/?q=ix1",
    "/api/peering/exchanges/ix01/peers/",
    "/autonomous-systems/64600/",
    "/autonomous-systems/4200002000/",
    "/autonomous-systems/?q=Network",
    "/autonomous-systems/?page=10",
    "/api/wanted/autonomous-systems/?limit=200",
    "/search/?q=4200002000",
    "/discovery/of/r0200/",
    "/api/discovery/r0200/",
    "/routers/r0200/",
    "/api/seen/sessions/?limit=200&offset=99000",
    *(f"/objects/{kind}/" for kind in KINDS),
    "/objects/sessions/?q=ix-r0010",
    "/objects/sessions/?page=200",
    "/objects/sessions/of/ix-r0010-007/",
    "/objects/sessions/new/",
    "/objects/names/autonomous_systems/?q=646",
    "/objects/links/?page=10",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One address."""

    address: str
    status: int
    times: list[float]  # ms, sorted
    work: float  # ms of processor time of one, which a busy machine does not blur
    queries: int
    limit: int

    @property
    def slow(self) -> float:
        return self.times[int(len(self.times) * 0.95) - 1] if len(self.times) > 1 else self.times[0]

    @property
    def is_fine(self) -> bool:
        return self.status < 400 and self.slow <= self.limit and self.queries <= QUERIES


def ask(count: int, only: str) -> bool:
    """Ask all and show what it took; say whether all is within the limits."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(User.objects.get(username="alice"))
    found = [_asked(client, address, count) for address in (*_addresses(), *MORE) if only in address]
    if only in "preview":
        found.append(_preview(count))
    found.sort(key=lambda one: -one.work)
    show(
        "milliseconds and queries",
        ("address", "status", "p50", "p95", "limit", "processor", "queries", ""),
        [
            (
                one.address,
                one.status,
                f"{one.times[len(one.times) // 2]:.0f}",
                f"{one.slow:.0f}",
                one.limit,
                f"{one.work:.0f}",
                one.queries,
                "-" if one.status in NO_PAGE else "" if one.is_fine else "NO",
            )
            for one in found
        ],
    )
    return all(one.is_fine for one in found if one.status not in NO_PAGE)


def _addresses() -> Iterator[str]:
    """Yield every address that takes no argument."""
    for address in sorted(set(_within(get_resolver().url_patterns, "/"))):
        if not address.startswith(NO_LIST):
            yield address


def _within(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern)
        if "<" in route or "(" in route or "^" in route:
            continue
        if isinstance(pattern, URLResolver):
            yield from _within(pattern.url_patterns, prefix + route)
        else:
            yield prefix + route


def _asked(client: Client, address: str, count: int) -> Asked:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        _read(response)
    queries = len(captured)  # now: the next request forgets them
    times, worked = [], time.process_time()
    for _ in range(count if response.status_code < 400 else 1):
        began = time.perf_counter()
        _read(client.get(address))
        times.append((time.perf_counter() - began) * 1000)
    work = (time.process_time() - worked) * 1000 / len(times)
    limit = DASHBOARD if address == "/" else next((ms for start, ms in LIMITS if address.startswith(start)), LIST)
    return Asked(
        address=address, status=response.status_code, times=sorted(times), queries=queries, limit=limit, work=work
    )


def _read(response: object) -> None:
    """Read an answer that comes in pieces to its end."""
    for _ in getattr(response, "streaming_content", ()):
        pass


def _preview(count: int) -> Asked:
    """Preview drafts of one edit each, of another link's class every time."""
    person, world = operator("alice"), outside()
    times, queries, work = [], 0, 0.0
    for number in range(1, count + 2):
        with transaction.atomic():
            draft = begin(title="bench", person=person, world=world)
            edit = Edit(kind="links", name=f"ring-{number:04d}", body={**_ring(number), "link_class": "radio"})
            put(draft=draft, edits=[edit], person=person, world=world)
            with CaptureQueriesContext(connection) as captured:
                began, worked = time.perf_counter(), time.process_time()
                preview(draft=draft, person=person, world=world)
                times.append((time.perf_counter() - began) * 1000)
                work = (time.process_time() - worked) * 1000
            queries = len(captured)
            transaction.set_rollback(True)
    return Asked(
        address="(preview of one edit)",
        status=200,
        times=sorted(times[1:]),
        queries=queries,
        limit=PREVIEW,
        work=work,
    )


def _ring(number: int) -> dict[str, object]:
    links: dict[str, dict[str, object]] = tree()["links"]
    return links[f"ring-{number:04d}"]
