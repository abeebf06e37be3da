"""Exports and the reference of templates, on pages and by the API."""

import pytest
from django.test import Client

from actions.small_city import network
from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.store.audit import Author
from hanse.store.models import User
from hanse.web.pages.reference_blocks import blocks_of

PAGE = "/templates/show/export/peers.csv.j2/"
TEXT = "{% for one in export.routers %}\n{{ one.name }}\n{% endfor %}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Client:
    import_network(network=network(), author=Author(who="alice", door="cli"), clock=FakeClock())
    client.force_login(User.objects.create_superuser("alice", password="a long password"))
    return client


def test_an_export_is_named_written_saved_and_read(alice: Client) -> None:
    assert alice.get("/templates/new/", {"name": "peers.csv"}).headers["Location"] == PAGE
    assert "An export that is not written yet" in alice.get(PAGE).content.decode()
    looked = alice.post("/templates/save/export/peers.csv.j2/", {"text": TEXT, "deed": "look"}).content.decode()
    assert "1 text would be another" in looked

    alice.post("/templates/save/export/peers.csv.j2/", {"text": TEXT, "deed": "save"})

    answer = alice.get("/templates/text/export/peers.csv.j2/")
    assert (answer.content, answer.headers["Content-Type"]) == (b"alpha\nbeta\n", "text/plain; charset=utf-8")
    assert alice.get("/api/templates/exports/peers.csv/").json() == {
        "name": "export/peers.csv.j2",
        "text": "alpha\nbeta\n",
    }


def test_an_export_that_fails_is_not_saved(alice: Client) -> None:
    answer = alice.post("/templates/save/export/peers.csv.j2/", {"text": "{{ export.x }}", "deed": "save"})

    assert answer.status_code == 422
    assert "template export/peers.csv.j2, line 1" in answer.content.decode()


def test_a_name_that_is_none_is_told(alice: Client) -> None:
    answer = alice.get("/templates/new/", {"name": "../x"}, follow=True)

    assert "an export cannot be called" in answer.content.decode()


def test_a_new_export_is_put_by_the_api(alice: Client) -> None:
    assert alice.get("/api/templates/export/new.j2/").status_code == 404

    answer = alice.put("/api/templates/export/new.j2/", {"text": "x\n"}, content_type="application/json")

    assert (answer.status_code, answer.json()["dialect"]) == (200, "export")


def test_the_reference_is_shown_with_its_words(alice: Client) -> None:
    shown = alice.get("/templates/reference/").content.decode()

    assert "<td><code>value | natural_sort(path=&#x27;&#x27;)</code></td>" in shown
    assert "<h3>ExternalSession</h3>" in shown


def test_a_page_is_parted_into_blocks_and_nothing_in_it_is_markup() -> None:
    page = "# Title\n\nOne <b> [link](x.md)\n`a | b`\n\n## Part\n\n| a | b |\n|---|---|\n| `x \\| y` | 1 |\n\n- one\n"

    text, part, table, listed = blocks_of(page)

    assert text.text == "One &lt;b&gt; link <code>a | b</code>"
    assert (part.level, part.text) == (2, "Part")
    assert (table.head, table.rows) == (("a", "b"), (("<code>x | y</code>", "1"),))
    assert listed.rows == (("one",),)
