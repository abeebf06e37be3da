"""The pages one looks at: what they say about the city in trouble, to whom, and at what cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hanse.store.models import AuditEntry, Job, RouterStanding, SessionStanding
from web.city_on_desk import DRIFTED, IN_MAINTENANCE, SILENT
from web.conftest import Office
from web.five_people import client_in, grant_carol

pytestmark = pytest.mark.django_db
LISTS = ("/routers/", "/sessions/", "/links/", "/changes/", "/audit/")
AT_MOST = 20  # queries of any page


@pytest.fixture
def alice(office: Office) -> Client:
    """Return the client of somebody who may do everything, before the city in trouble."""
    return client_in(office.sessions["admin"])


@pytest.fixture
def bob(office: Office) -> Client:
    """Return the client of somebody who may only look."""
    return client_in(office.sessions["reader"])


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_dashboard_says_what_is_wrong_first(alice: Client) -> None:
    page = text(alice, "/")

    assert "All is well" not in page
    for wrong in (SILENT, DRIFTED, "pix-alme", "hold timer expired", "radio-nordturm-wewer"):
        assert wrong in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("answers=no", SILENT, "core1"),
        ("drift=yes", DRIFTED, "core1"),
        ("status=maintenance", IN_MAINTENANCE, "core4"),
        ("site=dom", "core2", "core1"),
        ("q=border", "border2", "core1"),
    ],
)
def test_routers_are_found_by_how_they_stand(alice: Client, query: str, shown: str, hidden: str) -> None:
    rows = text(alice, f"/routers/?{query}", **{"HX-Target": "rows"})

    assert f"/routers/{shown}/" in rows
    assert f"/routers/{hidden}/" not in rows


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("condition=down", 1),
        ("asn=64501", 2),
        ("exchange=pix&family=6", 5),
        ("relationship=customer", 2),
        ("node=core1", 14),
        ("group=bilateral", 4),
        ("group=bilateral&tag=business", 2),
    ],
)
def test_sessions_are_found_by_what_the_address_says(alice: Client, query: str, count: int) -> None:
    rows = text(alice, f"/sessions/?{query}", **{"HX-Target": "rows"})

    assert f'data-count="{count}"' in rows


def test_a_routers_page_holds_everything_about_it(alice: Client) -> None:
    page = text(alice, "/routers/border1/")

    for word in ("192.0.2.11", "Alme Hosting", "pix0", "border-west", "bird.conf", "connections.pix-border1", "kept"):
        assert word in page


def test_a_line_of_the_written_text_says_why_it_is_there(alice: Client) -> None:
    part = text(alice, "/routers/border1/?text=1")

    assert 'data-why="sessions.pix-alme' in part
    assert 'title="bird2/bird.conf.j2, line ' in part


@pytest.mark.parametrize("number", ["0", "99", "x", "²"])
def test_a_text_that_there_is_not_is_not_found(alice: Client, number: str) -> None:
    assert alice.get("/routers/border1/", {"text": number}).status_code == 404


def test_what_was_changed_by_hand_is_shown_as_a_diff(alice: Client) -> None:
    page = text(alice, f"/routers/{DRIFTED}/")

    assert "# by hand, at night" in page


def test_a_session_page_tells_state_cause_and_changes(alice: Client) -> None:
    page = text(alice, "/sessions/border1/192.0.2.11/")

    for word in ("hold timer expired", "active", "Alme Hosting", "went down"):
        assert word in page


def test_a_session_page_tells_what_counts_and_which_level_says_so(alice: Client) -> None:
    page = text(alice, "/sessions/border1/192.0.2.11/")

    card = " ".join(re.sub(r"<[^>]+>", " ", page.partition('id="in-force"')[2].partition("</section>")[0]).split())
    assert "Policy, routes taken prefer weight 100: local preference 250; add learned-east group bilateral" in card
    assert "BFD fast 100 ms out, 100 ms in, 3 missed group bilateral" in card
    assert "Community, routes told keep-inside 65535:65281 exchange pix" in card


def test_an_internal_session_has_nothing_that_counts(alice: Client) -> None:
    row = SessionStanding.objects.filter(is_internal=True).first()
    assert row is not None

    page = text(alice, f"/sessions/{row.node}/{row.remote_address}/")

    assert 'id="in-force"' not in page


def test_what_a_session_carried_comes_as_columns(alice: Client) -> None:
    found = alice.get("/sessions/border1/192.0.2.12/samples/?span=week").json()

    assert found["names"] == ["received", "accepted", "sent"]
    assert len(found["columns"]) == 4
    assert len({len(column) for column in found["columns"]}) == 1
    assert len(found["columns"][0]) >= 2


def test_the_map_tells_what_is_down_without_colour(alice: Client) -> None:
    page = text(alice, "/map/", **{"HX-Target": "drawing"})

    assert "radio-nordturm-wewer (radio, 300 Mbit/s): down" in page
    assert "✕" in page
    assert page.count("map-link") == 6  # two links stay within their site


def test_the_topology_has_every_router_within_its_site(alice: Client) -> None:
    elements = [one["data"] for one in alice.get("/topology/elements/").json()["elements"]]

    routers = {one["id"]: one for one in elements if one["kind"] == "router"}
    assert routers["core2"]["parent"] == "site dom"
    assert routers[SILENT]["condition"] == "down"
    assert sum(one["kind"] == "link" for one in elements) == 8


@pytest.mark.parametrize(
    ("words", "found"),
    [("core", "/routers/core1/"), ("192.0.2.11", "/sessions/border1/192.0.2.11/"), ("AS64501", "/sessions/border1/"),
     ("10.20.0.0/24", "/routers/core1/"), ("radio", "/links/radio-dom-nordturm/")],
)  # fmt: skip
def test_search_leads_to_what_is_meant(alice: Client, words: str, found: str) -> None:
    part = alice.get("/search/", {"q": words}, headers={"HX-Target": "search-found"}).content.decode()

    assert f'href="{found}' in part


def test_an_audit_entry_shows_before_and_after(alice: Client) -> None:
    entry = AuditEntry.objects.filter(kind="nodes", name="core1").earliest("pk")

    page = text(alice, f"/audit/{entry.pk}/")

    assert "diff-added" in page
    assert "management" in page


def test_work_on_a_router_is_asked_for_and_shown_in_place(alice: Client) -> None:
    answer = alice.post("/routers/core1/do/ping/", headers={"HX-Request": "true"})

    job = Job.objects.latest("pk")
    assert (job.kind, job.device, job.who) == ("ping", "core1", "admin")
    assert f"/routers/core1/jobs/{job.pk}/" in answer.content.decode()
    assert "queued" in answer.content.decode()


def test_without_a_script_work_leads_to_its_job(alice: Client) -> None:
    answer = alice.post("/routers/core1/do/poll/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/jobs/{Job.objects.latest('pk').pk}/"


def test_a_job_is_shown_only_beside_its_router(alice: Client) -> None:
    alice.post("/routers/core1/do/ping/")

    assert alice.get(f"/routers/core2/jobs/{Job.objects.latest('pk').pk}/").status_code == 404


def test_a_button_that_is_none_is_not_there(alice: Client) -> None:
    assert alice.post("/routers/core1/do/apply/").status_code == 404


def test_whoever_may_only_look_has_no_buttons_and_cannot_press_them(bob: Client) -> None:
    before = Job.objects.count()

    page = text(bob, "/routers/core1/")
    answer = bob.post("/routers/core1/do/ping/")

    assert "/do/ping/" not in page
    assert answer.status_code == 403
    assert "reader may not deploy" in answer.content.decode()
    assert Job.objects.count() == before


def test_within_a_site_nothing_else_is_seen(office: Office) -> None:
    grant_carol(sites=("dom",))
    client = client_in(office.sessions["carol"])

    assert "core2" in text(client, "/routers/")
    assert "core1" not in text(client, "/routers/", **{"HX-Target": "rows"})
    assert client.get("/routers/core1/").status_code == 404
    assert client.get("/sessions/border1/192.0.2.11/").status_code == 404
    assert client.get("/sessions/border1/192.0.2.11/samples/").status_code == 404
    assert "pix-alme" not in text(client, "/")
    assert "/routers/core1/" not in text(client, "/search/?q=core")


@pytest.mark.parametrize("address", [*LISTS, "/", "/map/", "/routers/border1/", "/sessions/border1/192.0.2.11/"])
def test_no_page_asks_the_database_often(alice: Client, address: str) -> None:
    text(alice, address)

    with CaptureQueriesContext(connection) as asked:
        text(alice, address)

    limit = AT_MOST if address != "/routers/border1/" else 30
    assert len(asked) <= limit, [one["sql"][:120] for one in asked]


@pytest.mark.parametrize("address", [*LISTS, "/map/", "/topology/elements/"])
def test_more_rows_cost_no_more_queries(alice: Client, address: str) -> None:
    text(alice, address)
    with CaptureQueriesContext(connection) as few:
        text(alice, address)
    RouterStanding.objects.bulk_create(
        RouterStanding(node=f"r{number}", number=number, site="dom") for number in range(100, 120)
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(at=one.at, who="alice", kind="nodes", name="x") for one in AuditEntry.objects.all()[:20]
    )

    with CaptureQueriesContext(connection) as many:
        text(alice, address)

    assert len(many) == len(few)
