"""The peering desk by the API: what the pages can do, with the same words for what cannot be."""

from collections.abc import Generator

import pytest

from actions.peering.conftest import BOTH
from actions.small_city import Town, town
from fakes.listeners import HOST, mail_listener, silent_port
from hanse.actions.rights import Granted, Right
from hanse.network.values.asn import Asn
from hanse.store import snapshot
from hanse.store.models import HiddenPeer, PeeringRequest
from samples.peeringdb_rows import put_sample, say_of
from web.api.asking import Asking, alice, bob, somebody

pytestmark = pytest.mark.django_db
PEERS = "peering/exchanges/pix/peers/"
NOW = {"asns": [64506], "at_once": True}


@pytest.fixture(autouse=True)
def small() -> Generator[Town]:
    """Put the town and PeeringDB's sample into the store."""
    with town(BOTH) as found:
        put_sample()
        yield found


def written(asked: Asking) -> int:
    """Add Senne Fibre, make a contact of its peering desk, and return the number of a request to them."""
    asked.ask("POST", PEERS, NOW)
    asked.ask("POST", "peering/contacts/", {"asn": 64506, "number": 12})
    number: int = asked.ask("POST", "peering/requests/", {"asn": 64506, "contact": "as64506-policy"}).body["id"]
    return number


def test_possible_peers_are_listed_filtered_and_paged() -> None:
    asked = bob()

    everybody = asked.get(PEERS).body
    selective = asked.get(f"{PEERS}?policy=Selective").body["results"]

    assert everybody["count"] == 8
    assert [one["asn"] for one in selective] == [64504, 64507]
    assert asked.get(f"{PEERS}?limit=2&offset=2").body["results"][0]["asn"] == 64503
    senne = next(one for one in everybody["results"] if one["asn"] == 64506)
    assert senne["addresses"] == ["192.0.2.16", "2001:db8:100::16"]


def test_peers_are_added_at_once_or_into_a_draft() -> None:
    asked = alice()

    now = asked.ask("POST", PEERS, NOW)
    draft = asked.ask("POST", PEERS, {"asns": [64507], "status": "provisioning"})

    assert (now.status, draft.status) == (201, 201)
    assert now.body["sessions"] == ["pix-senne-fibre"]
    assert now.body["change_set"]
    assert draft.body["draft"]
    assert Asn(64507) not in snapshot.load().autonomous_systems


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        (PEERS, {"asns": [64511]}, 422),
        (PEERS, {"asns": []}, 422),
        (PEERS, {"asns": [64506], "status": "enabled"}, 422),
        (PEERS, {"asns": [64506], "draft": 999}, 404),
        (PEERS, {"asns": ["x"]}, 400),
        (PEERS, {"asns": [-1]}, 422),
        (PEERS, {"asns": [2**70]}, 422),
        ("peering/exchanges/nowhere/peers/", NOW, 404),
        ("peering/hidden/", {"asn": 64506, "until": "2001-01-01"}, 422),
        ("peering/hidden/", {"asn": 2**40, "until": "2029-12-31"}, 422),
        ("peering/hidden/", {"asn": 64506, "until": "2029-12-31", "exchange": "nowhere"}, 404),
        ("peering/notes/", {"asn": 64511, "text": "Who?"}, 404),
        ("peering/contacts/", {"asn": 64501, "number": 99}, 422),
        ("peering/requests/", {"asn": 64501, "contact": "nobody"}, 422),
        ("peering/requests/999/send/", None, 404),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(address: str, body: object, status: int) -> None:
    answer = alice().ask("POST", address, body)

    assert answer.status == status
    assert answer.body["detail"]


def test_a_request_goes_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = alice()
    number = written(asked)
    asked.ask("PATCH", f"peering/requests/{number}/", {"subject": "Peering", "text": "Please."})
    with mail_listener() as heard:
        monkeypatch.setenv("HANSE_SMTP", f"{HOST}:{heard.port}")
        monkeypatch.setenv("HANSE_SMTP_SECURITY", "none")
        sent = asked.ask("POST", f"peering/requests/{number}/send/")
    again = asked.ask("POST", f"peering/requests/{number}/send/")

    accepted = asked.ask("POST", f"peering/requests/{number}/accept/", {})

    assert (sent.body["state"], sent.body["subject"], len(heard.mails)) == ("sent", "Peering", 1)
    assert again.status == 409
    assert accepted.body["state"] == "accepted"
    assert snapshot.load().sessions["pix-senne-fibre"].status == "provisioning"


def test_a_mail_server_that_is_not_there_is_the_world_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = alice()
    number = written(asked)
    unset = asked.ask("POST", f"peering/requests/{number}/send/")
    monkeypatch.setenv("HANSE_SMTP", f"{HOST}:{silent_port()}")

    silent = asked.ask("POST", f"peering/requests/{number}/send/")

    assert (unset.status, silent.status) == (422, 502)
    assert PeeringRequest.objects.get().state == "drafted"


def test_declined_or_withdrawn_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = alice()
    number = written(asked)

    early = asked.ask("POST", f"peering/requests/{number}/decline/")
    withdrawn = asked.ask("POST", f"peering/requests/{number}/withdraw/")

    assert (early.status, withdrawn.body["state"]) == (409, "withdrawn")


def test_who_is_hidden_can_be_shown_again() -> None:
    asked = alice()
    asked.ask("POST", "peering/hidden/", {"asn": 64506, "until": "2029-12-31", "exchange": "pix", "why": "busy"})
    hidden = asked.get("peering/hidden/").body["results"]

    removed = asked.ask("DELETE", "peering/hidden/", {"asn": 64506, "exchange": "pix"})

    assert [(one["asn"], one["why"]) for one in hidden] == [(64506, "busy")]
    assert removed.status == 204
    assert not HiddenPeer.objects.exists()


def test_where_networks_differ_from_peeringdb_is_listed() -> None:
    asked = alice()
    asked.ask("POST", PEERS, NOW)
    say_of(64506, info_prefixes4=1)

    (difference,) = asked.get("peering/differences/").body["results"]

    assert (difference["field"], difference["ours"], difference["theirs"]) == ("max-prefixes-ipv4", "40", "1")
    assert "shrank" in difference["refused"]


def test_carol_sees_and_writes_to_her_own_networks_only() -> None:
    number = written(alice())
    carol = somebody("carol", Granted(rights=frozenset({Right.CHANGE}), asns=frozenset({64501})))

    assert carol.get("peering/requests/").body["results"] == []
    assert carol.ask("POST", f"peering/requests/{number}/send/").status == 404
    assert carol.ask("POST", "peering/notes/", {"asn": 64506, "text": "Mine?"}).status == 403
    assert carol.ask("POST", "peering/notes/", {"asn": 64501, "text": "Mine."}).status == 201
