"""Peering requests: written from a template, looked at, sent in a second step, and answered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.drafting import put_somewhere
from hanse.actions.drafts import save_now
from hanse.actions.objects import wanted_now
from hanse.actions.peering.remembering import wanted_as
from hanse.actions.rights import EVERYTHING, Person, Right
from hanse.actions.world import World
from hanse.derive.request_spec import request_spec
from hanse.network.errors import OutsideError, WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.contacts import Contact, ContactRole
from hanse.network.wanted.edits import Edit, body_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.sessions import Session, SessionStatus
from hanse.render.mails import Letter, peering_request
from hanse.store import access, peering
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import PeeringRequest
from hanse.store.peering import NoSuchRequest
from hanse.store.request_states import RequestEvent, RequestState

KIND: Final = "autonomous_systems"  # whoever may change the AS may write to it
RECORD: Final = "peering-request"  # the kind under which the audit has it
LONGEST: Final = 20_000  # letters of a text
TIMER: Final = Person(who="timer", door="job", granted=(EVERYTHING,))
PATIENCE: Final = timedelta(days=30)  # after which a request that nobody answered is given up


class NotAContact(WantedError):
    """Mail goes to contacts of the AS that have an address, and to nobody else."""


class NothingToSendBy(WantedError):
    """A mail is to be sent, and no mail server is set."""


class NotALetter(WantedError):
    """A mail lacks its subject or its text, or is too long."""


def request_list(person: Person) -> QuerySet[PeeringRequest]:
    """Return the peering requests to networks that `person` may look at, those that took a step last first.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, KIND)
    scope = person.scope(Right.VIEW, KIND)
    rows = peering.requests()
    return rows if scope.everything else rows.filter(asn__in=list(scope.asns))


def request(number: int, person: Person) -> PeeringRequest:
    """Return one peering request.

    :raises NoSuchRequest:
    """
    row = peering.request(number)
    if not person.may(Right.VIEW, KIND, asn=row.asn):
        raise NoSuchRequest(f"there is no peering request {number}")
    return row


def contacts_of(network: Network, found: AutonomousSystem) -> tuple[Contact, ...]:
    """Return whom one can write to at an AS: those for peering first, then the others, as the AS names them."""
    known = [network.contacts[name] for name in found.contacts if name in network.contacts]
    return tuple(sorted((one for one in known if one.email), key=lambda one: ContactRole.POLICY not in one.roles))


def asked_sessions(network: Network, asn: int) -> tuple[Session, ...]:
    """Return the sessions with an AS that are still to be asked for, by name."""
    found = (one for one in network.sessions.values() if one.asn.number == asn)
    return tuple(sorted((one for one in found if one.status is SessionStatus.REQUESTED), key=lambda one: one.name))


def write_request(*, asn: int, contact: str, person: Person, world: World) -> PeeringRequest:
    """Write the mail that asks a contact of an AS for the sessions that stand as requested; it is not sent yet.

    :raises NoSuchAs:
    :raises NotAContact:
    :raises TemplateBroken:
    :raises NotAllowed:
    """
    person.insist(Right.CHANGE, KIND, asn=Asn(asn).number)
    network, found = wanted_as(asn, person)
    to = _contact(network, found, contact)
    sessions = asked_sessions(network, asn)
    spec = request_spec(network, asn=found.asn, sessions=sessions, contact=to, sender=person.who)
    letter = peering_request(spec, {**world.templates, **access.templates()})
    _insist_on(letter)
    at = world.clock.now()
    with transaction.atomic():
        row = PeeringRequest.objects.create(
            asn=asn,
            contact=to.name,
            address=to.email,
            subject=letter.subject,
            text=letter.text,
            sessions=[one.name for one in sessions],
            who=person.who,
            created_at=at,
            changed_at=at,
        )
        _put_down(row, "write peering request", None, person, world)
    return row


def _contact(network: Network, found: AutonomousSystem, name: str) -> Contact:
    known = {one.name: one for one in contacts_of(network, found)}
    if name not in known:
        raise NotAContact(f"AS{found.asn} has no contact {name!r} with a mail address: {one_of(known, name)}")
    return known[name]


def _insist_on(letter: Letter) -> None:
    if not (letter.subject and letter.text.strip()) or len(letter.text) > LONGEST or len(letter.subject) > 300:
        raise NotALetter(f"a mail has a subject of at most 300 letters and a text of at most {LONGEST}")


def reword(*, number: int, subject: str, text: str, person: Person, world: World) -> PeeringRequest:
    """Let a request that is not sent yet say something else.

    :raises NoSuchRequest:
    :raises NotALetter:
    :raises NoSuchRequestStep: it is sent already
    :raises NotAllowed:
    """
    row = _changeable(number, person)
    letter = Letter(subject=" ".join(subject.split()), text=f"{text.replace(chr(13), '').strip()}\n")
    _insist_on(letter)
    before = tree(row)
    with transaction.atomic():
        peering.reword(row, subject=letter.subject, text=letter.text, at=world.clock.now())
        _put_down(row, "reword peering request", before, person, world)
    return row


def send_request(*, number: int, person: Person, world: World) -> PeeringRequest:
    """Send a request, to the contact as it is wanted now. Nothing is open in the database while the server is dialled.

    :raises NoSuchRequest:
    :raises NoSuchAs:
    :raises NotAContact: the contact is not of that AS any more, or has another address by now
    :raises NoSuchRequestStep: it was sent already
    :raises NothingToSendBy:
    :raises MailNotTaken:
    :raises NotAllowed:
    """
    row = _changeable(number, person)
    network, found = wanted_as(row.asn, person)
    to = _contact(network, found, row.contact)
    if to.email != row.address:
        raise NotAContact(f"{to.name} is written to at {to.email} by now, not at {row.address}: write a new request")
    if not world.telling.post.host:
        raise NothingToSendBy("no mail server is set: see HANSE_SMTP")
    before = tree(row)
    peering.move(row, RequestEvent.BEGUN, at=world.clock.now())
    try:
        world.telling.post.send(
            to.email, subject=row.subject, text=row.text, reference=f"request-{row.pk}", clock=world.clock
        )
    except OutsideError as error:
        peering.move(row, RequestEvent.REFUSED, at=world.clock.now(), error=str(error)[:500])
        raise
    at = world.clock.now()
    with transaction.atomic():
        peering.move(row, RequestEvent.TAKEN, at=at, sent_at=at, sent_by=person.who, error="")
        _put_down(row, "send peering request", before, person, world)
    return row


def accept_request(
    *, number: int, draft: int | None = None, at_once: bool = True, person: Person, world: World
) -> int | None:
    """Say that they want to peer: its sessions go from requested to provisioning, at once or in a draft.

    Return the number of the draft that they stand in; None: it was done at once, or none of them waits any more.

    :raises NoSuchRequest:
    :raises NoSuchRequestStep:
    :raises: what drafts raise
    """
    row = _changeable(number, person)
    edits = _provisioned(wanted_now(), row)
    title = f"AS{row.asn} accepts to peer"
    into: int | None = None
    with transaction.atomic():
        _step(row, RequestEvent.ACCEPTED, "accept peering request", person, world)
        if edits and at_once:
            save_now(edits=edits, person=person, world=world, title=title)
        elif edits:
            into, _ = put_somewhere(draft=draft, edits=edits, person=person, world=world, title=title)
    return into


def _provisioned(network: Network | None, row: PeeringRequest) -> tuple[Edit, ...]:
    known = network.sessions if network else {}
    waiting = (known[name] for name in row.sessions if name in known)
    moved = (
        replace(one, status=SessionStatus.PROVISIONING)
        for one in waiting
        if one.status is SessionStatus.REQUESTED and one.asn.number == row.asn
    )
    return tuple(Edit(kind="sessions", name=one.name, body=body_of("sessions", one)) for one in moved)


def decline_request(*, number: int, person: Person, world: World) -> PeeringRequest:
    """Say that they do not want to peer. Its sessions stay as requested: remove them, or ask again one day.

    :raises NoSuchRequest:
    :raises NoSuchRequestStep:
    :raises NotAllowed:
    """
    row = _changeable(number, person)
    with transaction.atomic():
        _step(row, RequestEvent.DECLINED, "decline peering request", person, world)
    return row


def withdraw_request(*, number: int, person: Person, world: World) -> PeeringRequest:
    """Throw a request away that was not sent.

    :raises NoSuchRequest:
    :raises NoSuchRequestStep:
    :raises NotAllowed:
    """
    row = _changeable(number, person)
    with transaction.atomic():
        _step(row, RequestEvent.WITHDRAWN, "withdraw peering request", person, world)
    return row


def expire_requests(*, world: World) -> tuple[int, ...]:
    """Give up the requests that nobody answered for a month, and return their numbers. It is the timer that does."""
    given_up = []
    for row in peering.unanswered(world.clock.now() - PATIENCE):
        with transaction.atomic():
            _step(row, RequestEvent.EXPIRED, "give up peering request", TIMER, world)
        given_up.append(row.pk)
    return tuple(given_up)


def tree(row: PeeringRequest) -> dict[str, Any]:
    """Return a request as programs read it."""
    return {
        "number": row.pk,
        "asn": row.asn,
        "state": row.state,
        "contact": row.contact,
        "address": row.address,
        "subject": row.subject,
        "text": row.text,
        "sessions": list(row.sessions),
        "who": row.who,
        "sent_by": row.sent_by,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "error": row.error,
    }


def is_waiting(row: PeeringRequest) -> bool:
    """Say whether it can still be sent."""
    return row.state in {RequestState.DRAFTED, RequestState.EXPIRED}


def _changeable(number: int, person: Person) -> PeeringRequest:
    person.insist_any(Right.CHANGE, KIND)
    row = request(number, person)
    person.insist(Right.CHANGE, KIND, asn=row.asn)
    return row


def _step(row: PeeringRequest, event: RequestEvent, action: str, person: Person, world: World) -> None:
    before = tree(row)
    peering.move(row, event, at=world.clock.now())
    _put_down(row, action, before, person, world)


def _put_down(row: PeeringRequest, action: str, before: dict[str, Any] | None, person: Person, world: World) -> None:
    change = ObjectChange(kind=RECORD, name=str(row.pk), before=before, after=tree(row))
    write_entries([change], action=action, author=person.author, at=world.clock.now())
