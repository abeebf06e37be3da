"""Carol's grant is for one site, or for one AS number: no page, list, export or search shows her anything else."""

from collections.abc import Generator
from typing import Any, Final

import pytest
from django.db import transaction

from hanse.actions.rights import Right
from web.all_routes import parts, routes
from web.conftest import Office
from web.five_people import client_in, grant_carol

pytestmark = pytest.mark.django_db
HERS: Final = "rathaus"
# No link of core1 or border1 leads there. Names of other routers are no marks: her iBGP sessions have them.
ELSEWHERE: Final = ("198.18.0.13", "198.18.0.15", "198.18.0.16", "198.18.0.18", "nordturm", "wewer")
SHOWN: Final = tuple(route for route in routes() if not parts(route) and not route.startswith("/accounts/"))
EXPORTS: Final = ("", "?export=csv", "?export=json", "?export=yaml")
LISTS: Final = tuple(
    route
    for route in routes()
    if route.startswith("/api/") and not parts(route) and f"{route}<int:number>/" in routes()
)


@pytest.fixture
def carol(office: Office) -> Generator[str]:
    """Return the session of Carol, who may look at, change and deploy what is at her site."""
    with transaction.atomic():
        grant_carol(rights=(Right.VIEW, Right.CHANGE, Right.DEPLOY), sites=(HERS,))
        yield office.sessions["carol"]
        transaction.set_rollback(True)


def text_of(session: str, where: str) -> str:
    response: Any = client_in(session).get(where)
    if response.status_code in {401, 403, 404}:
        return ""
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def numbers_in(session: str, listing: str) -> set[int]:
    answer = client_in(session).get(f"{listing}?limit=1000")
    return {row["id"] for row in answer.json()["results"]} if answer.status_code == 200 else set()


@pytest.mark.parametrize("route", SHOWN)
def test_nothing_of_other_sites_is_shown(route: str, carol: str) -> None:
    said = "".join(text_of(carol, route + query) for query in (EXPORTS[:1] if route.startswith("/api/") else EXPORTS))

    assert [mark for mark in ELSEWHERE if mark in said] == []


@pytest.mark.parametrize("words", ["spur", "198.18.0.0/24", "wewer", "10."])
@pytest.mark.parametrize("where", ["/search/?q=", "/routers/?q=", "/api/seen/routers/?q=", "/api/seen/addresses/?q="])
def test_nothing_of_other_sites_is_found(where: str, words: str, carol: str) -> None:
    said = text_of(carol, where + words)

    assert [mark for mark in ELSEWHERE if mark in said and mark not in where + words] == []


def test_what_is_hers_is_shown(carol: str) -> None:
    assert "core1" in text_of(carol, "/routers/")
    assert "core1" in text_of(carol, "/api/seen/routers/")
    assert "core1" in text_of(carol, "/api/wanted/nodes/")
    assert client_in(carol).get("/routers/core1/").status_code == 200


def test_the_navigation_leads_her_where_she_may_go(carol: str) -> None:
    said = text_of(carol, "/routers/")

    assert [place for place in ("/routers/", "/drafts/", "/jobs/") if f'href="{place}"' not in said] == []
    assert [place for place in ("/secrets/", "/users/", "/settings/") if f'href="{place}"' in said] == []


@pytest.mark.parametrize("listing", LISTS)
def test_what_is_not_in_her_list_she_cannot_open(listing: str, office: Office, carol: str) -> None:
    hidden = numbers_in(office.sessions["admin"], listing) - numbers_in(carol, listing)

    opened = [
        number for number in sorted(hidden)[:20] if client_in(carol).get(f"{listing}{number}/").status_code == 200
    ]

    assert opened == []


@pytest.mark.parametrize(
    ("method", "where"),
    [
        ("get", "/routers/core3/"),
        ("get", "/sessions/core3/198.18.0.13/"),
        ("post", "/routers/core3/do/poll/"),
        ("post", "/routers/core3/do/ping/"),
        ("get", "/api/render/core3/"),
        ("get", "/objects/nodes/of/core3/"),
        ("post", "/objects/nodes/of/core3/remove/"),
    ],
)
def test_what_is_elsewhere_she_can_neither_open_nor_touch(method: str, where: str, carol: str) -> None:
    with transaction.atomic():
        status = getattr(client_in(carol), method)(where).status_code
        transaction.set_rollback(True)

    assert status in {403, 404}


@pytest.mark.parametrize("listing", LISTS)
def test_she_deletes_nothing_elsewhere(listing: str, office: Office, carol: str) -> None:
    hidden = numbers_in(office.sessions["admin"], listing) - numbers_in(carol, listing)
    done = []

    for number in sorted(hidden)[:3]:
        with transaction.atomic():
            if client_in(carol).delete(f"{listing}{number}/").status_code < 300:
                done.append(number)
            transaction.set_rollback(True)

    assert done == []


def test_with_an_as_number_she_sees_its_sessions_and_no_router(office: Office) -> None:
    admin = office.sessions["admin"]
    rows = client_in(admin).get("/api/seen/sessions/?limit=1000").json()["results"]
    numbers = sorted({row["remote_asn"] for row in rows})
    with transaction.atomic():
        grant_carol(asns=(numbers[-1],))
        carol = office.sessions["carol"]
        hers = client_in(carol).get("/api/seen/sessions/?limit=1000").json()["results"]
        routers = numbers_in(carol, "/api/seen/routers/")
        transaction.set_rollback(True)

    assert len(numbers) > 1
    assert {row["remote_asn"] for row in hers} == {numbers[-1]}
    assert routers == set()


def test_without_a_grant_nothing_is_shown(office: Office) -> None:
    said = "".join(text_of(office.sessions["carol"], route) for route in SHOWN)

    assert [mark for mark in (*ELSEWHERE, "core1", HERS) if mark in said] == []
