"""The desk of a peering engineer: exchanges, networks, requests; and columns that are remembered."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions.peering.conftest import BOTH
from actions.small_city import Town, town
from fakes.listeners import HOST, mail_listener
from hanse.actions.drafts import save_now
from hanse.actions.looking import search
from hanse.actions.rights import operator
from hanse.network.wanted.edits import Edit
from hanse.store import snapshot
from hanse.store.models import Draft, HiddenPeer, PeeringRequest, ShownColumns
from samples.peeringdb_rows import many_members, put_sample

pytestmark = pytest.mark.django_db
AT_MOST = 20  # queries of any page


@pytest.fixture
def place() -> Iterator[Town]:
    with town(BOTH) as found:
        put_sample()
        yield found


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    with mail_listener() as heard:
        monkeypatch.setenv("HANSE_SMTP", f"{HOST}:{heard.port}")
        monkeypatch.setenv("HANSE_SMTP_SECURITY", "none")
        yield heard.mails


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def asns(client: Client, query: str = "") -> list[int]:
    answer = client.get(f"/exchanges/pix/?export=json{query}")
    return [row["asn"] for row in json.loads(b"".join(answer.streaming_content))]  # type: ignore[attr-defined]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(client, address)
    return len(asked)


def test_the_list_of_exchanges_says_how_we_stand_there(place: Town, alice: Client) -> None:
    page = text(alice, "/exchanges/")

    assert "/exchanges/pix/" in page
    assert "192.0.2.0/24" in page


def test_an_exchange_says_whom_we_could_peer_with(place: Town, alice: Client) -> None:
    page = text(alice, "/exchanges/pix/")

    for word in ("Senne Fibre", "192.0.2.16", "2001:db8:100::16", "What is down", "What changed", "Add at once"):
        assert word in page


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("&policy=Selective", [64504, 64507]),
        ("&kind=NSP", [64508]),
        ("&prefixes4=40", [64506, 64508, 64510]),
        ("&prefixes6=20&policy=Open", [64506, 64510]),
        ("&route_servers=no", [64508, 64510]),
        ("&standing=partly", [64501]),
        ("&q=senne", [64506]),
        ("&q=AS-DIEMEL", [64508]),
        ("&q=192.0.2.17", [64507]),
        ("&hidden=only", []),
        ("&prefixes4=many", []),
    ],
)
def test_peers_are_found_by_what_the_address_says(place: Town, alice: Client, query: str, left: list[int]) -> None:
    assert asns(alice, query) == left


def test_the_ticked_ones_are_added_into_a_draft(place: Town, alice: Client) -> None:
    answer = alice.post("/exchanges/pix/add/", {"asn": ["64506", "64507"], "status": "provisioning", "deed": "draft"})

    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/drafts/{draft.pk}/"
    assert draft.title == "Peer at pix with AS64506, AS64507"
    assert "64506" not in map(str, snapshot.load().autonomous_systems)


def test_at_once_they_are_wanted(place: Town, alice: Client) -> None:
    answer = alice.post("/exchanges/pix/add/", {"asn": "64506", "status": "requested", "deed": "now"})

    assert answer.headers["Location"].startswith("/change-sets/")
    assert "pix-senne-fibre" in snapshot.load().sessions


def test_all_that_the_filters_leave_are_added_with_one_tick(place: Town, alice: Client) -> None:
    alice.post("/exchanges/pix/add/?policy=Selective", {"all": "1", "status": "requested", "deed": "now"})

    assert {one.asn.number for one in snapshot.load().sessions.values()} == {64501, 64504, 64507}


@pytest.mark.parametrize(
    ("form", "why"),
    [({"status": "requested"}, "nobody is chosen"), ({"asn": "64506", "status": "enabled"}, "Select a valid choice")],
)
def test_a_form_that_is_not_filled_in_says_why(place: Town, alice: Client, form: dict[str, str], why: str) -> None:
    answer = alice.post("/exchanges/pix/add/", form)

    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_who_is_hidden_is_listed_on_request_only(place: Town, alice: Client) -> None:
    alice.post("/exchanges/pix/hide/", {"asn": "64506", "until": "2029-12-31", "why": "No answer"})

    assert 64506 not in asns(alice)
    assert 64506 in asns(alice, "&hidden=too")
    assert asns(alice, "&hidden=only") == [64506]
    assert "No answer" in text(alice, "/peering/hidden/")

    alice.post("/peering/hidden/show/", {"asn": "64506", "exchange": "pix"})
    assert not HiddenPeer.objects.exists()


def test_bob_looks_and_has_nothing_to_press(place: Town, bob: Client) -> None:
    for address in ("/exchanges/pix/", "/autonomous-systems/64501/", "/peering/requests/"):
        page = text(bob, address)
        assert "Add at once" not in page
        assert "Note it" not in page

    assert bob.post("/exchanges/pix/add/", {"asn": "64506", "status": "requested"}).status_code == 403
    assert bob.post("/autonomous-systems/64501/note/", {"text": "x"}).status_code == 403


def test_a_network_says_where_we_meet_and_whom_to_write_to(place: Town, alice: Client) -> None:
    page = text(alice, "/autonomous-systems/64501/")

    for word in ("AS64501", "2001:db8:100::11", "Paderborn Dom Cellar", "peering@as64501.example.net", "bob"):
        assert word in page


def test_a_network_that_only_peeringdb_knows_has_a_page_too(place: Town, alice: Client) -> None:
    page = text(alice, "/autonomous-systems/64506/")

    assert "Nobody wants this network yet" in page
    assert "192.0.2.16" in page


def test_nobody_knows_this_network(place: Town, alice: Client) -> None:
    assert alice.get("/autonomous-systems/65551/").status_code == 404
    assert alice.get(f"/autonomous-systems/{2**70}/").status_code == 404
    assert alice.get("/exchanges/nowhere/").status_code == 404


def test_from_the_first_click_to_the_sent_mail(place: Town, alice: Client, mails: list[str]) -> None:
    alice.post("/autonomous-systems/64506/add/", {"exchange": "pix", "status": "requested", "deed": "now"})
    alice.post("/autonomous-systems/64506/contact/", {"number": "12"})
    shown = alice.post("/autonomous-systems/64506/request/", {"contact": "as64506-policy"}).headers["Location"]
    page = text(alice, shown)
    assert "Send to peering@as64506.example.net" in page
    assert mails == []

    alice.post(f"{shown}send/")
    alice.post(f"{shown}accept/", {"deed": "now"})

    assert len(mails) == 1
    assert PeeringRequest.objects.get().state == "accepted"
    assert snapshot.load().sessions["pix-senne-fibre"].status == "provisioning"


def test_without_a_mail_server_the_page_says_so(place: Town, alice: Client) -> None:
    alice.post("/autonomous-systems/64501/contact/", {"number": "4"})
    shown = alice.post("/autonomous-systems/64501/request/", {"contact": "as64501-policy"}).headers["Location"]

    answer = alice.post(f"{shown}send/", follow=True)

    assert "HANSE_SMTP" in answer.content.decode()


def test_a_note_stands_on_the_page_with_its_author(place: Town, alice: Client) -> None:
    alice.post("/autonomous-systems/64501/note/", {"text": "They answer on <Mondays>."})

    page = text(alice, "/autonomous-systems/64501/")
    assert "They answer on &lt;Mondays&gt;." in page
    assert ", alice" in page


@pytest.mark.parametrize(
    "address", ["/exchanges/", "/exchanges/pix/", "/autonomous-systems/", "/autonomous-systems/64501/"]
)
def test_one_member_costs_as_many_queries_as_a_hundred(place: Town, alice: Client, address: str) -> None:
    text(alice, address)
    few = queries(alice, address)

    many_members(100)

    assert queries(alice, address) == few <= AT_MOST


@pytest.mark.parametrize(
    ("words", "title", "name"),
    [
        ("AS-SENNE", "At PeeringDB", "64506"),
        ("Egge", "At PeeringDB", "64507"),
        ("AS64508", "Networks", "64508"),
        ("192.0.2.16", "At PeeringDB", "64506"),
        ("Bob", "Other objects", "64501"),
    ],
)
def test_networks_are_found_that_nobody_wants_yet(place: Town, words: str, title: str, name: str) -> None:
    found = {group.title: [hit.name for hit in group.hits] for group in search(words, operator("alice"))}

    assert name in found[title]


def test_contacts_communities_and_as_sets_are_found(place: Town) -> None:
    edits = (
        Edit(kind="autonomous_systems", name="64501", body={"name": "Bob", "as_set": "AS-BOBNET"}),
        Edit(kind="contacts", name="desk", body={"email": "bob@example.net"}),
        Edit(kind="communities", name="blackhole", body={"value": "64500:666"}),
        Edit(kind="tags", name="fibre-ring", body={}),
    )
    save_now(edits=edits, person=operator("alice"), world=place.world)

    def names(words: str) -> list[str]:
        groups = {group.title: group for group in search(words, operator("alice"))}
        return [hit.name for hit in groups["Other objects"].hits]

    assert names("AS-BOBNET") == ["64501"]
    assert names("bob@example") == ["desk"]
    assert names("64500:666") == ["blackhole"]
    assert names("fibre-r") == ["fibre-ring"]


def test_the_columns_that_somebody_chose_are_remembered(place: Town, alice: Client, bob: Client) -> None:
    answer = alice.post(
        "/account/columns/", {"list": "exchanges", "column": ["status", "lan"], "back": "/exchanges/?q=pix"}
    )

    rows = text(alice, "/exchanges/", **{"HX-Target": "rows"})
    assert answer.headers["Location"] == "/exchanges/?q=pix"
    assert [title for title in ("Exchange", "Status", "LAN", "Peers") if f'data-label="{title}"' in rows] == [
        "Exchange",
        "Status",
        "LAN",
    ]
    assert 'data-label="Peers"' in text(bob, "/exchanges/", **{"HX-Target": "rows"})


def test_choosing_nothing_shows_all_columns_again(place: Town, alice: Client) -> None:
    alice.post("/account/columns/", {"list": "exchanges", "column": "status"})

    alice.post("/account/columns/", {"list": "exchanges"})

    assert 'data-label="Peers"' in text(alice, "/exchanges/", **{"HX-Target": "rows"})
    assert not ShownColumns.objects.exists()


def test_a_choice_leads_back_into_this_house_only(place: Town, alice: Client) -> None:
    answer = alice.post("/account/columns/", {"list": "exchanges", "back": "https://example.org/"})

    assert answer.headers["Location"] == "/"
