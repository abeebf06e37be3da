"""The document of the API is valid, tells of every address, and can be read by people under our policy."""

import io
import re

import pytest
from django.core.management import call_command

from web.api.asking import alice, nobody

pytestmark = pytest.mark.django_db


def test_the_document_is_valid_and_nothing_in_it_is_guessed() -> None:
    written = io.StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=written)

    assert '"openapi": "3.1.0"' in written.getvalue()


def test_every_schema_that_is_named_is_there() -> None:
    document = alice().client.get("/api/schema/", headers={"Accept": "application/json"})

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', document.content.decode()))
    assert named - document.json()["components"]["schemas"].keys() == set()


def test_nobody_reads_it() -> None:
    assert nobody().client.get("/api/schema/").status_code == 401
    assert nobody().client.get("/api/docs/").status_code == 401


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    page = alice().client.get("/api/docs/").content.decode()

    assert "<style" not in page
    assert "style=" not in page
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_the_root_names_every_list() -> None:
    asked = alice()
    root = asked.get("").body

    assert {"wanted", "seen", "jobs", "drafts"} <= root.keys()
    for address in root.values():
        assert asked.client.get(address).status_code in {200, 422}, address  # 422: nothing is wanted yet


def test_what_is_no_address_is_a_problem_not_a_page() -> None:
    answer = alice().get("nowhere/at/all/")

    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_plugins_inside_plugins_are_nothing() -> None:
    assert alice().get("plugins/plugins/wanted/sites/").status == 404
    assert alice().get("plugins/wanted/sites/").status == 200
