"""`hanse peers`: everything that the pages of the peering desk can do."""

import io
import json
from collections.abc import Callable, Iterator

import pytest

from actions.peering.conftest import BOTH
from actions.small_city import Town, town
from fakes.listeners import HOST, mail_listener
from hanse.cli.say import Exit
from hanse.store import snapshot
from samples.peeringdb_rows import put_sample

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place() -> Iterator[Town]:
    with town(BOTH) as found:
        put_sample()
        yield found


def test_without_words_the_exchanges_are_listed(run: Run, place: Town) -> None:
    code, out, _ = run("peers")

    assert code == Exit.FINE
    assert out.splitlines()[1].split() == ["pix", "enabled", "1", "1", "0", "0", "alpha"]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ((), [64501, 64502, 64503, 64504, 64506, 64507, 64508, 64510]),
        (("--policy", "selective"), [64504, 64507]),
        (("--type", "nsp"), [64508]),
        (("--prefixes", "60"), [64506, 64508, 64510]),
        (("--route-servers", "no"), [64508, 64510]),
    ],
)
def test_an_exchange_lists_whom_we_could_peer_with(
    run: Run, place: Town, given: tuple[str, ...], left: list[int]
) -> None:
    _, out, _ = run("peers", "pix", *given, "--json")

    assert [one["asn"] for one in json.loads(out)["peers"]] == left


def test_sessions_are_added_into_a_draft_or_at_once(run: Run, place: Town) -> None:
    _, draft, _ = run("peers", "add", "pix", "AS64507", "--json")
    _, now, _ = run("peers", "add", "pix", "64506", "--now", "--status", "provisioning", "--json")

    assert json.loads(draft)["draft"]
    assert json.loads(now)["change_set"]
    assert "pix-egge-media" not in snapshot.load().sessions
    assert snapshot.load().sessions["pix-senne-fibre"].status == "provisioning"


def test_who_is_hidden_is_listed_on_request(run: Run, place: Town) -> None:
    run("peers", "hide", "64506", "--until", "2029-12-31", "--at", "pix", "--why", "no answer")
    _, without, _ = run("peers", "pix")
    _, hidden, _ = run("peers", "hidden")
    run("peers", "show", "64506", "--at", "pix")
    _, again, _ = run("peers", "pix")

    assert "64506" not in without
    assert "no answer" in hidden
    assert "64506" in again


def test_a_request_goes_its_way(run: Run, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    run("peers", "add", "pix", "64506", "--now")
    _, contacts, _ = run("peers", "contact", "64506")
    run("peers", "contact", "64506", "12")
    _, written, _ = run("peers", "ask", "64506", "as64506-policy", "--json")
    number = str(json.loads(written)["request"]["number"])
    monkeypatch.setattr("sys.stdin", io.StringIO("Dear Senne,\nplease.\n"))
    _, reworded, _ = run("peers", "reword", number, "--subject", "Peering")
    with mail_listener() as heard:
        monkeypatch.setenv("HANSE_SMTP", f"{HOST}:{heard.port}")
        monkeypatch.setenv("HANSE_SMTP_SECURITY", "none")
        code, _, _ = run("peers", "send", number)
    run("peers", "accept", number, "--now")
    _, shown, _ = run("peers", "requests", "--json")

    assert "peering@as64506.example.net" in contacts
    assert "Subject: Peering" in reworded
    assert (code, len(heard.mails)) == (Exit.FINE, 1)
    assert json.loads(shown)["requests"][0]["state"] == "accepted"
    assert snapshot.load().sessions["pix-senne-fibre"].status == "provisioning"


def test_without_a_mail_server_a_request_is_not_sent_and_can_be_thrown_away(run: Run, place: Town) -> None:
    run("peers", "contact", "64501", "4")
    _, written, _ = run("peers", "ask", "64501", "as64501-policy", "--json")
    number = str(json.loads(written)["request"]["number"])

    code, _, err = run("peers", "send", number)
    _, out, _ = run("peers", "withdraw", number, "--json")

    assert code == Exit.WANTED
    assert "HANSE_SMTP" in err
    assert json.loads(out)["request"]["state"] == "withdrawn"


def test_a_note_is_put_down(run: Run, place: Town) -> None:
    code, out, _ = run("peers", "note", "64501", "They answer on Mondays.")

    assert (code, out) == (Exit.FINE, "It is noted.\n")


@pytest.mark.parametrize(
    "given", [("add", "pix"), ("pix", "64506"), ("hide", "64506"), ("send", "one"), ("note", "64501")]
)
def test_words_that_are_none_are_answered_with_a_sentence(run: Run, place: Town, given: tuple[str, ...]) -> None:
    code, _, err = run("peers", *given)

    assert code == Exit.WANTED
    assert err


def test_nothing_differs_from_peeringdb(run: Run, place: Town) -> None:
    assert run("peers", "differences")[1] == "What is kept equal to PeeringDB is equal.\n"
