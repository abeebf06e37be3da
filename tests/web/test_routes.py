"""Who may call what: every address and method there is, as each of five people, is compared with one table."""

import logging
import tomllib
from dataclasses import dataclass
from typing import Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from house.house_files import ROOT
from web.all_routes import Call, address, answer, calls, routes
from web.conftest import Office
from web.example_parts import example
from web.five_people import FIVE

pytestmark = pytest.mark.django_db
TABLE: Final = ROOT / "docs/develop/routes.toml"


def rows() -> dict[str, str]:
    table: dict[str, str] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["routes"]
    return table


ROWS: Final = rows()
EVERY: Final = {call.key: call for route in routes() for call in calls(route)}


# Where nobody asks for rights: the asker's own account, logging in and out, and what is not kept anywhere.
WRITES: Final = ("INSERT", "UPDATE", "DELETE")
REVEALED: Final = ("POST /secrets/<str:name>/reveal/ to admin", "POST /api/secrets/<str:name>/reveal/ to admin")
OWN: Final = ("/account/", "/accounts/", "/api/people/tokens/", "/api/check/", "/api/lifecycle/as-if/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """One address, called in every way by each of the five: what differs from the table, and who was shown a secret."""

    wrong: tuple[str, ...]
    shown: tuple[str, ...]


def walk(route: str, office: Office) -> Walked:
    where = address(route, example(route, office.sessions["admin"]))
    wrong, shown = [], []
    for call in calls(route):
        admin, text = answer(call, where, office.sessions["admin"])
        if call.key not in ROWS and admin == "405":
            continue
        got = {name: answer(call, where, office.sessions[name]) for name in FIVE[:-1]} | {"admin": (admin, text)}
        row = " ".join(word for word, _ in got.values())
        if row != ROWS.get(call.key):
            wrong.append(f'"{call.key}" = "{row}"  # the table: {ROWS.get(call.key, "no row")}')
        shown += [f"{call.key} to {name}" for name, (_, text) in got.items() if office.holds_secret(text)]
    return Walked(wrong=tuple(wrong), shown=tuple(shown))


@pytest.mark.parametrize("route", routes())
def test_each_of_five_people_gets_what_the_table_says_and_no_secret(
    route: str, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        walked = walk(route, office)

    assert walked.wrong == ()
    assert [one for one in walked.shown if one not in REVEALED] == []
    assert not office.holds_secret(caplog.text)


@pytest.mark.parametrize("route", [route for route in routes() if not route.startswith("/accounts/")])
def test_looking_writes_nothing(route: str, office: Office) -> None:
    where = address(route, example(route, office.sessions["admin"]))

    with CaptureQueriesContext(connection) as asked:
        answer(Call(route=route, method="GET"), where, office.sessions["admin"])

    assert [one["sql"] for one in asked if one["sql"].startswith(WRITES)] == []


def test_every_row_is_of_an_address_that_there_is() -> None:
    assert sorted(set(ROWS) - set(EVERY)) == []


def test_the_rows_are_in_order() -> None:
    in_order = [key for route in routes() for call in calls(route) if (key := call.key) in ROWS]

    assert list(ROWS) == in_order


def written(key: str) -> bool:
    """Say whether a call writes what is not the asker's own."""
    method, _, route = key.partition(" ")
    return method in {"POST", "PUT", "PATCH", "DELETE"} and not route.removeprefix("many ").startswith(OWN)


@pytest.mark.parametrize("key", [key for key in ROWS if written(key)])
def test_nobody_and_no_reader_writes(key: str) -> None:
    nobody, reader, *_ = ROWS[key].split()

    assert nobody in {"login", "401"}
    assert reader in {"403", "404"} or (" many " in key and reader == "mend")


def test_everything_else_asks_who_one_is() -> None:
    open_to_all = {key.split()[-1] for key, row in ROWS.items() if row.startswith("ok")}

    assert {route for route in open_to_all if not route.startswith("/accounts/")} == set()
