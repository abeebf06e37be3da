"""Peering requests: written, shown, sent to contacts only, and answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_string

import pytest

from actions.small_city import Town
from fakes.listeners import HOST, Heard, mail_listener, silent_port
from hanse.actions.drafts import operations, save_now
from hanse.actions.peering.joining import Wish, add_peers
from hanse.actions.peering.remembering import (
    NoSuchAs,
    NoSuchPublicContact,
    NothingToNote,
    add_note,
    take_contact,
)
from hanse.actions.peering.requests import (
    PATIENCE,
    NotAContact,
    NotALetter,
    NothingToSendBy,
    accept_request,
    decline_request,
    expire_requests,
    request,
    request_list,
    reword,
    send_request,
    withdraw_request,
    write_request,
)
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.monitor.telling.mail import MailNotTaken, Post
from hanse.network.values.asn import Asn
from hanse.network.wanted.contacts import ContactRole
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.sessions import SessionStatus
from hanse.render.running import TemplateBroken
from hanse.store import access, snapshot
from hanse.store.models import AuditEntry, PeeringRequest
from hanse.store.peering import NoSuchRequest
from hanse.store.request_states import NoSuchRequestStep, RequestState

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
SENNE, DESK = 64506, 12  # PeeringDB's number of the peering desk of Senne Fibre


@pytest.fixture
def heard(place: Town) -> Iterator[Heard]:
    """Listen for mail, which the town sends here."""
    with mail_listener() as found:
        posts_to(place, found.port)
        yield found


def posts_to(place: Town, port: int) -> None:
    post = Post(host=HOST, port=port, security="none", sender="hanse@example.net", reply_to="peering@example.net")
    place.world = replace(place.world, telling=replace(place.world.telling, post=post))


@pytest.fixture
def number(place: Town) -> int:
    """Add Senne Fibre with its contact, write the request, and return its number."""
    add_peers(peers={"pix": [SENNE]}, wish=Wish(at_once=True), person=ALICE, world=place.world)
    take_contact(asn=SENNE, number=DESK, person=ALICE, world=place.world)
    return write_request(asn=SENNE, contact="as64506-policy", person=ALICE, world=place.world).pk


def status() -> SessionStatus:
    return snapshot.load().sessions["pix-senne-fibre"].status


def test_the_mail_says_who_asks_for_which_sessions(number: int) -> None:
    row = request(number, ALICE)

    assert (row.state, row.address) == (RequestState.DRAFTED, "peering@as64506.example.net")
    assert row.subject == "Peering between AS64500 and AS64506 (Senne Fibre)"
    assert "Dear Peering desk," in row.text
    assert "ours 192.0.2.1 (AS64500), yours 192.0.2.16 (AS64506)" in row.text
    assert "ours 2001:db8:100::1 (AS64500), yours 2001:db8:100::16 (AS64506)" in row.text
    assert row.sessions == ["pix-senne-fibre"]


def test_nothing_is_sent_by_writing(heard: Heard, number: int) -> None:
    assert heard.mails == []
    assert request(number, ALICE).sent_at is None


def test_sent_it_goes_to_the_contact_as_shown_and_answers_go_to_the_desk(
    place: Town, heard: Heard, number: int
) -> None:
    row = send_request(number=number, person=ALICE, world=place.world)

    (mail,) = map(message_from_string, heard.mails)
    assert (mail["To"], mail["From"]) == ("peering@as64506.example.net", "hanse@example.net")
    assert (mail["Reply-To"], mail["Subject"]) == ("peering@example.net", row.subject)
    assert mail["Auto-Submitted"] is None
    assert mail["Message-ID"] == f"<hanse-request-{number}@example.net>"
    assert (row.state, row.sent_by) == (RequestState.SENT, "alice")


def test_the_audit_says_who_sent_what_to_whom(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)

    entry = AuditEntry.objects.filter(kind="peering-request").latest("pk")
    assert (entry.who, entry.action) == ("alice", "send peering request")
    assert entry.after["address"] == "peering@as64506.example.net"
    assert "Dear Peering desk," in entry.after["text"]


def test_it_is_sent_once(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)

    with pytest.raises(NoSuchRequestStep):
        send_request(number=number, person=ALICE, world=place.world)

    assert len(heard.mails) == 1


def test_what_the_server_does_not_take_can_be_sent_again(place: Town, heard: Heard, number: int) -> None:
    heard.refuse_mail = "550 no such user"
    with pytest.raises(MailNotTaken):
        send_request(number=number, person=ALICE, world=place.world)
    assert "no such user" in request(number, ALICE).error

    heard.refuse_mail = ""
    row = send_request(number=number, person=ALICE, world=place.world)

    assert (row.state, row.error) == (RequestState.SENT, "")


def test_a_server_that_is_not_there_leaves_the_request_as_it_was(place: Town, number: int) -> None:
    posts_to(place, silent_port())

    with pytest.raises(MailNotTaken):
        send_request(number=number, person=ALICE, world=place.world)

    assert request(number, ALICE).state == RequestState.DRAFTED


def test_without_a_server_the_sentence_names_the_setting(place: Town, number: int) -> None:
    with pytest.raises(NothingToSendBy, match="HANSE_SMTP"):
        send_request(number=number, person=ALICE, world=place.world)


def test_nobody_is_written_to_who_is_no_contact_of_the_network(place: Town) -> None:
    edit = Edit(kind="contacts", name="mallory", body={"email": "mallory@example.org"})
    save_now(edits=[edit], person=ALICE, world=place.world)

    with pytest.raises(NotAContact, match="mallory"):
        write_request(asn=64501, contact="mallory", person=ALICE, world=place.world)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(kind="contacts", name="as64506-policy", body={"email": "elsewhere@example.org"}),
        Edit(kind="contacts", name="as64506-policy", body={}),
        Edit(kind="autonomous_systems", name="64506", body={"name": "Senne Fibre"}),
    ],
    ids=["another address", "no address", "no contact any more"],
)
def test_nothing_is_sent_to_who_is_no_contact_any_more(place: Town, heard: Heard, number: int, edit: Edit) -> None:
    save_now(edits=[edit], person=ALICE, world=place.world)

    with pytest.raises(NotAContact):
        send_request(number=number, person=ALICE, world=place.world)

    assert heard.mails == []


def test_it_can_say_something_else_before_it_is_sent(place: Town, heard: Heard, number: int) -> None:
    reword(number=number, subject="Shall we\npeer?", text="Dear all,\r\nplease.\r\n", person=ALICE, world=place.world)

    send_request(number=number, person=ALICE, world=place.world)

    mail = message_from_string(heard.mails[0])
    assert mail["Subject"] == "Shall we peer?"
    assert "Dear all,\nplease." in str(mail.get_payload())


def test_what_was_sent_stays_as_it_was(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)

    with pytest.raises(NoSuchRequestStep):
        reword(number=number, subject="Other", text="words", person=ALICE, world=place.world)


def test_a_mail_has_a_subject_and_a_text(place: Town, number: int) -> None:
    with pytest.raises(NotALetter):
        reword(number=number, subject="  ", text="words", person=ALICE, world=place.world)


def test_accepted_its_sessions_are_provisioned(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)
    assert status() is SessionStatus.REQUESTED

    draft = accept_request(number=number, person=ALICE, world=place.world)

    assert draft is None
    assert status() is SessionStatus.PROVISIONING
    assert request(number, ALICE).state == RequestState.ACCEPTED


def test_accepted_into_a_draft_they_wait_there(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)

    draft = accept_request(number=number, at_once=False, person=ALICE, world=place.world)

    assert status() is SessionStatus.REQUESTED
    assert [one.after["status"] for one in operations(draft or 0, ALICE)] == ["provisioning"]


def test_declined_nothing_changes(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)

    row = decline_request(number=number, person=ALICE, world=place.world)

    assert row.state == RequestState.DECLINED
    assert status() is SessionStatus.REQUESTED


def test_what_was_not_sent_can_be_thrown_away_and_not_be_accepted(place: Town, number: int) -> None:
    with pytest.raises(NoSuchRequestStep):
        accept_request(number=number, person=ALICE, world=place.world)

    assert withdraw_request(number=number, person=ALICE, world=place.world).state == RequestState.WITHDRAWN
    assert status() is SessionStatus.REQUESTED


def test_nobody_answering_for_long_it_is_given_up_and_can_be_sent_again(place: Town, heard: Heard, number: int) -> None:
    send_request(number=number, person=ALICE, world=place.world)
    assert expire_requests(world=place.world) == ()

    place.clock.sleep(PATIENCE + timedelta(seconds=1))

    assert expire_requests(world=place.world) == (number,)
    assert send_request(number=number, person=ALICE, world=place.world).state == RequestState.SENT
    assert len(heard.mails) == 2


def test_a_template_of_ones_own_writes_it(place: Town, number: int) -> None:
    text = "Subject: Hallo {{ request.theirs.name }}\n\n{{ request.sessions | length }} sessions"
    access.write_template("mail/peering-request.j2", before=None, after=text, at=place.clock.now())

    row = write_request(asn=SENNE, contact="as64506-policy", person=ALICE, world=place.world)

    assert (row.subject, row.text) == ("Hallo Senne Fibre", "2 sessions\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Subject: x\n{{ request.nonsense }}", "line 2"),
        ("Hallo\n", "its first line is"),
        ("Subject: x\n{{ request.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_template_that_fails_writes_nothing(place: Town, number: int, text: str, why: str) -> None:
    access.write_template("mail/peering-request.j2", before=None, after=text, at=place.clock.now())

    with pytest.raises(TemplateBroken, match=why):
        write_request(asn=SENNE, contact="as64506-policy", person=ALICE, world=place.world)

    assert PeeringRequest.objects.count() == 1


def test_bob_looks_and_sends_nothing(place: Town, heard: Heard, number: int) -> None:
    with pytest.raises(NotAllowed):
        send_request(number=number, person=BOB, world=place.world)

    assert request(number, BOB).pk == number
    assert heard.mails == []


def test_carol_sees_the_requests_to_her_own_networks_only(number: int) -> None:
    carol = Person(
        who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW}), asns=frozenset({64501})),)
    )

    with pytest.raises(NoSuchRequest):
        request(number, carol)

    assert not request_list(carol).exists()


def test_a_contact_from_peeringdb_is_made_once(place: Town, number: int) -> None:
    take_contact(asn=SENNE, number=DESK, person=ALICE, world=place.world)

    network = snapshot.load()
    wanted = network.autonomous_systems[Asn(SENNE)]
    assert wanted.contacts == ("as64506-policy",)
    assert network.contacts["as64506-policy"].roles == (ContactRole.POLICY,)


def test_only_who_peeringdb_shows_becomes_a_contact(place: Town) -> None:
    with pytest.raises(NoSuchPublicContact):
        take_contact(asn=64501, number=DESK, person=ALICE, world=place.world)


def test_a_note_has_its_day_and_its_author(place: Town) -> None:
    day = place.clock.now().date()

    add_note(asn=64501, text="They answer on Mondays.\r\n", person=ALICE, world=place.world)
    add_note(asn=64501, text="And on Fridays.", person=ALICE, world=place.world)

    notes = snapshot.load().autonomous_systems[Asn(64501)].notes
    assert list(notes) == [f"{day}-1", f"{day}-2"]
    assert (notes[f"{day}-1"].author, notes[f"{day}-1"].text) == ("alice", "They answer on Mondays.")


def test_nothing_is_noted_of_what_is_not_wanted_nor_without_words(place: Town) -> None:
    with pytest.raises(NoSuchAs):
        add_note(asn=64511, text="Who?", person=ALICE, world=place.world)
    with pytest.raises(NothingToNote):
        add_note(asn=64501, text=" \n", person=ALICE, world=place.world)
