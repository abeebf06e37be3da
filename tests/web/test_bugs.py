"""A bug of ours: its traceback is in the log, under the number that the page shows."""

import logging
import re
from typing import Final

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from hanse.store.models import User

NUMBER: Final = re.compile(r"error ([0-9a-f]{8})")


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("nobody thought of this")


urlpatterns = [path("broken/", broken), path("api/broken/", broken), path("", include("hanse.web.urls"))]
handler500: Final = "hanse.web.bugs.bug"
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def alice() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("alice", "alice@example.net", "not-used-here-1"))
    return client


def logged(caplog: pytest.LogCaptureFixture) -> tuple[str, str]:
    """Return the number of the only bug in the log, and its traceback."""
    (record,) = (one for one in caplog.records if one.levelno == logging.ERROR)
    found = NUMBER.search(record.getMessage())
    assert found is not None
    return found[1], record.exc_text or ""


def test_a_bug_is_in_the_log_under_the_number_that_its_page_shows(
    alice: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = alice.get("/broken/")

    number, traceback = logged(caplog)
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert "nobody thought of this" in traceback
    assert "nobody thought of this" not in answer.content.decode()


def test_the_api_tells_of_a_bug_in_problem_details(alice: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = alice.get("/api/broken/")

    number, _ = logged(caplog)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert number in answer.json()["detail"]


def test_a_part_of_a_page_tells_of_a_bug_at_the_top_of_the_page(
    alice: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = alice.get("/broken/", headers={"HX-Request": "true"})

    number, _ = logged(caplog)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (500, "#problems")
    assert number in answer.content.decode()
