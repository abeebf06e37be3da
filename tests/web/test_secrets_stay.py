"""Marked secrets are put everywhere a secret can be; here is searched what the walk over all routes leaves out."""

from typing import Final

import pytest
from django.db import connection

from web.all_routes import Call, answer, parts, routes
from web.conftest import Office
from web.five_people import FIVE, client_in

pytestmark = pytest.mark.django_db
REVEAL: Final = Call(route="/secrets/<str:name>/reveal/", method="POST")
PAGES: Final = tuple(route for route in routes() if not parts(route) and not route.startswith(("/api/", "/accounts/")))


@pytest.mark.parametrize("route", PAGES)
def test_no_export_holds_a_secret(route: str, office: Office) -> None:
    said = ""
    for form in ("csv", "json", "yaml"):
        response = client_in(office.sessions["admin"]).get(f"{route}?export={form}")
        said += response.getvalue().decode()

    assert not office.holds_secret(said)


def test_whoever_may_see_secrets_is_shown_one_where_it_is_asked_for(office: Office) -> None:
    _, said = answer(REVEAL, "/secrets/radius/reveal/", office.sessions["admin"])

    assert office.holds_secret(said)


def test_no_row_holds_a_secret_in_the_open(office: Office) -> None:
    held = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(office.holds_secret(str(row)) for row in cursor.fetchall()):
                held.append(table)

    assert held == []


@pytest.mark.parametrize("name", FIVE)
def test_an_address_that_is_not_there_says_nothing(name: str, office: Office) -> None:
    _, said = answer(Call(route="/no/such/page/", method="GET"), "/no/such/page/", office.sessions[name])

    assert not office.holds_secret(said)
