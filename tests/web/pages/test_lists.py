"""Lists: filters, sorting, pages and exports, on rows of the store and on plain values."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.http.response import StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from hanse.store.models import ChangeRecord, RouterStanding
from hanse.web.pages.lists import Choice, Column, Moment, Number, Table, Words, list_page
from hanse.web.pages.lists.exports import FORMULA_BEGINS
from hanse.web.pages.lists.filters import Filter
from hanse.web.pages.lists.page import COUNTED

START = datetime(2026, 1, 1, tzinfo=UTC)
TABLE = Table(
    columns=(Column("node", "Router", sort=("node",)), Column("number", "Number", sort=("number",), is_number=True)),
    order=("node",),
    exported=("site",),
)
FILTERS: tuple[Filter, ...] = (
    Words(fields=("node", "site")),
    Choice(name="site", title="Site", options=(("hall", "hall"), ("barn", "barn"))),
    Number(name="number", title="Number"),
    Moment(name="from", title="From", field="polled_at"),
    Moment(name="until", title="Until", field="polled_at", is_end=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A row that is no row of the store."""

    node: str
    number: int
    site: str = "hall"
    polled_at: datetime | None = START


def plain_rows() -> tuple[Plain, ...]:
    return (
        Plain(node="alpha", number=3),
        Plain(node="beta", number=1, site="barn", polled_at=START + timedelta(days=1)),
        Plain(node="gamma", number=2, polled_at=None),
    )


def stored_rows() -> Any:
    RouterStanding.objects.bulk_create(
        RouterStanding(node=row.node, number=row.number, site=row.site, polled_at=row.polled_at) for row in plain_rows()
    )
    return RouterStanding.objects.all()


@pytest.fixture(params=["plain", "stored"])
def rows(request: pytest.FixtureRequest, db: None) -> Any:
    return plain_rows() if request.param == "plain" else stored_rows()


def request_for(query: str = "", **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/routers/{query}", headers=headers)
    request.user = AnonymousUser()
    return request


def shown(rows: Any, query: str = "", table: Table = TABLE) -> list[str]:
    """Return the names in the export, which holds what the list would, in its order."""
    answer = exported(rows, f"{query}{'&' if query else '?'}export=json", table)
    return [row["node"] for row in json.loads(answer)]


def exported(rows: Any, query: str, table: Table = TABLE) -> str:
    answer = list_page(request_for(query), table=table, rows=rows, filters=FILTERS)
    assert isinstance(answer, StreamingHttpResponse)
    content = answer.streaming_content
    assert isinstance(content, Iterator)
    return b"".join(content).decode()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["alpha", "beta", "gamma"]),
        ("?q=ALPH", ["alpha"]),
        ("?q=lph+hall", ["alpha"]),
        ("?q=lph+barn", []),
        ("?site=barn", ["beta"]),
        ("?number=2", ["gamma"]),
        ("?number=AS2", ["gamma"]),
        ("?from=2026-01-01T12:00", ["beta"]),
        ("?until=2026-01-01T12:00", ["alpha"]),
    ],
)
def test_filters_leave_what_fits(rows: Any, query: str, left: list[str]) -> None:
    assert shown(rows, query) == left


@pytest.mark.parametrize("query", ["?site=moon", "?number=two", "?number=²", "?from=yesterday"])
def test_a_filter_that_cannot_be_read_leaves_nothing_and_says_so(rows: Any, query: str) -> None:
    answer = list_page(request_for(query, **{"HX-Target": "rows"}), table=TABLE, rows=rows, filters=FILTERS)

    assert shown(rows, query) == []
    assert "Nothing fits" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("?sort=number", ["beta", "gamma", "alpha"]),
        ("?sort=-number", ["alpha", "gamma", "beta"]),
        ("?sort=-node", ["gamma", "beta", "alpha"]),
        ("?sort=password", ["alpha", "beta", "gamma"]),
        ("?sort=-", ["alpha", "beta", "gamma"]),
    ],
)
def test_the_address_says_by_what_is_sorted(rows: Any, query: str, order: list[str]) -> None:
    assert shown(rows, query) == order


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_htmx_gets_the_rows_alone(rows: Any) -> None:
    part = list_page(request_for(**{"HX-Target": "rows"}), table=TABLE, rows=rows)

    assert text_of(part).lstrip().startswith('<div id="rows"')
    assert "<html" not in text_of(part)


@pytest.mark.django_db
def test_a_page_holds_no_more_rows_than_asked_for() -> None:
    values = [Plain(node=f"r{number:03}", number=number) for number in range(60)]

    part = list_page(request_for("?size=25&page=3", **{"HX-Target": "rows"}), table=TABLE, rows=values)

    assert "51 to 60 of 60" in text_of(part)
    assert text_of(part).count("<tr>") == 1 + 10


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "²"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(page: str) -> None:
    part = list_page(request_for(f"?page={page}", **{"HX-Target": "rows"}), table=TABLE, rows=plain_rows())

    assert "1 to 3 of 3" in text_of(part)


def test_exports_agree_with_each_other(rows: Any) -> None:
    as_csv = list(csv.DictReader(exported(rows, "?export=csv").splitlines()))
    as_json = json.loads(exported(rows, "?export=json"))
    as_yaml = yaml.safe_load(exported(rows, "?export=yaml"))

    assert as_json == as_yaml
    assert [{**row, "number": int(row["number"])} for row in as_csv] == as_json
    assert as_json[0] == {"node": "alpha", "number": 3, "site": "hall"}


@pytest.mark.parametrize(("form", "text"), [("csv", "node,number,site\r\n"), ("json", "[]\n"), ("yaml", "[]\n")])
def test_an_empty_list_is_exported_as_one(form: str, text: str) -> None:
    assert exported((), f"?export={form}") == text


@pytest.mark.parametrize("first", FORMULA_BEGINS)
def test_no_cell_of_a_csv_file_is_a_formula(first: str) -> None:
    rows: Sequence[Plain] = (Plain(node=f"{first}cmd|' /C calc'!A0", number=-1),)

    text = exported(rows, "?export=csv")

    (row,) = list(csv.reader(text.splitlines(keepends=True)))[1:]
    assert row[0].startswith("'")
    assert row[1] == "-1"


@pytest.mark.django_db
def test_a_history_is_counted_to_an_end() -> None:
    history = Table(columns=(Column("node", "Router"),), is_history=True)
    ChangeRecord.objects.bulk_create(
        [ChangeRecord(node="alpha", subject="router", kind="came up", sentence="x", at=START)] * (COUNTED + 5)
    )

    with CaptureQueriesContext(
        connection,
    ) as asked:
        part = list_page(request_for(**{"HX-Target": "rows"}), table=history, rows=ChangeRecord.objects.order_by("-at"))

    assert "of more than 10,000" in text_of(part)
    assert f"LIMIT {COUNTED + 1}" in asked[0]["sql"]


@pytest.mark.django_db
def test_one_row_and_twenty_cost_the_same() -> None:
    RouterStanding.objects.create(node="alpha", number=1)
    with CaptureQueriesContext(connection) as few:
        list_page(request_for(), table=TABLE, rows=RouterStanding.objects.all())
    RouterStanding.objects.bulk_create(RouterStanding(node=f"r{number}", number=number) for number in range(2, 21))

    with CaptureQueriesContext(connection) as many:
        list_page(request_for(), table=TABLE, rows=RouterStanding.objects.all())

    assert len(few) == len(many)
