"""What is written down about other networks besides sessions: notes, and whom to write to."""

from dataclasses import replace
from typing import Any, Final

from hanse.actions.drafts import Taken, save_now
from hanse.actions.objects import wanted_now
from hanse.actions.peering import registry
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.contacts import Contact, Note
from hanse.network.wanted.edits import Edit, body_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem
from hanse.store import peeringdb

KIND: Final = "autonomous_systems"


class NoSuchAs(WantedError):
    """The AS is not wanted: nothing can be noted of it."""


class NothingToNote(WantedError):
    """A note without a text."""


class NoSuchPublicContact(WantedError):
    """PeeringDB shows no such contact of the network, or none with a mail address."""


def wanted_as(asn: int, person: Person) -> tuple[Network, AutonomousSystem]:
    """Return what is wanted, and the AS in it that `person` may look at.

    :raises NoSuchAs:
    """
    network = wanted_now()
    found = network.autonomous_systems.get(Asn(asn)) if network else None
    if network is None or found is None or not person.may(Right.VIEW, KIND, asn=asn):
        raise NoSuchAs(f"AS{asn} is not wanted: add it first, or a session with it")
    return network, found


def add_note(*, asn: int, text: str, person: Person, world: World) -> Taken | None:
    """Note something of an AS, at once, with the day and who says so.

    :raises NoSuchAs:
    :raises NothingToNote:
    :raises NotAllowed:
    """
    person.insist(Right.CHANGE, KIND, asn=Asn(asn).number)
    _, found = wanted_as(asn, person)
    if not text.strip():
        raise NothingToNote("write something to note it")
    name = _new_day(found, world.clock.now().date().isoformat())
    note = Note(name=name, author=person.who, text=text.strip().replace("\r\n", "\n"))
    return _save(found, {"notes": {**found.notes, name: note}}, (), f"Note on AS{asn}", person, world)


def _new_day(found: AutonomousSystem, day: str) -> str:
    number = 1
    while f"{day}-{number}" in found.notes:
        number += 1
    return f"{day}-{number}"


def take_contact(*, asn: int, number: int, person: Person, world: World) -> Taken | None:
    """Make a contact of somebody whom PeeringDB shows, at once: mail can go there then. `number` is PeeringDB's.

    :raises NoSuchAs:
    :raises NoSuchPublicContact:
    :raises NotAllowed:
    """
    person.insist(Right.CHANGE, KIND, asn=Asn(asn).number)
    network, found = wanted_as(asn, person)
    shown = next((one for one in peeringdb.contacts(asn) if one.id == number and one.email.strip()), None)
    if shown is None:
        raise NoSuchPublicContact(f"PeeringDB shows no such contact of AS{asn}, or no mail address of theirs")
    roles = registry.roles_of(shown)
    known = _same(network, found, shown.email)
    contact = known or Contact(
        name=_new_name(network, f"as{asn}-{roles[0] if roles else 'contact'}"),
        person=shown.name.strip(),
        email=shown.email.strip(),
        phone=shown.phone.strip(),
        roles=roles,
    )
    edits = () if known else (Edit(kind="contacts", name=contact.name, body=body_of("contacts", contact)),)
    contacts = tuple(dict.fromkeys((*found.contacts, contact.name)))
    return _save(found, {"contacts": contacts}, edits, f"Contact of AS{asn} from PeeringDB", person, world)


def _same(network: Network, found: AutonomousSystem, email: str) -> Contact | None:
    """Return the contact of the AS that has this address already."""
    known = (network.contacts[name] for name in found.contacts if name in network.contacts)
    return next((one for one in known if one.email.lower() == email.strip().lower()), None)


def _new_name(network: Network, stem: str) -> str:
    name, number = stem, 1
    while name in network.contacts:
        number += 1
        name = f"{stem}-{number}"
    return name


def _save(
    found: AutonomousSystem, fields: dict[str, Any], before: tuple[Edit, ...], title: str, person: Person, world: World
) -> Taken | None:
    edit = Edit(kind=KIND, name=str(found.asn.number), body=body_of(KIND, replace(found, **fields)))
    return save_now(edits=(*before, edit), person=person, world=world, title=title)
